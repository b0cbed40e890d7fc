import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, silentLogger } from '#core/foundation/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { entry, office, openEntries, sourceOf, type TestEntries } from '../intake/sqlite-entries.test-support.ts';
import type { DirectoryRecords } from './directory-records.ts';
import { MemoryDirectoryRecords, newRecord } from './memory-directory-records.ts';
import { SqliteDirectoryRecords } from './sqlite-directory-records.ts';

const record = newRecord({
  id: 'a',
  label: 'Клиенты',
  everyMinutes: 5,
  hasSecret: true,
  cursor: 'c',
  refreshedAt: 1,
  attemptedAt: 2,
  problem: { code: 'directory.locked', values: { file: 'x' }, detail: null },
  skipped: { count: 1, first: [{ code: 'entry.unreadable', values: { place: 'y' }, detail: null }] },
  numberRules: 'r',
  config: { kind: 'sheet', path: '/x', mappings: [] },
});

function describeRecords(name: string, open: () => DirectoryRecords): void {
  describe(name, () => {
    it('keep each directory as it is, in the user’s order, behind the own contacts', async () => {
      const records = open();
      const before = (await records.load()).map(({ id }) => id);
      expect(before[0]).toBe('own');
      await records.add(record);
      await records.add({ ...record, id: 'b' });
      expect((await records.load()).slice(before.length)).toEqual([record, { ...record, id: 'b' }]);
      const changed = { ...record, enabled: false, removed: true, problem: null, cursor: null };
      await records.update(changed);
      await records.sort(['b', 'a', ...before]);
      const [first, second] = await records.load();
      expect([first!.id, second]).toEqual(['b', changed]);
      for (const cursor of [null, 'other', 'other'])
        await records.update({ ...changed, cursor, label: `to ${cursor}` });
      expect((await records.load())[1]).toMatchObject({ cursor: 'other', label: 'to other' });
      await records.remove('b');
      expect((await records.load()).map(({ id }) => id)).toEqual(['a', ...before]);
      expect(await records.count('a')).toBe(0);
    });
  });
}

describeRecords('directories in memory', () => new MemoryDirectoryRecords(office));

describe('directories in SQLite', { timeout: 30_000 }, () => {
  let entries: TestEntries;
  let database: WorkerDatabase;
  const open = () => new SqliteDirectoryRecords({ database, logger: silentLogger });
  beforeEach(() => {
    entries = openEntries();
    const workerEntry = new URL('../../../storage/storage-worker.ts', import.meta.url);
    database = new WorkerDatabase({ file: entries.file, parts: agentSchema, workerEntry, clock: systemClock });
    entries.agent.exec(`UPDATE directory SET config = '{"kind":"vcard","path":"/x"}' WHERE id = 'd'`);
  });
  afterEach(async () => {
    await database.close();
    entries.close();
  });

  describeRecords('behave', open);

  it('count their entries, and leave out one that nobody understands', async () => {
    await entries.refresh(sourceOf([entry('1'), entry('2')]));
    expect(await open().counts()).toEqual(new Map([['d', 2]]));
    expect(await open().count('d')).toBe(2);
    entries.agent.exec(
      `INSERT INTO directory (id, kind, label, position, config) VALUES ('odd', 'x', '', 9, '{"kind":"x"}'), ('cut', 'x', '', 9, '{')`,
    );
    expect((await open().load()).map(({ id }) => id)).toEqual(['own', 'd']);
  });
});
