import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DirectoryConfig } from '#contract/ipc/index.ts';
import { systemClock } from '#core/foundation/index.ts';
import {
  entry,
  office,
  openEntries,
  sourceOf,
  type TestEntries,
} from '#core/contacts/directories/intake/sqlite-entries.test-support.ts';
import { WorkerDirectoryWork } from '#core/contacts/directories/desk/worker-directory-work.ts';

// Each thread takes the time that a busy machine needs to start one.
vi.setConfig({ testTimeout: 60_000 });

let entries: TestEntries;
beforeEach(() => void (entries = openEntries()));
afterEach(() => entries.close());

const generated = new URL(
  '../../core/contacts/directories/desk/generated-directory-worker.test-support.ts',
  import.meta.url,
);
const real = new URL('../../core/composition/directory-worker.ts', import.meta.url);
const openWork = (workerEntry = real) =>
  new WorkerDirectoryWork({ database: entries.file, workerEntry, clock: systemClock, mostHeapMegabytes: 100 });
const program = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
const source = (config: DirectoryConfig) => {
  return { config, secret: 'hunter2', rules: office, proxy: { kind: 'environment' as const }, outlookHelper: null };
};
const made = (path: string) => ({ ...source({ kind: 'vcard', path }), directoryId: 'd', cursor: null });
const pbx: DirectoryConfig = { kind: 'pbx', lineId: 'x' };

it('reads numbers anew and removes entries in a thread of its own', async () => {
  await entries.refresh(sourceOf([entry('1', { numbers: [{ text: '123-45-67', label: '' }] }), entry('2')]));
  const work = openWork();
  const rules = { ...office, areaCode: '812' };
  expect(await work.begin('renumber', { directoryId: 'd', rules }).finished).toBe(1);
  expect(entries.rows()[0]!.numbers[0]!.key).toBe('+78121234567');
  expect(await work.begin('remove', { directoryId: 'd' }).finished).toBe(2);
  expect(entries.rows()).toEqual([]);
});

it('says what cannot be read here, and what is no configuration', async () => {
  const work = openWork();
  const request = { ...source(pbx), directoryId: 'd', cursor: null };
  expect(await work.begin('refresh', request).finished.catch((error: unknown) => error)).toMatchObject({
    code: 'directory.not-here',
  });
  const broken = source({ kind: 'ldap', host: '' } as unknown as DirectoryConfig);
  expect(await work.begin('preview', broken).finished.catch((error: unknown) => error)).toMatchObject({
    code: 'directory.failed',
  });
});

it('tells what the disk says', async () => {
  const work = new WorkerDirectoryWork({ database: '/nowhere/x.sqlite', workerEntry: real, clock: systemClock });
  await expect(work.begin('remove', { directoryId: 'd' }).finished).rejects.toMatchObject({ code: 'storage.failed' });
});

it('ends a thread that does not obey, and survives one that dies', async () => {
  const deaf = openWork(program('while (true);')).begin('preview', source(pbx));
  deaf.cancel();
  await expect(deaf.finished).rejects.toMatchObject({ code: 'directory.cancelled' });
  const broken = openWork(program('throw new Error("no");')).begin('preview', source(pbx));
  await expect(broken.finished).rejects.toMatchObject({ code: 'internal.bug', detail: 'no' });
  const ended = openWork(program('')).begin('preview', source(pbx));
  await expect(ended.finished).rejects.toMatchObject({ code: 'internal.bug' });
});

it.skipIf(process.platform === 'win32')('waits for no thread whose disk does not answer', async () => {
  const pipe = path.join(path.dirname(entries.file), 'silent');
  execFileSync('mkfifo', [pipe]);
  const reads = `import { open } from 'node:fs/promises'; import { parentPort } from 'node:worker_threads';
    open(${JSON.stringify(pipe)}, 'r'); parentPort.postMessage({ progress: { done: 0, total: null } }); while (true);`;
  const stuck = openWork(program(reads)).begin('preview', source(pbx), { progress: () => stuck.cancel() });
  await expect(stuck.finished).rejects.toMatchObject({ code: 'directory.cancelled' });
  // The other end lets it go.
  await (await open(pipe, 'r+')).close();
});

it('lets a file take more memory than it may without taking the agent down', async () => {
  const greedy = openWork(program('const all = []; while (true) all.push({ text: String(Math.random()) });'));
  await expect(greedy.begin('preview', source(pbx)).finished).rejects.toMatchObject({ code: 'directory.too-large' });
});

it('refreshes in a thread of its own, and tells how far it is and what it is to keep', async () => {
  const work = openWork(generated);
  const told: unknown[] = [];
  const secrets: string[] = [];
  const heard = {
    progress: (each: unknown) => void told.push(each),
    secret: (each: string) => void secrets.push(each),
  };
  const result = await work.begin('refresh', made('1000:token'), heard).finished;
  expect(result).toMatchObject({ changed: 1000, outcome: { kind: 'complete', cursor: 'end' }, problem: null });
  expect(told[0]).toEqual({ done: 100, total: 1000 });
  expect(secrets).toEqual(['hunter2 renewed']);
  expect(entries.rows()).toHaveLength(1000);
  const version = entries.version();
  expect(await work.begin('refresh', made('1000:put')).finished).toMatchObject({ changed: 0, moved: 0, removed: 0 });
  expect(entries.version()).toBe(version);
  const failed = await work.begin('refresh', made('100:stop')).finished;
  expect(failed).toMatchObject({ problem: { code: 'directory.timed-out' }, outcome: null, removed: 0 });
  expect(entries.rows()).toHaveLength(1000);
});

it('keeps what was written by a thread that is ended, and leaves the database free', async () => {
  const running = openWork(generated).begin('refresh', made('300:hang'), { progress: () => running.cancel() });
  await expect(running.finished).rejects.toMatchObject({ code: 'directory.cancelled' });
  expect(entries.rows().length % 100).toBe(0);
  entries.agent.exec("UPDATE directory SET label = 'free'");
});

it('imports into the own contacts', async () => {
  const { directoryId: _id, cursor: _cursor, ...request } = made('200:put');
  const work = openWork(generated);
  expect(await work.begin('import', request).finished).toMatchObject({ changed: 200 });
  expect(await work.begin('import', request).finished).toMatchObject({ changed: 0, problem: null });
  expect(entries.rows('own')).toHaveLength(200);
});
