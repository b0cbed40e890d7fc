// What the people worker does before an image can be had, without merging: reads the entries, builds, tells, ends.
import { parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import { unpackNumbers } from '#core/contacts/directories/stored-entry.ts';
import { buildPeopleImage } from '#core/contacts/matching/image-builder.ts';
import type { MergedPerson } from '#core/contacts/merging/merged-person.ts';

const { database, version } = workerData as { database: string; version: number };
type Row = [string, string, string, string, string, string, string, string, string];

function toPerson([handle, directoryId, name, firm, role, department, numbers, emails, note]: Row): MergedPerson {
  return {
    ...{ id: handle, name, firm, role, department, photo: null, emails: JSON.parse(emails) as string[] },
    numbers: unpackNumbers(numbers).flatMap(({ key, confidence, number, extension, label }) =>
      key === null ? [] : [{ key, confidence, number, extension, label, directoryIds: [directoryId] }],
    ),
    notes: note === '' ? [] : [note],
    entries: [{ handle, directoryId }],
  };
}

const sqlite = new BetterSqlite3(database, { readonly: true });
const directoryIds = sqlite.prepare('SELECT id FROM directory ORDER BY position').pluck().all() as string[];
const rows = sqlite
  .prepare('SELECT handle, directory_id, name, firm, role, department, numbers, emails, note FROM directory_entry')
  .raw()
  .all() as Row[];
sqlite.close();
parentPort!.postMessage({ image: buildPeopleImage(rows.map(toPerson), { version, directoryIds }) });
