import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CallFilter, CallRecord } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { MemoryKnownPeople } from '#core/contacts/people/memory-known-people.ts';
import { openTestPeople, peopleTables } from '#core/contacts/people/indexed-people.test-support.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import type { KnownPeople } from '#core/contacts/index.ts';
import type { CallArchive } from './call-archive.ts';
import type { CallLog } from './call-log.ts';
import { callRecordOf } from './call-record.test-support.ts';
import { MemoryCallArchive } from './memory-call-archive.ts';
import { MemoryCallLog } from './memory-call-log.ts';
import { SqliteCallArchive } from './sqlite-call-archive.ts';
import { SqliteCallLog } from './sqlite-call-log.ts';

export interface Desk {
  log: CallLog;
  archive: CallArchive;
  people: KnownPeople;
  clock: FakeClock;
}

export const minute = 60_000;
export const start = Date.UTC(2026, 0, 15, 9);
let ids = 0;

export function memoryDesk(): Desk {
  const clock = new FakeClock();
  const people = new MemoryKnownPeople(() => `person-${++ids}`);
  const log = new MemoryCallLog();
  return { clock, people, log, archive: new MemoryCallArchive({ log, people, clock }) };
}

export const answered = (minutes: number, fields: Partial<CallRecord> = {}) => {
  const offeredAt = start + minutes * minute;
  return callRecordOf({
    id: `call-${minutes}`,
    offeredAt,
    answeredAt: offeredAt + 5000,
    endedAt: offeredAt + 30_000,
    ...fields,
  });
};
export const missed = (minutes: number, fields: Partial<CallRecord> = {}) =>
  answered(minutes, { answeredAt: null, disposition: 'missed', codec: null, ...fields });

/** All pages of what the filter lets through, newest first. */
export async function idsOf(archive: CallArchive, filter: CallFilter, limit = 100): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const page = await archive.query({ filter, after, limit });
    found.push(...page.calls.map(({ record }) => record.id));
    after = page.next;
    if (after === null) return found;
  }
}

/** A database of its own in a temporary folder. */
export function openArchiveStorage() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-archive-'));
  const workerEntry = new URL('../storage/storage-worker.ts', import.meta.url);
  const file = path.join(directory, 'x.sqlite');
  const parts = agentSchema;
  const database = new WorkerDatabase({ file, parts, workerEntry, clock: systemClock });
  return {
    file,
    database,
    async clear() {
      const tables = ['call_record', ...peopleTables];
      await database.transaction(tables.map((table) => ({ sql: `DELETE FROM ${table}` })));
    },
    async close() {
      await database.close();
      rmSync(directory, { recursive: true });
    },
    desk(): Desk {
      const clock = new FakeClock();
      const people = openTestPeople({ database, file, clock, newId: () => `person-${++ids}` });
      const log = new SqliteCallLog({ database });
      return {
        clock,
        people,
        log,
        archive: new SqliteCallArchive({ database, people, clock, onRecorded: log.onRecorded }),
      };
    },
  };
}

export type ArchiveStorage = ReturnType<typeof openArchiveStorage>;
