import { account } from '#contract/ipc/index.ts';
import type {
  BackupFacts,
  CallRecord,
  CallSnapshot,
  ErasureReceipt,
  LineSnapshot,
  LoggedCall,
  Recording,
  RecordsStatus,
  RemoteParty,
} from '#contract/ipc/index.ts';

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
    match: null,
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

/** A log of some years, with a warning of what is going to go. */
export function sampleRecordsStatus(part: Partial<RecordsStatus> = {}): RecordsStatus {
  return {
    calls: 48_210,
    databaseBytes: 84_300_000,
    recordings: 35,
    recordingBytes: 1_240_000_000,
    warning: {
      callsBefore: Date.UTC(2024, 0, 1),
      calls: 1240,
      recordingsBefore: null,
      recordings: 35,
      recordingBytes: 1_240_000_000,
      daysLeft: 7,
    },
    work: null,
    lastRemoval: { at: Date.now() - 30 * 86_400_000, calls: 812, recordings: 4, recordingBytes: 90_000_000 },
    lastCheck: { at: Date.now() - 3_600_000, sound: true },
    backupFolder: 'C:\\Users\\Olga\\AppData\\Roaming\\Offhook\\backups',
    ...part,
  };
}

export function sampleBackup(part: Partial<BackupFacts> = {}): BackupFacts {
  return {
    file: 'C:\\Users\\Olga\\AppData\\Roaming\\Offhook\\backups\\offhook-2026-01-14.offhook-backup',
    madeAt: Date.UTC(2026, 0, 14, 15, 20),
    version: '0.1.0',
    calls: 48_102,
    people: 312,
    recordings: 0,
    recordingBytes: 0,
    bytes: 84_000_000,
    ...part,
  };
}

export function sampleReceipt(part: Partial<ErasureReceipt> = {}): ErasureReceipt {
  return {
    id: '0d9c1f3e-7a52-4c1b-9d1c-5b0f6f0f7f11',
    at: Date.UTC(2026, 0, 12, 9, 5),
    erased: { calls: 14, notes: 3, followUps: 1, recordings: 2, recordingBytes: 9_000_000, numbers: 2, names: 1, favourites: 1 },
    notReached: ['C:\\Users\\Olga\\AppData\\Roaming\\Offhook\\backups\\offhook-2026-01-11.offhook-backup'],
    state: 'done',
    ...part,
  };
}
