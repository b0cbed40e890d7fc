import {
  closeSync,
  mkdirSync,
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
import type { SchemaPart } from '#core/storage/database.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';

const notes: SchemaPart = {
  feature: 'notes',
  migrations: ['CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT'],
};
const insert = 'INSERT INTO note (text) VALUES (?)';
const workerEntry = new URL('../../core/storage/storage-worker.ts', import.meta.url);
const counts = { calls: 'SELECT count(*) FROM note', people: 'SELECT 7' };
let directory: string;
let open: WorkerDatabase[];

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-backup-'));
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((database) => database.close()));
  rmSync(directory, { recursive: true });
});

function openDatabase(name = 'a', parts: readonly SchemaPart[] = [notes]): WorkerDatabase {
  const database = new WorkerDatabase({
    file: path.join(directory, name, 'x.sqlite'),
    parts,
    workerEntry,
    clock: new FakeClock(),
  });
  open.push(database);
  return database;
}

const target = () => path.join(directory, 'backups', 'one.offhook-backup');
const request = () => ({
  target: target(),
  version: '1.2.3',
  madeAt: 42,
  documents: { settings: '{"a":1}' },
  files: [],
  counts,
});
const texts = async (database: WorkerDatabase) =>
  (await database.query<{ text: string }>('SELECT text FROM note ORDER BY id')).map(({ text }) => text);

describe('a backup', { timeout: 30_000 }, () => {
  it('holds one moment, though records are written meanwhile, and brings it back elsewhere', async () => {
    const database = openDatabase();
    await database.transaction(
      Array.from({ length: 500 }, (_, count) => ({ sql: insert, values: [`${count} ${'x'.repeat(2000)}`] })),
    );
    const making = database.work('backUp', request());
    for (let count = 0; count < 30; count += 1) await database.execute(insert, ['meanwhile']);
    const facts = await making;
    expect(facts).toMatchObject({ version: '1.2.3', madeAt: 42, people: 7, bytes: statSync(target()).size });
    expect(readdirSync(path.dirname(target()))).toEqual(['one.offhook-backup']);
    const other = openDatabase('b');
    await other.execute(insert, ['other']);
    const unpacked = path.join(directory, 'b', 'restoring.sqlite');
    const { documents } = await other.work('unpack', { file: target(), target: unpacked, folder: null });
    expect(documents).toEqual({ settings: '{"a":1}' });
    await other.replaceWith(unpacked);
    expect((await texts(other)).slice(0, 500)).toEqual((await texts(database)).slice(0, 500));
    expect(await texts(other)).toHaveLength(facts.calls);
    expect(await other.read('SELECT count(*) AS count FROM note')).toEqual([{ count: facts.calls }]);
    expect(await other.query("SELECT count(*) AS count FROM sqlite_master WHERE name LIKE 'backup%'")).toEqual([
      { count: 0 },
    ]);
    await other.execute(insert, ['after']);
    expect(await other.work('check', {})).toEqual({ sound: true, detail: null });
  });

  it('holds files beside, and puts them where they are missing, never outside their folder', async () => {
    const database = openDatabase();
    await database.execute(insert, ['one']);
    const [kept, large] = [path.join(directory, 'kept'), path.join(directory, 'large')];
    writeFileSync(kept, 'voice');
    writeFileSync(large, Buffer.alloc(2_500_000, 7));
    const files = [
      { name: '2026/kept.opus', path: kept },
      { name: 'large.opus', path: large },
      { name: '../../escaped', path: kept },
      { name: 'vanished.opus', path: path.join(directory, 'nothing') },
    ];
    expect(await database.work('backUp', { ...request(), files })).toMatchObject({
      recordings: 3,
      recordingBytes: 2_500_010,
    });
    const folder = path.join(directory, 'recordings');
    const unpacked = path.join(directory, 'unpacked.sqlite');
    expect(await database.work('unpack', { file: target(), target: unpacked, folder })).toMatchObject({ files: 2 });
    expect(readFileSync(path.join(folder, '2026', 'kept.opus'), 'utf8')).toBe('voice');
    expect(readFileSync(path.join(folder, 'large.opus')).equals(readFileSync(large))).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['2026', 'large.opus']);
    expect(statSync(unpacked).size).toBeLessThan(200_000);
  });

  it('in which one byte changed, cut short, of something else or of a later program is refused', async () => {
    const database = openDatabase();
    await database.transaction(Array.from({ length: 100 }, () => ({ sql: insert, values: ['x'.repeat(500)] })));
    await database.work('backUp', request());
    const whole = readFileSync(target());
    const inspect = (file = target()) => database.work('inspect', { file, thorough: true });
    await expect(inspect()).resolves.toMatchObject({ calls: 100 });
    for (const place of [50, 5000, whole.length - 30]) {
      const changed = Buffer.from(whole);
      changed[place] = changed[place]! ^ 1;
      writeFileSync(target(), changed);
      await expect(inspect(), String(place)).rejects.toMatchObject({ code: 'backup.damaged' });
    }
    writeFileSync(target(), whole.subarray(0, whole.length - 4096));
    await expect(inspect()).rejects.toMatchObject({ code: 'backup.damaged' });
    writeFileSync(target(), 'a letter');
    await expect(inspect()).rejects.toMatchObject({ code: 'backup.not-ours' });
    await expect(inspect(directory)).rejects.toMatchObject({ code: 'backup.not-found' });
    await expect(inspect(path.join(directory, 'nowhere'))).rejects.toMatchObject({ code: 'backup.not-found' });
    writeFileSync(target(), whole);
    const older = openDatabase('old', [{ feature: 'notes', migrations: [] }]);
    await expect(older.work('inspect', { file: target(), thorough: true })).rejects.toMatchObject({
      code: 'backup.newer',
    });
  }, 30_000);

  it('says in a word that it cannot be written, and leaves nothing half made', async () => {
    const database = openDatabase();
    await database.execute(insert, ['one']);
    writeFileSync(path.join(directory, 'backups'), 'a file where the folder should be');
    await expect(database.work('backUp', request())).rejects.toMatchObject({
      code: 'backup.not-writable',
      values: { file: target() },
    });
    mkdirSync(path.join(directory, 'occupied', 'one.offhook-backup'), { recursive: true });
    const occupied = path.join(directory, 'occupied', 'one.offhook-backup');
    await expect(database.work('backUp', { ...request(), target: occupied })).rejects.toMatchObject({
      code: expect.stringMatching(/^backup\./),
    });
    expect(readdirSync(path.join(directory, 'occupied'))).toEqual(['one.offhook-backup']);
  });
});

describe('another file in the place of this one', { timeout: 30_000 }, () => {
  it('leaves what was there when it cannot be opened', async () => {
    const database = openDatabase();
    await database.execute(insert, ['precious']);
    const bad = path.join(directory, 'bad.sqlite');
    writeFileSync(bad, 'no database '.repeat(1000));
    await expect(database.replaceWith(bad)).rejects.toMatchObject({ code: 'storage.corrupt' });
    expect(await texts(database)).toEqual(['precious']);
    await expect(database.replaceWith(path.join(directory, 'nothing'))).rejects.toMatchObject({
      code: 'storage.failed',
    });
    expect(await texts(database)).toEqual(['precious']);
  });

  it('finds what was there after a crash between the two', async () => {
    const database = openDatabase();
    await database.execute(insert, ['precious']);
    await database.close();
    const file = path.join(directory, 'a', 'x.sqlite');
    renameSync(file, `${file}.before`);
    const again = openDatabase();
    expect(await texts(again)).toEqual(['precious']);
    expect(readdirSync(path.join(directory, 'a')).filter((name) => name.includes('before'))).toEqual([]);
  });
});

describe('a check', { timeout: 30_000 }, () => {
  it('finds damage that opening did not, and the file is then set aside like any other', async () => {
    const database = openDatabase();
    await database.transaction(Array.from({ length: 400 }, () => ({ sql: insert, values: ['x'.repeat(500)] })));
    await database.query('PRAGMA wal_checkpoint(TRUNCATE)');
    const handle = openSync(path.join(directory, 'a', 'x.sqlite'), 'r+');
    writeSync(handle, Buffer.alloc(40_000, 0xa5), 0, 40_000, 8192);
    closeSync(handle);
    const { sound, detail } = await database.work('check', {});
    expect(sound).toBe(false);
    await database.condemn(String(detail));
    expect(database.problem).toMatchObject({ code: 'storage.corrupt' });
    expect(await texts(database)).toEqual([]);
  });
});
