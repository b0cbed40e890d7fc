import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DirectoryStatus } from '#contract/ipc/index.ts';
import type { Directories } from '#core/contacts/directories/desk/directories.ts';
import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { WritePace } from '#core/storage/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { openDirectories } from '#core/composition/open-directories.ts';

const directoryWorker = new URL(
  '../../core/contacts/directories/desk/generated-directory-worker.test-support.ts',
  import.meta.url,
);
const storageWorker = new URL('../../core/storage/storage-worker.ts', import.meta.url);
const added = { label: 'Made up', signInId: null, everyMinutes: 60 };

let dataDirectory: string;
let database: WorkerDatabase;
let stores: ReturnType<typeof createMemoryStores>;
beforeEach(() => {
  dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'offhook-desk-'));
  const file = path.join(dataDirectory, 'offhook.sqlite');
  database = new WorkerDatabase({ file, parts: agentSchema, workerEntry: storageWorker, clock: systemClock });
  stores = createMemoryStores({ country: 'RU', areaCode: '495' });
});
afterEach(async () => {
  await database.close();
  rmSync(dataDirectory, { recursive: true });
});

async function open(): Promise<Directories> {
  const common = { clock: systemClock, logger: silentLogger, newId: randomUUID };
  const directories = openDirectories({
    pace: new WritePace(),
    database,
    ...stores,
    dataDirectory,
    directoryWorker,
    ...common,
  });
  await directories.start();
  return directories;
}

const settled = (directories: Directories, id: string) =>
  new Promise<DirectoryStatus>((resolve) => {
    const look = (list: DirectoryStatus[]) => {
      const found = list.find((each) => each.id === id);
      if (found?.state !== 'idle' || found.attemptedAt === null) return;
      listening.dispose();
      resolve(found);
    };
    const listening = directories.onChanged(look);
    look(directories.list());
  });

it('reads a directory into the agent’s database, and knows it again at the next start', async () => {
  const first = await open();
  let entriesChanged = 0;
  first.onEntries(() => (entriesChanged += 1));
  const { id } = await first.add({ ...added, config: { kind: 'vcard', path: '500:token' }, secret: 'hunter2' });
  expect(await settled(first, id)).toMatchObject({ entries: 500, problem: null, hasSecret: true });
  expect(entriesChanged).toBe(1);
  expect(await stores.secrets.get(`directory:${id}`)).toBe('hunter2 renewed');
  await first.stop();
  const files = ['offhook.sqlite', 'offhook.sqlite-wal'].map((name) => readFileSync(path.join(dataDirectory, name)));
  expect(Buffer.concat(files).includes('hunter2')).toBe(false);
  const second = await open();
  expect(second.list().find((each) => each.id === id)).toMatchObject({ entries: 500, state: 'idle', kind: 'vcard' });
  await second.remove(id);
  await new Promise<void>((resolve) => second.onEntries(resolve));
  expect(
    await database.query(
      'SELECT (SELECT COUNT(*) FROM directory_entry) AS entries, COUNT(*) AS directories FROM directory',
    ),
  ).toEqual([{ entries: 0, directories: 1 }]);
  await second.stop();
}, 60_000);

it('tells what went wrong, and keeps what was read by then', async () => {
  const directories = await open();
  const { id } = await directories.add({ ...added, config: { kind: 'vcard', path: '100:stop' }, secret: null });
  const status = await settled(directories, id);
  expect(status).toMatchObject({ entries: 100, refreshedAt: null, problem: { code: 'directory.timed-out' } });
  expect(status.nextAt).toBeGreaterThan(Date.now());
  await directories.stop();
}, 60_000);
