import os from 'node:os';
import type { DirectoryConfig, DirectoryConfigOf, DirectoryStatus } from '#contract/ipc/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { office } from '../intake/sqlite-entries.test-support.ts';
import { numberRulesVersion } from '../intake/read-entry-numbers.ts';
import { Directories, type DirectoriesOptions } from './directories.ts';
import { DirectorySecrets } from './directory-secrets.ts';
import { MemoryDirectoryRecords, newRecord } from './memory-directory-records.ts';
import { MemoryDirectoryWork } from './memory-directory-work.ts';

export const second = 1000;
export const minute = 60 * second;
export const sheet: DirectoryConfig = { kind: 'sheet', path: '/office/Клиенты.xlsx', mappings: [] };
export const carddav: DirectoryConfigOf<'carddav'> = {
  kind: 'carddav',
  url: 'https://dav.example/',
  user: 'ivan',
  addressBooks: [],
};
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

export let clock: FakeClock;
export let work: MemoryDirectoryWork;
export let records: MemoryDirectoryRecords;
export let rules = office;
export let secrets: ReturnType<typeof createMemoryStores>['secrets'];
export let watched: Map<string, () => void>;
export let entriesChanged: number;

function open(given: Partial<DirectoriesOptions> = {}): Directories {
  let ids = 0;
  const desk = new Directories({
    records,
    work,
    clock,
    secrets: new DirectorySecrets(secrets, silentLogger),
    logger: silentLogger,
    rules: () => rules,
    proxyFor: async () => ({ kind: 'environment' }),
    outlookHelper: null,
    signIn: null,
    watch: (path, onChange) => {
      watched.set(path, onChange);
      return { dispose: () => void watched.delete(path) };
    },
    browse: { home: os.tmpdir(), platform: process.platform },
    random: () => 0,
    newId: () => `id-${++ids}`,
    ...given,
  });
  desk.onEntries(() => (entriesChanged += 1));
  return desk;
}

export async function started(given: Partial<DirectoriesOptions> = {}): Promise<Directories> {
  const desk = open(given);
  await desk.start();
  return desk;
}

export const known = (id: string, config: DirectoryConfig, given = {}) =>
  newRecord({ id, label: id, config, numberRules: numberRulesVersion(rules), ...given });
export const added = { label: 'Клиенты', config: carddav, secret: 'hunter2', signInId: null, everyMinutes: 60 };
export const of = (desk: Directories, id: string): DirectoryStatus => desk.list().find((each) => each.id === id)!;
export const pass = async (milliseconds: number) => {
  clock.advance(milliseconds);
  await turn();
};

/** Before each test. */
export function reset(): void {
  clock = new FakeClock();
  work = new MemoryDirectoryWork();
  rules = office;
  records = new MemoryDirectoryRecords(rules);
  ({ secrets } = createMemoryStores());
  watched = new Map();
  entriesChanged = 0;
}

export function setRules(next: typeof office): void {
  rules = next;
}
