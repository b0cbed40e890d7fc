import { beforeEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { Journal, JournalConfig, PersonDetail } from '#contract/ipc/index.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { MemoryCallArchive } from '#core/call-log/memory-call-archive.ts';
import { MemoryCallLog } from '#core/call-log/memory-call-log.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { MemoryOutbox } from '#core/sync/memory-outbox.ts';
import type { JournalledCall } from './call-journal-target.ts';
import { CallJournals } from './call-journals.ts';
import { MemoryJournalRecords } from './memory-journal-records.ts';

const onec: JournalConfig = { kind: 'onec', directoryId: 'd-1' };
const firmEntry = { handle: 'h-1', directoryId: 'd-1', kind: 'onec' };

/** Journals over memory parts; `written` is what the other side holds, by its reference. */
function openOffice() {
  const clock = new FakeClock();
  const log = new MemoryCallLog();
  const people = new MemoryKnownPeople(() => 'p-1');
  const archive = new MemoryCallArchive({ log, people, clock });
  const outbox = new MemoryOutbox(clock);
  const records = new MemoryJournalRecords();
  const written = new Map<string, JournalledCall>();
  const state: { failure: OffhookError | null; writes: number } = { failure: null, writes: 0 };
  const person = { firm: 'ООО «Ромашка»', entries: [firmEntry, { ...firmEntry, handle: 'h-2', directoryId: 'other' }] };
  let ids = 0;
  const open = () =>
    new CallJournals({
      ...{ records, outbox, callLog: log, archive, clock, logger: silentLogger },
      directory: { get: async () => person as unknown as PersonDetail },
      entryKeys: { of: async (handles) => handles.map((handle) => `Catalog_Контрагенты:${handle}`) },
      labelOf: (config) => {
        if (config.kind === 'onec' && config.directoryId === 'gone') throw new OffhookError('journal.no-directory');
        return 'Торговля';
      },
      openTarget: async () => ({
        async write(call, reference) {
          state.writes += 1;
          if (state.failure) throw state.failure;
          const place = reference ?? `ref-${(ids += 1)}`;
          written.set(place, call);
          return { reference: place };
        },
        check: async () => ({ note: 'base' }),
      }),
      newId: () => `j-${(ids += 1)}`,
    });
  const settle = async (journals: CallJournals) => {
    for (let turn = 0; turn < 3; turn += 1) {
      for (let wait = 0; wait < 10; wait += 1) await Promise.resolve();
      await journals.settled();
      await outbox.settled();
    }
  };
  const ended = (id: string, fields: Parameters<typeof callRecordOf>[0] = {}) => {
    const at = clock.now();
    return log.record(callRecordOf({ id, offeredAt: at, answeredAt: at + 1000, endedAt: at + 9000, ...fields }));
  };
  return { clock, log, archive, outbox, records, written, state, open, settle, ended, people };
}

const make = (changes: Partial<Journal> = {}) => ({
  ...({ id: null, enabled: true, config: onec, calls: 'answered', internal: false } as const),
  ...changes,
  ...{ id: changes.id ?? null },
});

describe('a journal', () => {
  let office: ReturnType<typeof openOffice>;
  let journals: CallJournals;
  beforeEach(async () => {
    office = openOffice();
    journals = office.open();
    await journals.start();
  });

  it('is started anew where a disk denied it, and then hears of each call once', async () => {
    await journals.save(make());
    journals.dispose();
    vi.spyOn(office.records, 'load').mockRejectedValueOnce(new OffhookError('storage.failed'));
    const late = office.open();
    await expect(late.start()).rejects.toThrow('storage.failed');
    await office.ended('call-1');
    await late.start();
    const put = vi.spyOn(office.outbox, 'put');
    await office.ended('call-2');
    await office.settle(late);
    expect([...office.written.values()].map(({ callId }) => callId)).toEqual(['call-1', 'call-2']);
    expect(put).toHaveBeenCalledTimes(1);
    late.dispose();
  });

  it('holds each answered call once it has ended, with whom it was', async () => {
    await office.people.name('+74951234567', 'Иванов Иван');
    await journals.save(make());
    await office.ended('call-1');
    await office.ended('call-2', { answeredAt: null, disposition: 'missed' });
    await office.ended('call-3', { internal: true });
    await office.ended('call-4', { endedAt: null });
    await office.settle(journals);
    expect([...office.written.values()].map(({ callId }) => callId)).toEqual(['call-1']);
    expect([...office.written.values()][0]).toMatchObject({
      ...{ name: 'Иванов Иван', firm: 'ООО «Ромашка»', entryKey: 'Catalog_Контрагенты:h-1', note: '' },
      ...{ direction: 'incoming', disposition: 'answered', lineLabel: 'Office' },
    });
  });

  it('holds missed and internal calls where it asks for them', async () => {
    await journals.save(make({ calls: 'all', internal: true }));
    await office.ended('a', { answeredAt: null, disposition: 'missed' });
    await office.ended('b', { internal: true, number: '102' });
    await office.settle(journals);
    expect([...office.written.values()].map(({ callId }) => callId)).toEqual(['a', 'b']);
  });

  it('follows the note, in the same entry', async () => {
    await journals.save(make());
    await office.ended('call-1');
    await office.settle(journals);
    await office.archive.annotate('call-1', { note: 'Перезвонить', outcome: 'Заказ' });
    await office.settle(journals);
    expect([...office.written]).toMatchObject([[expect.any(String), { note: 'Перезвонить', outcome: 'Заказ' }]]);
  });

  it('gets the newest note when what waited is written at last', async () => {
    await journals.save(make());
    office.state.failure = new OffhookError('delivery.unreachable');
    await office.ended('call-1');
    await office.settle(journals);
    await office.archive.annotate('call-1', { note: 'раз' });
    await office.archive.annotate('call-1', { note: 'два' });
    await office.settle(journals);
    office.state.failure = null;
    for (let minute = 0; minute < 4; minute += 1) {
      office.clock.advance(60_000);
      await office.settle(journals);
    }
    expect([...office.written.values()].map(({ note }) => note)).toEqual(['два']);
  });

  it('does not begin with calls from before it was made, nor with a late note of one', async () => {
    await office.ended('old');
    office.clock.advance(3_600_000);
    await journals.save(make());
    await office.archive.annotate('old', { note: 'x' });
    await journals.catchUp();
    await office.settle(journals);
    expect(office.written.size).toBe(0);
  });

  it('leaves out what happens while it is switched off', async () => {
    const { journalId } = await journals.save(make());
    await office.ended('one');
    await office.settle(journals);
    await journals.save(make({ id: journalId, enabled: false }));
    office.clock.advance(60_000);
    await office.ended('two');
    office.clock.advance(60_000);
    await journals.save(make({ id: journalId }));
    office.clock.advance(60_000);
    await office.ended('three');
    await journals.catchUp();
    await office.archive.annotate('one', { note: 'позже' });
    await office.settle(journals);
    expect([...office.written.values()].map(({ callId, note }) => callId + note)).toEqual(['oneпозже', 'three']);
  });

  it('that is removed takes what waits for it along', async () => {
    const { journalId } = await journals.save(make());
    office.state.failure = new OffhookError('delivery.refused');
    await office.ended('one');
    await office.settle(journals);
    expect((await office.outbox.list()).total).toBe(1);
    await journals.remove(journalId);
    expect((await office.outbox.list()).total).toBe(0);
    await expect(journals.remove(journalId)).rejects.toMatchObject({ code: 'journal.unknown' });
  });

  it('is not made over a connection that is not there', async () => {
    await expect(journals.save(make({ config: { kind: 'onec', directoryId: 'gone' } }))).rejects.toMatchObject({
      code: 'journal.no-directory',
    });
    expect(journals.list()).toEqual([]);
  });
});

describe('after a crash', () => {
  it('calls that did not reach the outbox follow, oldest first, and none twice', async () => {
    const office = openOffice();
    const first = office.open();
    await first.start();
    await first.save(make());
    await office.ended('known');
    await office.settle(first);
    first.dispose();
    for (const id of ['lost-1', 'lost-2', 'lost-3']) {
      office.clock.advance(60_000);
      await office.ended(id);
    }
    office.clock.advance(60_000);
    const second = office.open();
    await second.start();
    await office.settle(second);
    const third = office.open();
    await third.start();
    await office.settle(third);
    expect([...office.written.values()].map(({ callId }) => callId)).toEqual(['known', 'lost-1', 'lost-2', 'lost-3']);
    expect(office.state.writes).toBe(4);
  });

  it('what waits is not given up before the journals are read', async () => {
    const office = openOffice();
    const first = office.open();
    await first.start();
    await first.save(make());
    office.state.failure = new OffhookError('delivery.unreachable');
    await office.ended('one');
    await office.settle(first);
    first.dispose();
    office.state.failure = null;
    const second = office.open();
    const starting = second.start();
    office.clock.advance(60_000);
    await starting;
    await office.settle(second);
    expect([...office.written.values()].map(({ callId }) => callId)).toEqual(['one']);
  });

  it('a call that was up is told of when the start has ended it', async () => {
    const office = openOffice();
    const first = office.open();
    await first.start();
    await first.save(make());
    const at = office.clock.now();
    await office.log.record(callRecordOf({ id: 'up', offeredAt: at, answeredAt: at + 1, endedAt: null }));
    first.dispose();
    office.clock.advance(60_000);
    await office.log.restart().closeOpenRecords(office.clock.now());
    const second = office.open();
    await second.start();
    await office.settle(second);
    expect([...office.written.values()]).toMatchObject([{ callId: 'up', disposition: 'cut' }]);
  });
});

describe('1C that is down for a week', () => {
  it('gets every call in order when it is there again, and is not stormed meanwhile', async () => {
    const office = openOffice();
    const journals = office.open();
    await journals.start();
    await journals.save(make());
    office.state.failure = new OffhookError('delivery.unreachable', { values: { host: '1c' } });
    for (let call = 0; call < 20; call += 1) await office.ended(`call-${call}`);
    await office.settle(journals);
    expect(await office.outbox.list()).toMatchObject({ total: 20 });
    office.state.failure = null;
    office.clock.advance(60_000);
    await office.settle(journals);
    expect([...office.written.values()].map(({ callId }) => callId)).toEqual(
      Array.from({ length: 20 }, (_, call) => `call-${call}`),
    );
    expect((await office.outbox.list()).total).toBe(0);
  });
});
