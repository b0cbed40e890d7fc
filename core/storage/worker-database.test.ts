import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import type { SchemaPart } from './database.ts';
import { WorkerDatabase } from './worker-database.ts';

const notes: SchemaPart = {
  feature: 'notes',
  migrations: ['CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT'],
};
const workerEntry = new URL('./storage-worker.ts', import.meta.url);
let directory: string;
let file: string;
let open: WorkerDatabase[];

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-storage-'));
  file = path.join(directory, 'test.sqlite');
  open = [];
});

afterEach(async () => {
  await Promise.all(open.map((database) => database.close()));
  rmSync(directory, { recursive: true });
});

function openDatabase(parts: readonly SchemaPart[] = [notes], clock = new FakeClock()): WorkerDatabase {
  const database = new WorkerDatabase({ file, parts, workerEntry, clock });
  open.push(database);
  return database;
}

const insert = 'INSERT INTO note (text) VALUES (?)';

describe('a healthy file', () => {
  it('gives back after a restart what it acknowledged', async () => {
    const first = openDatabase();
    expect(await first.execute(insert, ['Привет \u0000 🙂'])).toEqual({ changes: 1, lastInsertRowid: 1 });
    await first.close();
    expect(await openDatabase().query('SELECT id, text FROM note')).toEqual([{ id: 1, text: 'Привет \u0000 🙂' }]);
  });

  it('is found again when the program died just as another file was to take its place', async () => {
    const first = openDatabase();
    await first.execute(insert, ['kept']);
    await first.close();
    renameSync(file, `${file}.before`);
    expect(await openDatabase().query('SELECT text FROM note')).toEqual([{ text: 'kept' }]);
  });

  it('writes through to the disk and is for the user alone', async () => {
    const database = openDatabase();
    expect(await database.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await database.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    if (process.platform !== 'win32') {
      for (const name of readdirSync(directory)) expect(statSync(path.join(directory, name)).mode & 0o077).toBe(0);
    }
  });

  it('does all statements of a transaction or none', async () => {
    const database = openDatabase();
    const statements = [
      { sql: insert, values: ['kept?'] },
      { sql: insert, values: [null] },
    ];
    await expect(database.transaction(statements)).rejects.toMatchObject({ code: 'storage.failed' });
    expect(await database.query('SELECT * FROM note')).toEqual([]);
  });

  it('carries out requests in the order in which they were asked for', async () => {
    const database = openDatabase();
    const writes = Array.from({ length: 50 }, (_, index) => database.execute(insert, [String(index)]));
    const rows = await database.query<{ text: string }>('SELECT text FROM note ORDER BY id');
    expect(rows.map((row) => row.text)).toEqual(writes.map((_, index) => String(index)));
  });

  it('finishes what was asked for before it closes, and refuses what comes after', async () => {
    const database = openDatabase();
    const written = database.execute(insert, ['last']);
    const closed = database.close();
    await expect(written).resolves.toMatchObject({ changes: 1 });
    await closed;
    await expect(database.execute(insert, ['late'])).rejects.toMatchObject({ code: 'storage.failed' });
  });
});

describe('migrations', () => {
  it('brings each feature to its own last version, once', async () => {
    await openDatabase().execute(insert, ['old']);
    await open[0]!.close();
    const grown = {
      ...notes,
      migrations: [...notes.migrations, "ALTER TABLE note ADD COLUMN tag TEXT NOT NULL DEFAULT 'none'"],
    };
    const other = { feature: 'other', migrations: ['CREATE TABLE other (id INTEGER PRIMARY KEY)'] };
    const second = openDatabase([grown, other]);
    expect(await second.query('SELECT text, tag FROM note')).toEqual([{ text: 'old', tag: 'none' }]);
    await second.close();
    expect(await openDatabase([grown, other]).query('SELECT count(*) AS count FROM other')).toEqual([{ count: 0 }]);
  });

  it('does not touch a file of a later program', async () => {
    const later = { ...notes, migrations: [...notes.migrations, 'CREATE TABLE later (id INTEGER)'] };
    await openDatabase([later]).execute(insert, ['precious']);
    await open[0]!.close();
    const before = readFileSync(file);
    const database = openDatabase();
    await expect(database.execute(insert, ['x'])).rejects.toMatchObject({ code: 'storage.newer', values: { file } });
    expect(database.problem).toMatchObject({ code: 'storage.newer' });
    await database.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('a damaged file', () => {
  it('is kept beside, and a new one is begun', async () => {
    writeFileSync(file, 'this was a database once, long enough to have a header '.repeat(100));
    const database = openDatabase();
    await database.execute(insert, ['new']);
    expect(database.problem).toMatchObject({ code: 'storage.corrupt', values: { file } });
    const copy = String(database.problem?.values.copy);
    expect(readFileSync(copy, 'utf8')).toMatch(/^this was a database once/);
    expect(await database.query('SELECT text FROM note')).toEqual([{ text: 'new' }]);
  });

  it('is noticed at opening when pages in its middle are gone', async () => {
    const first = openDatabase();
    await first.transaction(Array.from({ length: 400 }, () => ({ sql: insert, values: ['x'.repeat(500)] })));
    await first.close();
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(40_000, 0xa5), 0, 40_000, 8192);
    closeSync(handle);
    const database = openDatabase();
    await expect(database.execute(insert, ['new'])).resolves.toMatchObject({ changes: 1 });
    expect(database.problem).toMatchObject({ code: 'storage.corrupt' });
  });

  it('that is empty or cut to nothing is a new one', async () => {
    closeSync(openSync(file, 'w'));
    await openDatabase().execute(insert, ['first']);
    await open[0]!.close();
    const handle = openSync(file, 'r+');
    ftruncateSync(handle, 0);
    closeSync(handle);
    await expect(openDatabase().execute(insert, ['again'])).resolves.toMatchObject({ changes: 1 });
  });
});

describe('a disk that refuses', () => {
  it('is told as full, and is well again once there is room', async () => {
    const database = openDatabase();
    const problems: (string | null)[] = [];
    database.onProblem((problem) => problems.push(problem?.code ?? null));
    await database.execute(insert, ['fits']);
    await database.query('PRAGMA max_page_count = 3');
    const large = database.execute(insert, ['x'.repeat(100_000)]);
    await expect(large).rejects.toMatchObject({ code: 'storage.full' });
    await database.query('PRAGMA max_page_count = 100000');
    await database.execute(insert, ['x'.repeat(100_000)]);
    expect(problems).toEqual(['storage.full', null]);
  });

  it('is told as read-only', async () => {
    const database = openDatabase();
    await database.query('PRAGMA query_only = 1');
    await expect(database.execute(insert, ['x'])).rejects.toMatchObject({ code: 'storage.read-only' });
    await database.query('PRAGMA query_only = 0');
    await expect(database.execute(insert, ['x'])).resolves.toMatchObject({ changes: 1 });
    expect(database.problem).toBeNull();
  });

  it('fails with a code when the file cannot be opened at all', async () => {
    file = path.join(directory, 'occupied', 'test.sqlite');
    writeFileSync(path.join(directory, 'occupied'), 'a file where a folder should be');
    const database = openDatabase();
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'storage.failed' });
    expect(database.problem).toMatchObject({ code: 'storage.failed' });
  });
});

describe('a worker that dies', () => {
  it('fails what it had under way, and is started again after a second', async () => {
    const clock = new FakeClock();
    const broken = new URL(
      `data:text/javascript,import{parentPort}from'node:worker_threads';parentPort.on('message',()=>process.exit(1))`,
    );
    const database = new WorkerDatabase({ file, parts: [notes], workerEntry: broken, clock });
    open.push(database);
    await expect(database.query('SELECT 1')).rejects.toMatchObject({ code: 'storage.failed' });
    expect(database.problem).toMatchObject({ code: 'storage.failed' });
    await expect(database.query('SELECT 1')).rejects.toThrow('the storage worker died');
    clock.advance(1000);
    await expect(database.query('SELECT 1')).rejects.toThrow('the storage worker ended');
  });
});
