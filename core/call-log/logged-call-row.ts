import type { CallAnnotation, LoggedCall } from '#contract/ipc/index.ts';
import type { PeopleIndex } from '#core/contacts/index.ts';
import type { SqlValue } from '#core/storage/index.ts';
import { fromRow, recordSelection, recordTables, type CallRecordRow } from './call-record-row.ts';

export const loggedCallSelect = `SELECT c.sequence, ${recordSelection},
  a.note, a.outcome, a.follow_up_at, a.snoozed_until, a.follow_up_done_at, a.tags, a.person_id,
  m.sequence AS missed, m.handled_at, (SELECT id FROM call_record WHERE sequence = m.handled_by) AS handled_by,
  EXISTS (SELECT 1 FROM recording WHERE call_id = c.id) AS has_recording
  FROM ${recordTables}
  LEFT JOIN call_annotation AS a ON a.sequence = c.sequence
  LEFT JOIN missed_call AS m ON m.sequence = c.sequence`;

export type LoggedCallRow = CallRecordRow &
  Record<
    | 'sequence'
    | 'note'
    | 'outcome'
    | 'follow_up_at'
    | 'snoozed_until'
    | 'follow_up_done_at'
    | 'tags'
    | 'person_id'
    | 'missed'
    | 'handled_at'
    | 'handled_by'
    | 'has_recording',
    SqlValue
  >;

const text = (value: SqlValue) => (value === null ? null : String(value));
const moment = (value: SqlValue) => (value === null ? null : Number(value));

/** Zeros in the place of a page need not damage the file as such: the call is worth more than its tags. */
function tagsOf(value: SqlValue): string[] {
  try {
    return JSON.parse(String(value)) as string[];
  } catch {
    return [];
  }
}

function annotationOf(row: LoggedCallRow): CallAnnotation | null {
  if (row.note === null) return null;
  return {
    note: String(row.note),
    outcome: text(row.outcome),
    followUpAt: moment(row.follow_up_at),
    snoozedUntil: moment(row.snoozed_until),
    followUpDoneAt: moment(row.follow_up_done_at),
    tags: tagsOf(row.tags),
    personId: text(row.person_id),
  };
}

export function toLoggedCall(row: LoggedCallRow, people: PeopleIndex): LoggedCall {
  const record = fromRow(row);
  const annotation = annotationOf(row);
  const linked = annotation?.personId ?? null;
  return {
    record,
    annotation,
    person: linked === null ? people.personOf(record.partyKey) : people.person(linked),
    missed: row.missed === null ? null : { handledAt: moment(row.handled_at), handledBy: text(row.handled_by) },
    hasRecording: row.has_recording === 1,
  };
}
