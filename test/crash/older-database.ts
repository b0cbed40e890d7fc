import path from 'node:path';
import type { CallRecord } from '#contract/ipc/index.ts';
import { recordColumns, toValues } from '#core/call-log/call-record-row.ts';
import { callRecordOf } from '#core/call-log/call-record.test-support.ts';
import { callLogSchema } from '#core/call-log/call-log-schema.ts';
import { openSqlite } from '#core/storage/open-sqlite.ts';

/** Every so many-th was up when the earlier program died. */
const openEvery = 20;

function recordOf(index: number, calls: number): CallRecord {
  const offeredAt = Date.now() - (calls - index) * 60_000;
  const id = `older-${index}`;
  const record = callRecordOf({
    id,
    sipCallId: `${id}@crash`,
    offeredAt,
    answeredAt: offeredAt + 900,
    endedAt: offeredAt + 9000,
  });
  return index % openEvery === 0 ? { ...record, answeredAt: null, endedAt: null, disposition: null } : record;
}

/** Leaves a database as the first version of the program made it, for the present one to bring up to date. */
export function leaveOlderDatabase(directory: string, calls: number): CallRecord[] {
  const first = { ...callLogSchema, migrations: callLogSchema.migrations.slice(0, 1) };
  const handle = openSqlite(path.join(directory, 'offhook.sqlite'), [first]);
  const present = new Set((handle.pragma('table_info(call_record)') as { name: string }[]).map(({ name }) => name));
  const columns = Object.values(recordColumns);
  // What later versions have added was not there yet.
  const known = columns.filter((column) => present.has(column));
  // The line stood in each row then.
  const insert = handle.prepare(
    `INSERT INTO call_record (line_id, line_label, ${known.join(', ')}) VALUES (?, ?, ${known.map(() => '?').join(', ')})`,
  );
  const write = (record: CallRecord) => {
    const values = toValues(record).filter((_, index) => known.includes(columns[index]!));
    insert.run(record.lineId, record.lineLabel, ...values);
  };
  const records = Array.from({ length: calls }, (_, index) => recordOf(index, calls));
  handle.transaction(() => {
    for (const record of records) write(record);
  })();
  handle.close();
  return records;
}
