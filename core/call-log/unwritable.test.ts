import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { answered, idsOf } from './call-archive.test-support.ts';
import { openCallArchive, openCallLog } from './open-call-log.ts';
import { callLogSchema } from './sqlite-call-log.ts';

const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
const later = agentSchema.map((part) =>
  part === callLogSchema
    ? { ...part, migrations: [...part.migrations, 'CREATE TABLE of_a_later_program (id INTEGER)'] }
    : part,
);
let directory: string;
let open: { close(): Promise<void> }[];

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-unwritable-'));
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((desk) => desk.close()));
  rmSync(directory, { recursive: true, force: true });
});

function start(parts = agentSchema) {
  const clock = new FakeClock();
  const database = new WorkerDatabase({ file: path.join(directory, 'x.sqlite'), parts, workerEntry, clock });
  const callLog = openCallLog({ database, directory, clock });
  const people = new MemoryKnownPeople(() => 'person-1');
  const { archive } = openCallArchive({ database, callLog, people, clock, logger: silentLogger });
  const desk = {
    ...{ database, callLog, archive },
    async close() {
      callLog.dispose();
      await database.close();
    },
  };
  open.push(desk);
  return desk;
}

describe('a database of a later program', () => {
  it('is not touched; calls go on, wait in the journal, and are all there after the update', async () => {
    const updated = start(later);
    await updated.callLog.record(answered(0));
    await updated.close();
    const before = readFileSync(path.join(directory, 'x.sqlite'));
    const old = start();
    for (const minutes of [1, 2, 3]) await old.callLog.record(answered(minutes));
    expect(old.database.problem).toMatchObject({ code: 'storage.newer' });
    // What a reader of this version understands of it is shown as well.
    expect(await idsOf(old.archive, {})).toEqual(['call-3', 'call-2', 'call-1', 'call-0']);
    await old.close();
    const again = start();
    await again.callLog.record(answered(4));
    expect(await idsOf(again.archive, {})).toEqual(['call-4', 'call-3', 'call-2', 'call-1', 'call-0']);
    await again.close();
    expect(readFileSync(path.join(directory, 'x.sqlite')).equals(before)).toBe(true);
    const after = start(later);
    await after.callLog.flush();
    expect(await idsOf(after.archive, {})).toEqual(['call-4', 'call-3', 'call-2', 'call-1', 'call-0']);
    expect(after.callLog.problem).toBeNull();
    expect(existsSync(path.join(directory, 'call-log.journal'))).toBe(false);
  }, 20_000);
});

/** Root may write anywhere but into what is mounted read-only, in a mount namespace of its own. */
const canMount = process.platform === 'linux' && spawnSync('unshare', ['-m', 'true']).status === 0;

/** Runs a program with the folder read-only; gives what it prints. */
function withReadOnlyFolder(source: string): unknown {
  return withMount('mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"', source);
}

function withMount(mounts: string, source: string): unknown {
  const script = path.join(directory, '..', `${path.basename(directory)}.ts`);
  writeFileSync(script, source);
  const mount = `${mounts} && exec "$2" --disable-warning=ExperimentalWarning "$3" "$1"`;
  try {
    const output = execFileSync('unshare', ['-m', 'sh', '-c', mount, 'sh', directory, process.execPath, script], {
      cwd: path.join(import.meta.dirname, '..', '..'),
      encoding: 'utf8',
    });
    return JSON.parse(output);
  } finally {
    rmSync(script);
  }
}

const program = `
import { openCallLog, openCallArchive } from ${JSON.stringify(new URL('./open-call-log.ts', import.meta.url).href)};
import { agentSchema } from ${JSON.stringify(new URL('../composition/agent-schema.ts', import.meta.url).href)};
import { MemoryKnownPeople } from ${JSON.stringify(new URL('../contacts/people/memory-known-people.ts', import.meta.url).href)};
import { silentLogger, systemClock as clock } from ${JSON.stringify(new URL('../foundation/index.ts', import.meta.url).href)};
import { WorkerDatabase } from ${JSON.stringify(new URL('../storage/worker-database.ts', import.meta.url).href)};
import { answered, idsOf } from ${JSON.stringify(new URL('./call-archive.test-support.ts', import.meta.url).href)};
const directory = process.argv[2];
const workerEntry = new URL(${JSON.stringify(workerEntry.href)});
const database = new WorkerDatabase({ file: directory + '/x.sqlite', parts: agentSchema, workerEntry, clock });
const callLog = openCallLog({ database, directory, clock });
const people = new MemoryKnownPeople(() => 'x');
const { archive } = openCallArchive({ database, callLog, people, clock, logger: silentLogger });
const failed = await callLog.record(answered(9, { id: 'new' })).then(() => null, (error) => error.code);
const found = { failed, problem: database.problem?.code, calls: await idsOf(archive, {}), words: await archive.count({ text: 'ольга' }) };
callLog.dispose();
await database.close();
console.log(JSON.stringify(found));
`;

describe.skipIf(!canMount)('a folder that is read-only', () => {
  async function fill(): Promise<void> {
    const desk = start();
    for (const minutes of [1, 2]) await desk.callLog.record(answered(minutes, { name: 'Ольга Демидова' }));
    await desk.close();
  }
  const expected = {
    failed: 'storage.read-only',
    problem: 'storage.read-only',
    calls: ['new', 'call-2', 'call-1'],
    words: 2,
  };

  it('has its calls shown, takes new ones into memory, and says so', async () => {
    await fill();
    const before = readdirSync(directory);
    expect(withReadOnlyFolder(program)).toEqual(expected);
    expect(readdirSync(directory)).toEqual(before);
  }, 20_000);

  it('has those shown as well that a crash left in the journal of the database', async () => {
    const desk = start();
    for (const minutes of [1, 2]) await desk.callLog.record(answered(minutes, { name: 'Ольга Демидова' }));
    const files = readdirSync(directory).filter((name) => !name.endsWith('-shm'));
    const crashed = mkdtempSync(path.join(os.tmpdir(), 'offhook-crashed-'));
    for (const name of files) copyFileSync(path.join(directory, name), path.join(crashed, name));
    await desk.close();
    rmSync(directory, { recursive: true });
    directory = crashed;
    expect(files).toContain('x.sqlite-wal');
    expect(withReadOnlyFolder(program)).toEqual(expected);
  }, 20_000);
});

const backingUp = `
import { WorkerDatabase } from ${JSON.stringify(new URL('../storage/worker-database.ts', import.meta.url).href)};
import { systemClock as clock } from ${JSON.stringify(new URL('../foundation/index.ts', import.meta.url).href)};
import { readdirSync } from 'node:fs';
const folder = process.argv[2] + '/full';
const parts = [{ feature: 'x', migrations: ['CREATE TABLE x (a)'] }];
const database = new WorkerDatabase({ file: process.argv[2] + '/y.sqlite', parts, workerEntry: new URL(${JSON.stringify(workerEntry.href)}), clock });
for (let count = 0; count < 40; count += 1) await database.execute('INSERT INTO x VALUES (?)', ['x'.repeat(100000)]);
const request = { target: folder + '/a.offhook-backup', version: '', madeAt: 0, documents: {}, files: [], counts: { calls: 'SELECT 1', people: 'SELECT 1' } };
const code = await database.work('backUp', request).then(() => 'made', (error) => error.code);
await database.close();
console.log(JSON.stringify({ code, left: readdirSync(folder) }));
`;

describe.skipIf(!canMount)('a disk for backups that is full, or read-only', () => {
  it.each([
    ['size=1m', 'backup.no-space'],
    ['ro', 'backup.not-writable'],
  ])(
    '%s is told as %s, and nothing half made is left',
    (options, code) => {
      const mounts = `mkdir "$1/full" && mount -t tmpfs -o ${options} tmpfs "$1/full"`;
      expect(withMount(mounts, backingUp)).toEqual({ code, left: [] });
    },
    20_000,
  );
});

describe('a database that becomes writable again', { timeout: 20_000 }, () => {
  it('gets what waited, and is read itself', async () => {
    const desk = start();
    await desk.callLog.record(answered(1));
    await desk.database.query('PRAGMA query_only = 1');
    // With the journal written all is safe, and the caller need not know.
    await desk.callLog.record(answered(2));
    expect(desk.callLog.problem).toMatchObject({ code: 'storage.read-only' });
    expect(await idsOf(desk.archive, {})).toEqual(['call-2', 'call-1']);
    await desk.database.query('PRAGMA query_only = 0');
    await desk.callLog.flush();
    expect(desk.callLog.problem).toBeNull();
    expect(await idsOf(desk.archive, {})).toEqual(['call-2', 'call-1']);
  });
});
