import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal, StoredAction } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { actionOf, webhook } from './event-actions/event-actions.test-support.ts';
import { SqliteActionRecords } from './event-actions/sqlite-action-records.ts';
import { SqliteEntryKeys } from './journals/sqlite-entry-keys.ts';
import { SqliteJournalRecords } from './journals/sqlite-journal-records.ts';

const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);

describe('actions and journals on the disk', () => {
  let folder: string;
  let database: WorkerDatabase;
  const open = () =>
    new WorkerDatabase({ file: path.join(folder, 'x.sqlite'), parts: agentSchema, workerEntry, clock: systemClock });
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-office-'));
    database = open();
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const again = async () => {
    await database.close();
    database = open();
  };
  const actions = () => new SqliteActionRecords({ database, logger: silentLogger });
  const journals = () => new SqliteJournalRecords({ database, logger: silentLogger });

  it('are there after a restart, in the order in which they were made', async () => {
    const one: StoredAction = { ...actionOf(webhook), id: 'b', hasSecret: true };
    const other: StoredAction = {
      ...actionOf({ kind: 'address', address: 'https://x.example/' }),
      id: 'a',
      hasSecret: false,
    };
    await actions().put(one);
    await actions().put(other);
    await actions().put({ ...one, label: 'Другой' });
    const journal: Journal = {
      ...{ id: 'j', enabled: true, calls: 'all', internal: false },
      config: { kind: 'onec', directoryId: 'd' },
    };
    await journals().put({ journal, since: 1, lookedAt: 2 });
    await journals().put({ journal: { ...journal, enabled: false }, since: 3, lookedAt: 4 });
    await again();
    expect(await actions().load()).toEqual([{ ...one, label: 'Другой' }, other]);
    expect(await journals().load()).toEqual([{ journal: { ...journal, enabled: false }, since: 3, lookedAt: 4 }]);
    await actions().remove('b');
    await journals().remove('j');
    expect([await actions().load(), await journals().load()]).toEqual([[other], []]);
  });

  it('that nobody can read are left out', async () => {
    await database.execute("INSERT INTO event_action (id, position, action) VALUES ('x', 1, 'nonsense')");
    await database.execute("INSERT INTO journal (id, position, journal, since, looked_at) VALUES ('x', 1, '{}', 0, 0)");
    expect([await actions().load(), await journals().load()]).toEqual([[], []]);
  });

  it('find how a source knows its entries', async () => {
    await database.execute(
      "INSERT INTO directory (id, kind, label, position, config) VALUES ('d', 'onec', 'D', 1, '{}')",
    );
    const insert = `INSERT INTO directory_entry (directory_id, key, handle, content_hash, name, firm, role, department,
      numbers, emails, links, note, fields, place) VALUES ('d', ?, ?, '', '', '', '', '', '[]', '[]', '[]', '', '[]', '')`;
    await database.execute(insert, ['Catalog_Контрагенты:1', 'h1']);
    await database.execute(insert, ['Catalog_Контрагенты:2', 'h2']);
    const keys = new SqliteEntryKeys(database);
    expect(await keys.of(['h2', 'gone', 'h1'])).toEqual(['Catalog_Контрагенты:2', 'Catalog_Контрагенты:1']);
    expect(await keys.of([])).toEqual([]);
  });
});
