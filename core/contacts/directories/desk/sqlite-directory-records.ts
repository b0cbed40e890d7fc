import type { ErrorReport } from '#contract/errors.ts';
import { directoryConfig } from '#contract/ipc/index.ts';
import type { Logger } from '#core/foundation/index.ts';
import type { Database, SqlValue } from '#core/storage/index.ts';
import type { Skipped } from '../intake/skipped-parts.ts';
import type { DirectoryRecord, DirectoryRecords } from './directory-records.ts';

interface Row {
  id: string;
  label: string;
  enabled: number;
  every_minutes: number;
  config: string;
  has_secret: number;
  cursor: string | null;
  refreshed_at: number | null;
  attempted_at: number | null;
  problem: string | null;
  skipped: string;
  number_rules: string;
  removed: number;
}

const columns =
  'kind, label, enabled, every_minutes, config, has_secret, cursor, refreshed_at, attempted_at, problem, skipped, number_rules, removed';
const names = columns.split(', ');
const add = `INSERT INTO directory (${columns}, id, position) VALUES (${names.map(() => '?').join(', ')}, ?,
  (SELECT COALESCE(MAX(position), 0) + 1 FROM directory))`;
const updateOf = (some: readonly string[]) =>
  `UPDATE directory SET ${some.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;
const update = updateOf(names);
const cursorPlace = names.indexOf('cursor');
const updateButCursor = updateOf(names.toSpliced(cursorPlace, 1));

function valuesOf(record: DirectoryRecord): SqlValue[] {
  const { label, enabled, everyMinutes, config, hasSecret, cursor, refreshedAt, attemptedAt, problem, skipped } =
    record;
  return [
    config.kind,
    label,
    Number(enabled),
    everyMinutes,
    JSON.stringify(config),
    Number(hasSecret),
    cursor,
    refreshedAt,
    attemptedAt,
    problem && JSON.stringify(problem),
    JSON.stringify(skipped),
    record.numberRules,
    Number(record.removed),
    record.id,
  ];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A damaged row was salvaged: the configuration is not valid then.
    return null;
  }
}

function toRecord(row: Row): DirectoryRecord | null {
  const config = directoryConfig.safeParse(parse(row.config));
  if (!config.success) return null;
  return {
    id: row.id,
    label: row.label,
    enabled: row.enabled !== 0,
    everyMinutes: row.every_minutes,
    config: config.data,
    hasSecret: row.has_secret !== 0,
    cursor: row.cursor,
    refreshedAt: row.refreshed_at,
    attemptedAt: row.attempted_at,
    problem: row.problem === null ? null : (parse(row.problem) as ErrorReport | null),
    skipped: (parse(row.skipped) as Skipped | null) ?? { count: 0, first: [] },
    numberRules: row.number_rules,
    removed: row.removed !== 0,
  };
}

/** The directories of the agent's database. */
export class SqliteDirectoryRecords implements DirectoryRecords {
  private readonly database: Database;
  private readonly logger: Logger;
  /** As they are on the disk: one may be large, and is not written again with every word about its directory. */
  private readonly cursors = new Map<string, string | null>();

  constructor({ database, logger }: { database: Database; logger: Logger }) {
    this.database = database;
    this.logger = logger;
  }

  async load(): Promise<DirectoryRecord[]> {
    const rows = await this.database.query<Row>(`SELECT id, ${columns} FROM directory ORDER BY position, id`);
    return rows.flatMap((row) => {
      this.cursors.set(row.id, row.cursor);
      const record = toRecord(row);
      if (!record) this.logger.warn('a directory is left out: its configuration is not one', { id: row.id });
      return record ?? [];
    });
  }

  async counts(): Promise<Map<string, number>> {
    const rows = await this.database.read<{ id: string; count: number }>(
      'SELECT directory_id AS id, COUNT(*) AS count FROM directory_entry GROUP BY directory_id',
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  async count(id: string): Promise<number> {
    const [row] = await this.database.read<{ count: number }>(
      'SELECT COUNT(*) AS count FROM directory_entry WHERE directory_id = ?',
      [id],
    );
    return row?.count ?? 0;
  }

  async add(record: DirectoryRecord): Promise<void> {
    await this.database.execute(add, valuesOf(record));
  }

  async update(record: DirectoryRecord): Promise<void> {
    const { id, cursor } = record;
    const values = valuesOf(record);
    if (this.cursors.has(id) && this.cursors.get(id) === cursor) {
      await this.database.execute(updateButCursor, values.toSpliced(cursorPlace, 1));
      return;
    }
    this.cursors.delete(id);
    await this.database.execute(update, values);
    this.cursors.set(id, cursor);
  }

  async remove(id: string): Promise<void> {
    await this.database.execute('DELETE FROM directory WHERE id = ?', [id]);
    this.cursors.delete(id);
  }

  async sort(ids: readonly string[]): Promise<void> {
    const sql = 'UPDATE directory SET position = ? WHERE id = ?';
    await this.database.transaction(ids.map((id, position) => ({ sql, values: [position, id] })));
  }
}
