import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ReportQuery } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { openTestPeople, peopleTables } from '#core/contacts/people/indexed-people.test-support.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { IndexedPeople } from '#core/contacts/people/indexed-people.ts';
import type { KnownPeople } from '#core/contacts/index.ts';
import type { CallArchive } from './call-archive.ts';
import type { CallLog } from './call-log.ts';
import type { CallReports } from './call-reports.ts';
import { MemoryCallArchive } from './memory-call-archive.ts';
import { MemoryCallLog } from './memory-call-log.ts';
import { MemoryCallReports } from './memory-call-reports.ts';
import { SqliteCallArchive } from './sqlite-call-archive.ts';
import { SqliteCallLog } from './sqlite-call-log.ts';
import { SqliteCallReports } from './sqlite-call-reports.ts';

export interface Office {
  log: CallLog;
  archive: CallArchive;
  people: KnownPeople;
  reports: CallReports;
  clock: FakeClock;
}

const counter = () => {
  let count = 0;
  return () => `person-${++count}`;
};

export function memoryOffice(): Office {
  const clock = new FakeClock();
  const people = new MemoryKnownPeople(counter());
  const log = new MemoryCallLog();
  const archive = new MemoryCallArchive({ log, people, clock });
  return { clock, people, log, archive, reports: new MemoryCallReports({ archive, people }) };
}

/** A database of its own in a temporary folder. */
export function openOfficeStorage() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-reports-'));
  const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
  const file = path.join(directory, 'x.sqlite');
  const database = new WorkerDatabase({ file, parts: agentSchema, workerEntry, clock: systemClock });
  const clear = ['call_record', 'call_line', ...peopleTables].map((table) => ({
    sql: `DELETE FROM ${table}`,
  }));
  return {
    clear: () => database.transaction(clear),
    async close() {
      await database.close();
      rmSync(directory, { recursive: true });
    },
    office(): Office {
      const clock = new FakeClock();
      const people = openTestPeople({ database, file, clock, newId: counter() });
      const log = new SqliteCallLog({ database });
      const archive = new SqliteCallArchive({ database, people, clock, onRecorded: log.onRecorded });
      return { clock, people, log, archive, reports: new SqliteCallReports({ database, people }) };
    },
  };
}

export type OfficeStorage = ReturnType<typeof openOfficeStorage>;

/** One person with all of the numbers; gives the id. */
export async function nameAll(people: KnownPeople, partyKeys: readonly string[], name: string): Promise<string> {
  if (people instanceof IndexedPeople) {
    const numbers = partyKeys.map((text) => ({ text, label: '' }));
    const blank = { firm: '', role: '', department: '', emails: [], links: [], note: '' };
    return (await people.save(null, { name, numbers, ...blank })).personId;
  }
  const [first = '', ...others] = partyKeys;
  const { id } = await people.name(first, name);
  for (const partyKey of others) await Object.assign(people, { newId: () => id }).name(partyKey, name);
  return id;
}

/** Two weeks of January 2026, but for what is said. */
export function queryOf(kind: ReportQuery['kind'], part: Partial<ReportQuery> = {}): ReportQuery {
  const period = { from: '2026-01-12', to: '2026-01-25' };
  return { kind, period, before: null, filter: {}, limit: 100, ...part };
}
