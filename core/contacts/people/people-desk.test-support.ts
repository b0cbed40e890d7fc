import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { linkedPersons, moveLinks } from '#core/call-log/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { entryHandle } from '../directories/intake/entry-handle.ts';
import { packNumbers } from '../directories/stored-entry.ts';
import { DirectPeopleBuilder, moscow, openTestPeople } from './indexed-people.test-support.ts';
import { readOwnNumber } from './own-contact-row.ts';

/** An entry as a refresh would store it. */
export interface GivenEntry {
  directory: string;
  key: string;
  name: string;
  firm?: string;
  numbers?: readonly string[];
  emails?: readonly string[];
  links?: readonly string[];
  fields?: readonly { name: string; value: string }[];
  open?: object;
  note?: string;
}

/** A database with directories `excel` and `ldap` beside the own contacts, and people over it. */
export function openPeopleDesk() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-merging-'));
  const file = path.join(directory, 'x.sqlite');
  const workerEntry = new URL('../../storage/storage-worker.ts', import.meta.url);
  const database = new WorkerDatabase({ file, parts: agentSchema, workerEntry, clock: systemClock });
  const clock = new FakeClock();
  let ids = 0;
  const open = () => {
    const builder = new DirectPeopleBuilder(file, { move: moveLinks, list: linkedPersons });
    return { builder, people: openTestPeople({ database, file, clock, builder, newId: () => `own-${(ids += 1)}` }) };
  };
  return {
    ...{ database, clock, open, file, directory },
    handle: (given: Pick<GivenEntry, 'directory' | 'key'>) => entryHandle(given.directory, given.key),
    async addDirectories() {
      await database.transaction(
        ['excel', 'ldap'].map((id, index) => ({
          sql: "INSERT INTO directory (id, kind, label, position, config) VALUES (?, 'sheet', ?, ?, '{}')",
          values: [id, `Книга ${id}`, index + 1],
        })),
      );
    },
    async put(...given: GivenEntry[]) {
      await database.transaction(
        given.map((entry) => ({
          sql: `INSERT INTO directory_entry (directory_id, key, handle, content_hash, name, firm, role, department, numbers,
              emails, links, note, fields, open, place) VALUES (?, ?, ?, '', ?, ?, '', '', ?, ?, ?, ?, ?, ?, ?)`,
          values: [
            ...[entry.directory, entry.key, entryHandle(entry.directory, entry.key), entry.name, entry.firm ?? ''],
            packNumbers((entry.numbers ?? []).map((text) => readOwnNumber(text, '', moscow))),
            JSON.stringify(entry.emails ?? []),
            JSON.stringify(entry.links ?? []),
            entry.note ?? '',
            JSON.stringify(entry.fields ?? []),
            entry.open ? JSON.stringify(entry.open) : null,
            `Лист1!${entry.key}`,
          ],
        })),
      );
    },
    async close() {
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type PeopleDesk = ReturnType<typeof openPeopleDesk>;
