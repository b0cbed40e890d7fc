import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#contract/ipc/index.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { MemoryProgramStore } from './memory-program-store.ts';
import { mostAuditEntries, type ProgramStore, type StoredProgram } from './program-store.ts';
import { programsSchema } from './programs-schema.ts';
import { SqliteProgramStore } from './sqlite-program-store.ts';

const program = (id: string, changes: Partial<StoredProgram> = {}): StoredProgram => ({
  ...{ id, name: `Программа ${id}`, scopes: ['calls:read', 'log:write'], tokenHash: 'ab'.repeat(32) },
  ...{ pairedAt: 1_767_225_600_000, lastUsedAt: null },
  ...changes,
});
const entry = (id: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  ...{ id, at: 1_767_225_600_000 + id, programId: 'a', programName: 'Excel', action: 'calls.place' },
  ...{ subject: '112', outcome: 'done', times: 1 },
  ...changes,
});
const everything = { before: null, limit: 200, programId: null };

function describeProgramStore(name: string, open: () => ProgramStore): void {
  describe(`programs ${name}`, () => {
    it('are given as they were stored, the first paired first', async () => {
      const store = open();
      await store.add(program('b', { pairedAt: 2 }));
      await store.add(program('a', { pairedAt: 1, lastUsedAt: 5 }));
      await store.remove('unknown');
      const byPairing = (await store.programs()).sort((one, other) => one.pairedAt - other.pairedAt);
      expect(byPairing).toEqual([program('a', { pairedAt: 1, lastUsedAt: 5 }), program('b', { pairedAt: 2 })]);
    });

    it('are removed, and known as used', async () => {
      const store = open();
      await store.add(program('a'));
      await store.add(program('b'));
      await store.remove('a');
      await store.used(
        new Map([
          ['b', 7],
          ['gone', 8],
        ]),
      );
      expect(await store.programs()).toEqual([program('b', { lastUsedAt: 7 })]);
    });

    it('leave a trail, newest first, of one or of all', async () => {
      const store = open();
      expect(await store.lastAuditId()).toBe(0);
      await store.note([entry(1), entry(2, { programId: null, outcome: 'refused' }), entry(3)], new Map());
      await store.note([], new Map([[1, 9]]));
      expect(await store.audit(everything)).toEqual([
        entry(3),
        entry(2, { programId: null, outcome: 'refused' }),
        entry(1, { times: 9 }),
      ]);
      expect((await store.audit({ before: 3, limit: 1, programId: null })).map(({ id }) => id)).toEqual([2]);
      expect((await store.audit({ ...everything, programId: 'a' })).map(({ id }) => id)).toEqual([3, 1]);
      expect(await store.lastAuditId()).toBe(3);
    });

    it('keep the newest ten thousand entries', async () => {
      const store = open();
      const many = Array.from({ length: mostAuditEntries }, (_, index) => entry(index + 1));
      await store.note(many, new Map());
      await store.note([entry(mostAuditEntries + 1), entry(mostAuditEntries + 2)], new Map());
      expect(await store.audit({ ...everything, before: 4 })).toEqual([entry(3)]);
    });
  });
}

describeProgramStore('in memory', () => new MemoryProgramStore());

describe('with a database', () => {
  let directory: string;
  let database: WorkerDatabase;
  beforeAll(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-programs-'));
    database = new WorkerDatabase({
      file: path.join(directory, 'programs.sqlite'),
      parts: [programsSchema],
      workerEntry: new URL('../../storage/storage-worker.ts', import.meta.url),
      clock: systemClock,
    });
  });
  beforeEach(async () => {
    await database.execute('DELETE FROM program');
    await database.execute('DELETE FROM program_audit');
  });
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });

  describeProgramStore('in SQLite', () => new SqliteProgramStore({ database }));

  it('leaves out scopes of a later program', async () => {
    const store = new SqliteProgramStore({ database });
    await store.add(program('a'));
    await database.execute("UPDATE program SET scopes = 'calls:read mind:read'");
    expect((await store.programs())[0]!.scopes).toEqual(['calls:read']);
  });

  it('does not let the trail be changed', async () => {
    await new SqliteProgramStore({ database }).note([entry(1)], new Map());
    await expect(database.execute("UPDATE program_audit SET subject = 'nothing'")).rejects.toMatchObject({
      code: 'storage.failed',
    });
  });
});
