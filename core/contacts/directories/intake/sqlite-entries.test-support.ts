import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { openSqlite } from '#core/storage/open-sqlite.ts';
import { office } from '#core/contacts/numbers/number-rules.test-support.ts';
import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import type { DirectoryReading, DirectorySource, RefreshOutcome } from '../directory-source.ts';
import { sourceEntry, type SourceEntry } from '../source-entry.ts';
import { toStoredEntry, type EntryRow, type StoredEntry } from '../stored-entry.ts';
import { refreshEntries, type RefreshResult } from './refresh-entries.ts';
import { SqliteEntryStore } from './sqlite-entry-store.ts';

export { office };

/** A source that does what a test says. */
export function scriptedSource(refresh: (reading: DirectoryReading) => Promise<RefreshOutcome>): DirectorySource {
  return { refresh, preview: async () => ({ tables: [], count: null, parts: [] }) };
}

/** Puts all entries, and ends as told. */
export function sourceOf(
  entries: readonly SourceEntry[],
  kind: RefreshOutcome['kind'] = 'complete',
  removed: string[] = [],
) {
  return scriptedSource(async (reading) => {
    await reading.put(entries);
    if (removed.length > 0) await reading.remove(removed);
    return { kind, cursor: 'next' };
  });
}

export const entry = (key: string, given: Partial<SourceEntry> = {}): SourceEntry =>
  sourceEntry({ key, name: `Name ${key}`, place: `here!${key}`, ...given });

/** A database of the agent's own shape with one directory `d`, the store of a worker, and a look at it from outside. */
export function openEntries(options: { file?: string } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-entries-'));
  const file = options.file ?? path.join(folder, 'x.sqlite');
  const agent = openSqlite(file, agentSchema);
  agent.exec("INSERT INTO directory (id, kind, label, position, config) VALUES ('d', 'sheet', 'D', 1, '{}')");
  const store = SqliteEntryStore.open({
    file,
    slice: () => ({ hold: 2, pause: 2 }),
    now: () => performance.now(),
    pause: async () => void (await setImmediate()),
  });
  const reader = new BetterSqlite3(file, { readonly: true });
  return {
    file,
    agent,
    store,
    rows: (directoryId = 'd'): StoredEntry[] =>
      (
        reader
          .prepare('SELECT * FROM directory_entry WHERE directory_id = ? ORDER BY key')
          .all(directoryId) as EntryRow[]
      ).map(toStoredEntry),
    all: <Row>(sql: string) => reader.prepare(sql).all() as Row[],
    /** Another number after each commit of anybody. */
    version: () => reader.pragma('data_version', { simple: true }) as number,
    refresh(
      source: DirectorySource,
      given: { rules?: NumberRules; signal?: AbortSignal } = {},
    ): Promise<RefreshResult> {
      const order = { directoryId: 'd', cursor: null, secret: null, rules: given.rules ?? office };
      const told = { progress: () => {}, keepSecret: () => {} };
      return refreshEntries(source, order, told, { store, signal: given.signal ?? new AbortController().signal });
    },
    close() {
      store.close();
      reader.close();
      agent.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type TestEntries = ReturnType<typeof openEntries>;
