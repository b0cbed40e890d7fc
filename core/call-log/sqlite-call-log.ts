import { toReport, type ErrorReport } from '#contract/errors.ts';
import type { CallRecord } from '#contract/ipc/index.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { CallLog, CallLogPeriod } from './call-log.ts';
import { fromRow, recordColumns, toValues, type CallRecordRow } from './call-record-row.ts';
import { redialText } from './redial-text.ts';

export { callLogSchema } from './call-log-schema.ts';

const columns = Object.values(recordColumns);
const changing = columns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`);
const upsert = `INSERT INTO call_record (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
  ON CONFLICT (id) DO UPDATE SET ${changing.join(', ')} WHERE call_record.ended_at IS NULL`;
const select = `SELECT ${columns.join(', ')} FROM call_record`;
const newestFirst = 'ORDER BY offered_at DESC, sequence DESC';

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
      const { changes } = await this.database.execute(upsert, toValues(record));
      this.setProblem(null);
      if (changes > 0) this.recorded.fire(record);
    } catch (error) {
      this.setProblem(toReport(error));
      throw error;
    }
  }

  async list({ from, to, limit }: CallLogPeriod): Promise<CallRecord[]> {
    const sql = `${select} WHERE offered_at >= ? AND offered_at < ? ${newestFirst} LIMIT ?`;
    const rows = await this.database.query<CallRecordRow>(sql, [from, to, limit]);
    return rows.map(fromRow);
  }

  async lastDialled(): Promise<string | null> {
    const rows = await this.database.query<CallRecordRow>(
      `${select} WHERE direction = 'outgoing' ${newestFirst} LIMIT 1`,
    );
    return rows[0] ? redialText(fromRow(rows[0])) : null;
  }

  async closeOpenRecords(now: number): Promise<CallRecord[]> {
    const rows = await this.database.query<CallRecordRow>(`${select} WHERE ended_at IS NULL ${newestFirst}`);
    const left = rows.map(fromRow).filter((record) => !this.open.has(record.id));
    const ended = left.map((record): CallRecord => {
      return { ...record, endedAt: Math.max(now, record.answeredAt ?? record.offeredAt), disposition: 'cut' };
    });
    await this.database.transaction(ended.map((record) => ({ sql: upsert, values: toValues(record) })));
    for (const record of ended) this.recorded.fire(record);
    return ended;
  }

  private setProblem(problem: ErrorReport | null): void {
    if (problem?.code === this.current?.code) return;
    this.current = problem;
    this.problemEmitter.fire(problem);
  }
}
