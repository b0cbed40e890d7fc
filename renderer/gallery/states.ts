import { account } from '#contract/ipc/index.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import {
  party,
  sampleBackup,
  sampleCall,
  sampleLine,
  sampleReceipt,
  sampleRecord,
  sampleRecording,
  sampleRecordsStatus,
} from './samples.ts';
import { OffhookError } from '#contract/errors.ts';
import { diallingStates } from './dialling-states.ts';
import { automationStates } from './automation-states.ts';
import { peopleStates } from './people-states.ts';
import { programStates } from './program-states.ts';
import { sheetStates } from './sheet-states.ts';
import { sourceStates } from './source-states.ts';
import { oneCallReports, sampleReports } from './sample-reports.ts';
import { sampleAnnotation, sampleDay, sampleFavourites, sampleYears } from './call-log-samples.ts';

const hostile = '<img src=x onerror=alert(1)> \u202eцифры\u202c ' + 'Очень'.repeat(40);

function full(): DemoState {
  const state = emptyState();
  state.session.lines = [sampleLine()];
  state.favourites = sampleFavourites();
  return Object.assign(state, sampleDay());
}

const refused = { code: 'line.wrong-password', values: { host: 'pbx.example' }, detail: 'SIP 403 Forbidden' } as const;
const incoming = () =>
  sampleCall({
    ...{
      id: 'call-in',
      direction: 'incoming',
      state: 'offering',
      answeredAt: null,
      codec: null,
      startedAt: Date.now() - 3000,
    },
    remote: party({
      name: 'Ольга Демидова',
      display: '+7 903 000-00-42',
      diversion: { display: '+7 495 000-00-10', reason: 'no-answer' },
    }),
  });
const held = () =>
  sampleCall({ id: 'call-held', state: 'onHold', remote: party({ name: 'Склад', display: '204', number: '204' }) });

/** Every state of the window worth looking at, by name. */
export const states: Record<string, () => DemoState> = {
  ...peopleStates,
  ...diallingStates(full),
  firstRun: emptyState,
  empty: () => ({ ...full(), records: [], favourites: [] }),
  full,
  demo() {
    const state = full();
    state.session.demo = { echo: '600', menu: '700' };
    state.records = [];
    return state;
  },
  failing() {
    const state = full();
    const registration = { state: 'refused' as const, since: 0, nextTryAt: Date.now() + 42_000, error: { ...refused } };
    state.session.lines = [
      sampleLine({ registration }),
      sampleLine({
        id: 'line-2',
        isDefault: false,
        account: account.parse({ label: 'Склад', user: '204', domain: 'pbx2.example', transport: 'tls' }),
      }),
    ];
    state.session.problems = [
      {
        id: 'p1',
        since: 0,
        dismissable: true,
        error: { code: 'storage.full', values: {}, detail: 'SQLITE_FULL database or disk is full' },
      },
    ];
    return state;
  },
  incoming() {
    const state = full();
    state.session.calls = [incoming()];
    return state;
  },
  inCall() {
    const state = full();
    state.session.calls = [sampleCall()];
    return state;
  },
  recordedCall() {
    const state = full();
    state.session.calls = [sampleCall()];
    state.recordings = [
      sampleRecording({ state: 'recording', durationMilliseconds: null, startedAt: Date.now() - 83_000 }),
    ];
    return state;
  },
  recordings() {
    const state = full();
    const id = (digit: number) => `5b1f3c1e-0000-4000-8000-00000000000${digit}`;
    state.recordings = [
      sampleRecording({ id: id(1) }),
      sampleRecording({ id: id(2), source: 'pbx', startedAt: Date.now() - 3_500_000 }),
      sampleRecording({ id: id(3), state: 'missing' }),
      sampleRecording({ id: id(4), state: 'recording', durationMilliseconds: null }),
    ];
    return state;
  },
  dialling() {
    const state = full();
    state.session.calls = [sampleCall({ state: 'ringback', answeredAt: null, codec: null, pendingDigits: '12' })];
    return state;
  },
  twoCalls() {
    const state = full();
    state.session.calls = [held(), sampleCall({ heldByThem: false })];
    return state;
  },
  callWaiting() {
    const state = full();
    state.session.calls = [sampleCall({ muted: true }), incoming()];
    return state;
  },
  withheld() {
    const state = full();
    const remote = party({ withheld: true, name: null, number: null, display: '' });
    state.session.calls = [{ ...incoming(), remote }];
    return state;
  },
  emergency() {
    const state = full();
    state.session.lines = [
      sampleLine(),
      sampleLine({
        id: 'line-2',
        isDefault: false,
        account: account.parse({ label: 'Склад', user: '204', domain: 'pbx2.example' }),
      }),
    ];
    const remote = party({ number: '112', display: '112', name: null });
    const ending = {
      disposition: 'failed' as const,
      by: 'network' as const,
      error: { code: 'call.failed' as const, values: {}, detail: 'SIP 503 Service Unavailable' },
    };
    state.session.calls = [
      sampleCall({
        id: 'call-0',
        emergency: true,
        remote,
        state: 'disconnected',
        answeredAt: null,
        endedAt: Date.now(),
        ending,
        startedAt: Date.now() - 4000,
      }),
      sampleCall({
        emergency: true,
        remote,
        lineId: 'line-2',
        state: 'ringback',
        answeredAt: null,
        codec: null,
        startedAt: Date.now() - 1000,
      }),
    ];
    return state;
  },
  ended() {
    const state = full();
    const ending = {
      disposition: 'failed' as const,
      by: 'them' as const,
      error: { code: 'call.not-found' as const, values: {}, detail: 'SIP 404 Not Found' },
    };
    state.session.calls = [sampleCall({ state: 'disconnected', answeredAt: null, endedAt: Date.now(), ending })];
    return state;
  },
  ...programStates(full),
  ...sourceStates(full),
  ...automationStates(full),
  ...sheetStates(peopleStates['people']!),
  reports: () => ({ ...full(), reports: sampleReports(60) }),
  reportsMany: () => ({ ...full(), reports: sampleReports(25_000) }),
  reportsOne: () => ({ ...full(), reports: oneCallReports }),
  reportsEmpty: () => ({ ...full(), reports: sampleReports(0) }),
  reportsLoading: full,
  reportsFailing() {
    const reports = () => Promise.reject(new OffhookError('storage.failed', { detail: 'SQLITE_IOERR disk I/O error' }));
    return { ...full(), reports };
  },
  records() {
    const state = full();
    const older = sampleBackup({
      file: 'D:\\copies\\offhook-2025-12-01.offhook-backup',
      madeAt: Date.UTC(2025, 11, 1, 8),
      recordings: 31,
      bytes: 1_300_000_000,
    });
    state.housekeeping = {
      status: sampleRecordsStatus(),
      backups: [sampleBackup(), older],
      receipts: [sampleReceipt(), sampleReceipt({ id: 'b', state: 'cleaning', notReached: [] })],
    };
    Object.assign(state.session.settings, { keepCallsDays: 730, keepRecordingsDays: 90 });
    return state;
  },
  recordsAtWork() {
    const state = full();
    state.housekeeping.status = sampleRecordsStatus({
      warning: null,
      work: { kind: 'backUp', share: 0.42 },
      lastCheck: { at: Date.now(), sound: false },
    });
    state.session.problems = [
      {
        id: 'salvage',
        since: 0,
        dismissable: true,
        error: {
          code: 'storage.salvaged',
          values: { number: 48_102, copy: 'C:\\Offhook\\offhook.corrupt-20260114-152000.sqlite' },
          detail: null,
        },
      },
    ];
    return state;
  },
  hostile() {
    const state = full();
    const remote = party({ name: hostile, display: hostile });
    state.session.calls = [sampleCall({ remote, heldByThem: true, audio: 'lost' }), { ...incoming(), remote }];
    state.records = [sampleRecord({ id: 'hostile', name: hostile, display: hostile }), ...state.records];
    state.added['hostile'] = {
      annotation: sampleAnnotation({
        note: hostile,
        outcome: hostile.slice(0, 60),
        tags: [hostile.slice(0, 40), '\u202eметка'],
        followUpAt: Date.now() - 60_000,
      }),
      person: { id: 'person-hostile', name: `${hostile} теперь` },
    };
    state.favourites = [{ partyKey: 'hostile', number: '600', display: hostile, name: hostile }, ...state.favourites];
    return state;
  },
  many: () => ({ ...full(), records: sampleYears(20_000) }),
  unreadable: () => ({ ...full(), broken: ['callLog.query', 'callLog.count'] }),
  unsaved: () => ({ ...full(), broken: ['callLog.annotate'] }),
  reminders() {
    const state = full();
    state.added['ivan']!.annotation!.followUpAt = Date.now() - 600_000;
    state.added['maria']!.annotation!.followUpAt = Date.now() - 60_000;
    return state;
  },
};
