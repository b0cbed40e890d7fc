import type { CallRecord } from '#contract/ipc/index.ts';
import type { SqlValue } from '#core/storage/index.ts';

/** Longest text of a record, in characters; SIP headers may bring far more, and are hostile. */
const maximumText = 1000;

export const recordColumns = {
  id: 'id',
  lineId: 'line_id',
  lineLabel: 'line_label',
  direction: 'direction',
  number: 'number',
  extension: 'extension',
  display: 'display',
  name: 'name',
  withheld: 'withheld',
  divertedFrom: 'diverted_from',
  offeredAt: 'offered_at',
  answeredAt: 'answered_at',
  endedAt: 'ended_at',
  zoneOffsetMinutes: 'zone_offset_minutes',
  disposition: 'disposition',
  sipStatus: 'sip_status',
  sipReason: 'sip_reason',
  sipCallId: 'sip_call_id',
  codec: 'codec',
  encrypted: 'encrypted',
} as const satisfies Record<keyof CallRecord, string>;

const keys = Object.keys(recordColumns) as (keyof CallRecord)[];

function toValue(value: CallRecord[keyof CallRecord]): SqlValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Math.round(value);
  return typeof value === 'string' ? value.slice(0, maximumText) : value;
}

/** In the order of `recordColumns`. */
export function toValues(record: CallRecord): SqlValue[] {
  return keys.map((key) => toValue(record[key]));
}

export type CallRecordRow = Record<(typeof recordColumns)[keyof CallRecord], SqlValue>;

export function fromRow(row: CallRecordRow): CallRecord {
  const entries = keys.map((key) => [key, row[recordColumns[key]]]);
  return {
    ...(Object.fromEntries(entries) as CallRecord),
    withheld: row.withheld === 1,
    encrypted: row.encrypted === 1,
  };
}
