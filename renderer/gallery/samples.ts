import { account } from '#contract/ipc/index.ts';
import type { CallRecord, CallSnapshot, LineSnapshot, LoggedCall, Recording, RemoteParty } from '#contract/ipc/index.ts';

/** Invented parties on numbers that nobody has; for tests and the gallery. */
export function party(part: Partial<RemoteParty> = {}): RemoteParty {
  return {
    number: '+74951234567',
    extension: null,
    display: '+7 495 123-45-67',
    name: 'Иван Петров',
    withheld: false,
    asserted: false,
    diversion: null,
    ...part,
  };
}

export function sampleCall(part: Partial<CallSnapshot> = {}): CallSnapshot {
  const now = Date.now();
  return {
    id: 'call-1',
    lineId: 'line-1',
    direction: 'outgoing',
    state: 'connected',
    remote: party(),
    heldByThem: false,
    muted: false,
    earlyMedia: false,
    answering: false,
    pendingDigits: null,
    sentDigits: '',
    codec: 'G722',
    encrypted: true,
    audio: 'connected',
    quality: { lossPercent: 0.2, jitterMilliseconds: 4, roundTripMilliseconds: 12 },
    emergency: false,
    startedAt: now - 165_000,
    answeredAt: now - 161_000,
    endedAt: null,
    ending: null,
    ...part,
  };
}

export function sampleLine(part: Partial<LineSnapshot> = {}): LineSnapshot {
  return {
    id: 'line-1',
    account: account.parse({ label: 'Продажи', user: '101', domain: 'pbx.example' }),
    hasPassword: true,
    isDefault: true,
    registration: { state: 'registered', since: 0, nextTryAt: null, error: null },
    ...part,
  };
}

export function sampleRecord(part: Partial<CallRecord> = {}): CallRecord {
  const offeredAt = part.offeredAt ?? Date.now() - 3_600_000;
  return {
    id: `record-${offeredAt}`,
    lineId: 'line-1',
    lineLabel: 'Продажи',
    direction: 'incoming',
    internal: false,
    number: '+79160000017',
    extension: null,
    display: '+7 916 000-00-17',
    name: null,
    withheld: false,
    divertedFrom: null,
    partyKey: part.number === undefined ? '+79160000017' : part.number,
    offeredAt,
    answeredAt: offeredAt + 8000,
    endedAt: offeredAt + 260_000,
    zoneOffsetMinutes: 180,
    disposition: 'answered',
    answeredBy: null,
    sipStatus: 200,
    sipReason: 'OK',
    sipCallId: 'a84b4c76e66710@pbx.example',
    codec: 'PCMA',
    encrypted: false,
    legs: [],
    pbxIds: {},
    ...part,
  };
}

/** A call as the log shows it, with nothing added by the user. */
export function sampleLoggedCall(part: Partial<CallRecord> = {}, more: Partial<LoggedCall> = {}): LoggedCall {
  const record = sampleRecord(part);
  const missed = record.disposition === 'missed' ? { handledAt: null, handledBy: null } : null;
  return { record, annotation: null, person: null, missed, hasRecording: false, ...more };
}

export function sampleRecording(part: Partial<Recording> = {}): Recording {
  return {
    id: '5b1f3c1e-0000-4000-8000-000000000001',
    callId: 'call-1',
    source: 'computer',
    mediaType: 'audio/wav',
    startedAt: Date.now() - 3_600_000,
    durationMilliseconds: 72_000,
    bytes: 2_304_044,
    state: 'complete',
    ...part,
  };
}
