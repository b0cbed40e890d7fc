import { toReport, type ErrorReport } from '#contract/errors.ts';
import type { CallRecord } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { Database, Statement } from '#core/storage/index.ts';
import type { CallLog, CallLogPeriod } from './call-log.ts';
import {
  fromRow,
  offeredAtOf,
  recordColumns,
  recordSelection,
  recordTables,
  toValues,
  type CallRecordRow,
} from './call-record-row.ts';
import { redialText } from './redial-text.ts';

export { callLogSchema } from './call-log-schema.ts';

const columns = Object.values(recordColumns);
const unchanging: readonly string[] = [recordColumns.id, recordColumns.offeredAt];
const changing = columns
  .filter((column) => !unchanging.includes(column))
  .map((column) => `${column} = excluded.${column}`);
const keepLine = 'INSERT INTO call_line (line_id, label) VALUES (?, ?) ON CONFLICT DO NOTHING';
// A thousand calls of one ms would run into the next one's keys; no phone has them.
const nextSequence = `(SELECT coalesce(max(sequence) + 1, given.at * 1000) FROM call_record
  WHERE sequence BETWEEN given.at * 1000 AND given.at * 1000 + 999)`;
const upsert = `INSERT INTO call_record (${columns.join(', ')}, sequence, line)
  SELECT ${columns.map(() => '?').join(', ')}, ${nextSequence}, l.key
  FROM (SELECT ? AS at) AS given JOIN call_line AS l ON l.line_id = ? AND l.label = ? WHERE true
  ON CONFLICT (id) DO UPDATE SET line = excluded.line, ${changing.join(', ')} WHERE call_record.ended_at IS NULL`;
const select = `SELECT ${recordSelection} FROM ${recordTables}`;
const newestFirst = 'ORDER BY c.sequence DESC';

function writing(record: CallRecord): Statement[] {
  const line = [record.lineId, record.lineLabel.slice(0, 200)];
  return [
    { sql: keepLine, values: line },
    { sql: upsert, values: [...toValues(record), offeredAtOf(record), ...line] },
  ];
}

/** The call log in the agent's database. The storage worker keeps the order of writes. */
export class SqliteCallLog implements CallLog {
  private readonly database: Database;
  private readonly recorded = new Emitter<CallRecord>();
  private readonly problemEmitter = new Emitter<ErrorReport | null>();
  /** Calls of this run that are up: a late `closeOpenRecords` must not end them. */
  private readonly open = new Set<string>();
  private current: ErrorReport | null = null;

  readonly onRecorded = this.recorded.event;
  readonly onProblem = this.problemEmitter.event;

  constructor(options: { database: Database }) {
    this.database = options.database;
  }

  get problem(): ErrorReport | null {
    return this.current;
  }

  async record(record: CallRecord): Promise<void> {
    if (record.endedAt === null) this.open.add(record.id);
    else this.open.delete(record.id);
    try {
      const [, written] = await this.database.transaction(writing(record));
      this.setProblem(null);
      if (written && written.changes > 0) this.recorded.fire(record);
    } catch (error) {
      this.setProblem(toReport(error));
      throw error;
    }
  }

  async list({ from, to, limit }: CallLogPeriod): Promise<CallRecord[]> {
    const sql = `${select} WHERE c.sequence >= ? * 1000 AND c.sequence < ? * 1000 ${newestFirst} LIMIT ?`;
    // Beyond these no clock goes; a product past 2⁶³ would be a float.
    const within = [from, to].map((moment) => Math.min(Math.max(Math.ceil(moment), -8.64e15 / 1000), 8.64e15 / 1000));
    const rows = await this.database.query<CallRecordRow>(sql, [...within, limit]);
    return rows.map(fromRow);
  }

  async lastDialled(): Promise<string | null> {
    const sql = `${select} WHERE c.direction = 'outgoing' ${newestFirst} LIMIT 1`;
    const [row] = await this.database.query<CallRecordRow>(sql);
    return row ? redialText(fromRow(row)) : null;
  }

  async closeOpenRecords(now: number): Promise<CallRecord[]> {
    const rows = await this.database.query<CallRecordRow>(`${select} WHERE c.ended_at IS NULL ${newestFirst}`);
    const left = rows.map(fromRow).filter((record) => !this.open.has(record.id));
    const ended = left.map((record): CallRecord => {
      return { ...record, endedAt: Math.max(now, record.answeredAt ?? record.offeredAt), disposition: 'cut' };
    });
    await this.database.transaction(ended.flatMap(writing));
    for (const record of ended) this.recorded.fire(record);
    return ended;
  }

  private setProblem(problem: ErrorReport | null): void {
    if (problem?.code === this.current?.code) return;
    this.current = problem;
    this.problemEmitter.fire(problem);
  }
}
