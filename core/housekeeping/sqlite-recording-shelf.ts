import path from 'node:path';
import type { RecordingStore } from '#core/recordings/index.ts';
import type { Database, PackedFile, SqlValue } from '#core/storage/index.ts';
import type { RecordingShelf, RecordingTotals } from './recording-shelf.ts';

export interface SqliteRecordingShelfOptions {
  database: Database;
  /** Removes file and row, and tells whoever shows them. */
  recordings: Pick<RecordingStore, 'remove'>;
  /** Where the files lie, each by its path within. */
  folder: string;
}

interface Row {
  id: string;
  bytes: number;
}

/** SQLite takes 32,766 values at most. */
const atOnce = 500;
// What is being made is nobody's to remove.
const done = "state <> 'recording'";
const totalsOf = 'count(*) AS count, coalesce(sum(bytes), 0) AS bytes';

/** The recordings by their index in the agent's database. */
export class SqliteRecordingShelf implements RecordingShelf {
  readonly folder: string;
  private readonly database: Database;
  private readonly recordings: Pick<RecordingStore, 'remove'>;

  constructor(options: SqliteRecordingShelfOptions) {
    this.folder = options.folder;
    this.database = options.database;
    this.recordings = options.recordings;
  }

  totals(): Promise<RecordingTotals> {
    return this.sum(`WHERE ${done}`, []);
  }

  before(moment: number): Promise<RecordingTotals> {
    return this.sum(`WHERE ${done} AND started_at < ?`, [moment]);
  }

  async timeOfOldest(bytes: number): Promise<number | null> {
    const sql = `SELECT started_at FROM
      (SELECT started_at, sum(bytes) OVER (ORDER BY started_at, id) AS total FROM recording WHERE ${done})
      WHERE total >= ? ORDER BY total LIMIT 1`;
    const [row] = await this.database.read<{ started_at: number }>(sql, [bytes]);
    return row ? row.started_at + 1 : null;
  }

  async removeBefore(moment: number, limit: number): Promise<RecordingTotals> {
    const where = `WHERE ${done} AND started_at < ? ORDER BY started_at, id LIMIT ?`;
    return this.remove(await this.database.query<Row>(`SELECT id, bytes FROM recording ${where}`, [moment, limit]));
  }

  async countOf(callIds: readonly string[]): Promise<RecordingTotals> {
    const sums = await this.ofCalls(callIds, (where, ids) => this.sum(where, ids));
    return sums.reduce(added, { count: 0, bytes: 0 });
  }

  async removeOf(callIds: readonly string[]): Promise<RecordingTotals> {
    const find = (where: string, ids: string[]) => this.database.query<Row>(`SELECT id, bytes FROM recording ${where}`, ids);
    return this.remove((await this.ofCalls(callIds, find)).flat());
  }

  async files(): Promise<PackedFile[]> {
    const sql = `SELECT file FROM recording WHERE ${done} AND file IS NOT NULL ORDER BY file`;
    const rows = await this.database.read<{ file: string }>(sql);
    return rows.map(({ file }) => ({ name: file, path: path.join(this.folder, file) }));
  }

  private async sum(where: string, values: SqlValue[]): Promise<RecordingTotals> {
    const [row] = await this.database.query<RecordingTotals>(`SELECT ${totalsOf} FROM recording ${where}`, values);
    return row ?? { count: 0, bytes: 0 };
  }

  private async ofCalls<T>(callIds: readonly string[], ask: (where: string, ids: string[]) => Promise<T>): Promise<T[]> {
    const answers: T[] = [];
    for (let from = 0; from < callIds.length; from += atOnce) {
      const ids = callIds.slice(from, from + atOnce);
      answers.push(await ask(`WHERE ${done} AND call_id IN (${ids.map(() => '?').join(', ')})`, ids));
    }
    return answers;
  }

  private async remove(rows: readonly Row[]): Promise<RecordingTotals> {
    for (const { id } of rows) await this.recordings.remove(id);
    return rows.reduce((sum, { bytes }) => added(sum, { count: 1, bytes }), { count: 0, bytes: 0 });
  }
}

function added(a: RecordingTotals, b: RecordingTotals): RecordingTotals {
  return { count: a.count + b.count, bytes: a.bytes + b.bytes };
}
