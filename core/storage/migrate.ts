import type BetterSqlite3 from 'better-sqlite3';
import { OffhookError } from '#contract/errors.ts';
import type { SchemaPart } from './database.ts';

const versionTable =
  'CREATE TABLE IF NOT EXISTS schema_version (feature TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT';

function versions(handle: BetterSqlite3.Database): Map<string, number> {
  const known = handle.prepare("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'").get();
  if (!known) return new Map();
  const rows = handle.prepare('SELECT feature, version FROM schema_version').all() as {
    feature: string;
    version: number;
  }[];
  return new Map(rows.map((row) => [row.feature, row.version]));
}

/** Throws `storage.newer`, having changed nothing, when a later program wrote the file. */
export function refuseNewer(handle: BetterSqlite3.Database, parts: readonly SchemaPart[], file: string): void {
  const present = versions(handle);
  for (const part of parts) {
    const version = present.get(part.feature) ?? 0;
    if (version <= part.migrations.length) continue;
    const detail = `${part.feature} is at version ${version}, this program knows ${part.migrations.length}`;
    throw new OffhookError('storage.newer', { values: { file }, detail });
  }
}

/** Brings every part to its last version, all in one transaction. */
export function migrate(handle: BetterSqlite3.Database, parts: readonly SchemaPart[]): void {
  const present = versions(handle);
  const behind = parts.filter((part) => (present.get(part.feature) ?? 0) < part.migrations.length);
  if (behind.length === 0) return;
  handle
    .transaction(() => {
      handle.exec(versionTable);
      const note = handle.prepare('INSERT OR REPLACE INTO schema_version (feature, version) VALUES (?, ?)');
      for (const part of behind) {
        for (const migration of part.migrations.slice(present.get(part.feature) ?? 0)) handle.exec(migration);
        note.run(part.feature, part.migrations.length);
      }
    })
    .immediate();
}
