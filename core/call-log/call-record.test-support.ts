import type { CallRecord } from '#contract/ipc/index.ts';

/** An answered call of nine seconds, but for what is said. */
export function callRecordOf(fields: Partial<CallRecord>): CallRecord {
  return {
    id: 'call-1',
    lineId: 'line-1',
    lineLabel: 'Office',
    direction: 'incoming',
    internal: false,
    number: '+74951234567',
    extension: null,
    display: '+7 495 123-45-67',
    name: null,
    withheld: false,
    divertedFrom: null,
    partyKey: fields.number === undefined ? '+74951234567' : fields.number,
    offeredAt: 1_767_225_600_000,
    answeredAt: 1_767_225_601_000,
    endedAt: 1_767_225_610_000,
    zoneOffsetMinutes: 180,
    disposition: 'answered',
    answeredBy: null,
    sipStatus: null,
    sipReason: null,
    sipCallId: 'a84b4c76e66710',
    codec: 'PCMA',
    encrypted: false,
    legs: [],
    pbxIds: {},
    ...fields,
  };
}
