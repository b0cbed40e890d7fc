import type { SalvagedTable } from '#core/storage/index.ts';

const recordColumns = [
  'sequence',
  'id',
  'line',
  'direction',
  'internal',
  'number',
  'extension',
  'display',
  'name',
  'withheld',
  'diverted_from',
  'party_key',
  'offered_at',
  'answered_at',
  'ended_at',
  'zone_offset_minutes',
  'disposition',
  'answered_by',
  'sip_status',
  'sip_reason',
  'sip_call_id',
  'codec',
  'encrypted',
  'legs',
  'pbx_ids',
];
const annotationColumns = [
  'sequence',
  'note',
  'outcome',
  'follow_up_at',
  'snoozed_until',
  'follow_up_done_at',
  'tags',
  'person_id',
  'changed_at',
];
const changeColumns = ['sequence', 'changed_at', 'field', 'before', 'after'];

const values = (columns: readonly string[]) => columns.map((column) => `@${column}`).join(', ');
const recordThere = 'EXISTS (SELECT 1 FROM call_record WHERE sequence = @sequence)';

/** How the calls of a damaged file are taken over. The triggers of the new one make what follows from them. */
export const callLogSalvage: readonly SalvagedTable[] = [
  {
    table: 'call_line',
    first: true,
    statements: ['INSERT INTO call_line (key, line_id, label) VALUES (@key, @line_id, @label) ON CONFLICT DO NOTHING'],
  },
  {
    table: 'call_record',
    statements: [
      // A line that was lost keeps its calls, under no name.
      `INSERT INTO call_line (key, line_id, label) SELECT @line, 'lost', '№ ' || @line
        WHERE NOT EXISTS (SELECT 1 FROM call_line WHERE key = @line)`,
      // The sequence repeats the time: a row in which the two disagree is damaged.
      `INSERT INTO call_record (${recordColumns.join(', ')}) SELECT ${values(recordColumns)}
        WHERE @sequence / 1000 = @offered_at AND json_valid(coalesce(@legs, '[]')) AND json_valid(coalesce(@pbx_ids, '{}'))
          AND NOT EXISTS (SELECT 1 FROM call_record WHERE sequence = @sequence OR id = @id)`,
    ],
  },
  {
    table: 'call_annotation',
    statements: [
      `INSERT INTO call_annotation (${annotationColumns.join(', ')}) SELECT ${values(annotationColumns)}
        WHERE ${recordThere} AND json_valid(@tags)
          AND NOT EXISTS (SELECT 1 FROM call_annotation WHERE sequence = @sequence)`,
    ],
  },
  {
    table: 'call_annotation_change',
    statements: [
      `INSERT INTO call_annotation_change (${changeColumns.join(', ')}) SELECT ${values(changeColumns)}
        WHERE ${recordThere} AND NOT EXISTS (SELECT 1 FROM call_annotation_change
          WHERE sequence = @sequence AND changed_at = @changed_at AND field = @field)`,
    ],
  },
  {
    table: 'missed_call',
    statements: [
      `UPDATE missed_call SET handled_at = @handled_at, handled_by = @handled_by
        WHERE sequence = @sequence AND @handled_at IS NOT NULL`,
    ],
  },
];
