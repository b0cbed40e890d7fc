import type { Database } from '#core/storage/index.ts';
import type { EntryKeys } from './entry-keys.ts';

/** Keys out of the entries as they were last read. */
export class SqliteEntryKeys implements EntryKeys {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async of(handles: readonly string[]): Promise<string[]> {
    if (handles.length === 0) return [];
    const marks = handles.map(() => '?').join(', ');
    const rows = await this.database.read<{ handle: string; key: string }>(
      `SELECT handle, key FROM directory_entry WHERE handle IN (${marks})`,
      handles,
    );
    const keys = new Map(rows.map(({ handle, key }) => [handle, key]));
    return handles.flatMap((handle) => keys.get(handle) ?? []);
  }
}
