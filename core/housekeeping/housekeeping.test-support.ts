import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { openCallLog } from '#core/call-log/open-call-log.ts';
import { SqliteCallArchive } from '#core/call-log/sqlite-call-archive.ts';
import { SqliteCallHousekeeping } from '#core/call-log/sqlite-call-housekeeping.ts';
import { openTestPeople } from '#core/contacts/people/indexed-people.test-support.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger, systemClock, type Clock } from '#core/foundation/index.ts';
import { ProblemBoard } from '#core/problems/index.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { MemoryRecordingShelf } from './memory-recording-shelf.ts';
import { openHousekeeping } from './open-housekeeping.ts';

/** Pauses take no time; the day is the fake clock's. */
function impatient(clock: FakeClock): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    after: (delay, run) => (delay <= 2000 ? systemClock.after(0, run) : clock.after(delay, run)),
    every: (interval, run) => clock.every(interval, run),
  };
}

/** A whole desk in a folder of its own: log, people, settings and housekeeping over one database. */
export function openDesk(directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-desk-'))) {
  const fake = new FakeClock();
  const clock = impatient(fake);
  const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
  const file = path.join(directory, 'offhook.sqlite');
  const parts = agentSchema;
  const database = new WorkerDatabase({ file, parts, workerEntry, clock });
  let ids = 0;
  const newId = () => `id-${(ids += 1)}`;
  const people = openTestPeople({ database, file, clock, newId });
  const log = openCallLog({ database, directory, clock });
  const archive = new SqliteCallArchive({ database, people, clock, onRecorded: log.onRecorded });
  const stores = createMemoryStores();
  const problems = new ProblemBoard(clock, silentLogger);
  const shelf = new MemoryRecordingShelf();
  const state = { visible: true, up: [] as (string | null)[], added: [] as string[], others: [] as string[] };
  const housekeeping = openHousekeeping({
    database,
    calls: new SqliteCallHousekeeping({ database }),
    waiting: log,
    shelf,
    people,
    ...{
      settings: stores.settings,
      accounts: stores.accounts,
      problems,
      clock,
      logger: silentLogger,
      newId,
      directory,
    },
    version: '0.1.0',
    visible: () => state.visible,
    partiesUp: () => state.up,
    addLine: async (id) => void state.added.push(id),
    letGo: async () => void state.others.push('let go'),
    reload: () => {
      state.others.push('reload');
      return people.reload();
    },
  });
  return {
    ...{ directory, file, fake, database, people, log, archive, stores, problems, shelf, state, housekeeping },
    async close() {
      housekeeping.dispose();
      log.dispose();
      await database.close();
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export type TestDesk = ReturnType<typeof openDesk>;
