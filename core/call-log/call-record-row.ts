import { callRecord, type CallRecord } from '#contract/ipc/index.ts';
import type { SqlValue } from '#core/storage/index.ts';

/** Longest text of a record, in characters; SIP headers may bring far more, and are hostile. */
const maximumText = 1000;
const mostLegs = 100;
/** The end of the year 9999, Unix ms: later (and before 1970) no call is; what says so has a clock gone mad. */
const latest = 253_402_300_799_999;
/** Beyond this no zone is, minutes. */
const farthestZone = 18 * 60;

/** Columns of `call_record` that hold what the record holds; the line is kept apart. */
export const recordColumns = {
  id: 'id',
  direction: 'direction',
  internal: 'internal',
  number: 'number',
  extension: 'extension',
  display: 'display',
  name: 'name',
  withheld: 'withheld',
  divertedFrom: 'diverted_from',
  partyKey: 'party_key',
  offeredAt: 'offered_at',
  answeredAt: 'answered_at',
  endedAt: 'ended_at',
  zoneOffsetMinutes: 'zone_offset_minutes',
  disposition: 'disposition',
  answeredBy: 'answered_by',
  sipStatus: 'sip_status',
  sipReason: 'sip_reason',
  sipCallId: 'sip_call_id',
  codec: 'codec',
  encrypted: 'encrypted',
  legs: 'legs',
  pbxIds: 'pbx_ids',
} as const satisfies Record<Exclude<keyof CallRecord, 'lineId' | 'lineLabel'>, string>;

type Key = keyof typeof recordColumns;
const keys = Object.keys(recordColumns) as Key[];
const flags: readonly Key[] = ['internal', 'withheld', 'encrypted'];

/** Columns of a record, its line's beside them, for a `SELECT` from `recordTables`. */
export const recordSelection = [
  ...Object.values(recordColumns).map((column) => `c.${column}`),
  'l.line_id',
  'l.label AS line_label',
].join(', ');
export const recordTables = 'call_record AS c JOIN call_line AS l ON l.key = c.line';

/** An empty list or object is not written. */
function toJson(value: object): string | null {
  const parts = Array.isArray(value) ? value.slice(0, mostLegs) : value;
  return Object.keys(parts).length === 0 ? null : JSON.stringify(parts);
}

/** Within [least, most]; what is no number is the least. */
function within(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(Number.isNaN(value) ? least : value, least), most));
}

/** When the call was offered, as it is kept: Unix ms. */
export function offeredAtOf({ offeredAt }: CallRecord): number {
  return within(offeredAt, 0, latest);
}

function toValue(key: Key, value: CallRecord[Key]): SqlValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') {
    if (key === 'zoneOffsetMinutes') return within(value, -farthestZone, farthestZone);
    return key === 'sipStatus' ? within(value, 0, 999) : within(value, 0, latest);
  }
  if (typeof value === 'object' && value !== null) return toJson(value);
  return typeof value === 'string' ? value.slice(0, maximumText) : value;
}

/** In the order of `recordColumns`. */
export function toValues(record: CallRecord): SqlValue[] {
  return keys.map((key) => toValue(key, record[key]));
}

export type CallRecordRow = Record<(typeof recordColumns)[Key] | 'line_id' | 'line_label', SqlValue>;

function fromValue(key: Key, value: SqlValue): unknown {
  if (flags.includes(key)) return value === 1;
  if (key !== 'legs' && key !== 'pbxIds') return value;
  const parsed = callRecord.shape[key].safeParse(value === null ? undefined : JSON.parse(String(value)));
  return parsed.success ? parsed.data : callRecord.shape[key].parse(undefined);
}

export function fromRow(row: CallRecordRow): CallRecord {
  const entries = keys.map((key) => [key, fromValue(key, row[recordColumns[key]])]);
  return {
    ...(Object.fromEntries(entries) as CallRecord),
    lineId: String(row.line_id),
    lineLabel: String(row.line_label),
  };
}
