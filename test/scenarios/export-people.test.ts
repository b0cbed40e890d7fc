import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openArchiveStorage } from '#core/call-log/call-archive.test-support.ts';
import { packNumbers, type StoredEntry } from '#core/contacts/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import type { ExportProgress, PeopleExportRequest } from '#contract/ipc/index.ts';
import { Exports } from '#core/exports/exports.ts';
import { parseCsv } from '#core/exports/parse-csv.test-support.ts';
import { peopleRequestOf } from '#core/exports/people/exported-people.test-support.ts';
import { WorkerExportFiles } from '#core/exports/worker-export-files.ts';

let close = async () => {};
afterEach(() => close());

const number = (text: string, label = '') =>
  ({ text, key: text, confidence: 'certain', number: text, extension: null, label }) as const;

function row(directory: string, handle: string, fields: Partial<StoredEntry>) {
  const { name = '', firm = '', note = '', personId = null, numbers = [], photo = null } = fields;
  return {
    sql: `INSERT INTO directory_entry (directory_id, key, handle, person_id, content_hash, name, firm, role, department, numbers,
      emails, links, note, fields, photo, place) VALUES (?, ?, ?, ?, '', ?, ?, '', '', ?, '[]', '[]', ?, '[]', ?, '')`,
    values: [directory, handle, handle, personId, name, firm, packNumbers(numbers), note, photo],
  };
}

async function openOffice() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-people-'));
  const storage = openArchiveStorage();
  close = async () => {
    await storage.close();
    rmSync(directory, { recursive: true, force: true });
  };
  await storage.database.execute(
    "INSERT INTO directory (id, kind, label, position, config) VALUES ('sheet', 'sheet', 'Клиенты', 1, '{}')",
  );
  await storage.database.execute(
    "INSERT INTO directory (id, kind, label, position, enabled, config) VALUES ('off', 'ldap', 'Отключён', 2, 0, '{}')",
  );
  const workerEntry = new URL('../../core/exports/export-worker.ts', import.meta.url);
  const files = new WorkerExportFiles({ database: storage.file, directory, workerEntry, newId: () => 'file' });
  const exports = new Exports({
    files,
    waiting: () => [],
    clock: new FakeClock(),
    logger: silentLogger,
    newId: () => 'e',
  });
  const fetch = async (request: Partial<PeopleExportRequest>): Promise<string> => {
    const ended = new Promise<ExportProgress>((resolve) => {
      exports.onProgress((progress) => progress.state !== 'working' && resolve(progress));
    });
    exports.startPeople(peopleRequestOf(request), {});
    expect(await ended).toMatchObject({ state: 'done', error: null });
    const { chunk, next } = await exports.read('e', 0);
    expect(next).toBeNull();
    return Buffer.from(chunk, 'base64').toString('utf8');
  };
  return { storage, fetch };
}

describe('an export of people', () => {
  it('has everybody once as merged, by name, of the directories that are in use', async () => {
    const { storage, fetch } = await openOffice();
    await storage.database.transaction([
      row('sheet', 's1', {
        name: 'Яна (Клиенты)',
        firm: 'Вектор',
        personId: 'o1',
        numbers: [number('2'), number('1')],
      }),
      row('own', 'o1', { name: 'Яна', note: 'своя', personId: 'o1', numbers: [number('1', 'mobile')] }),
      row('sheet', 's2', { name: 'Ёлкина' }),
      row('sheet', 's3', { name: '' }),
      row('off', 'x1', { name: 'Никто' }),
    ]);
    const columns = ['name', 'firm', 'number', 'label', 'otherNumbers', 'note', 'directory'] as const;
    const [, ...rows] = parseCsv((await fetch({ people: 'all', columns: [...columns] })).slice(1), ';');
    expect(rows).toEqual([
      ['Ёлкина', '', '', '', '', '', 'Клиенты'],
      ['Яна', 'Вектор', '1', 'мобильный', '2', 'своя', 'Мои контакты, Клиенты'],
      ['', '', '', '', '', '', 'Клиенты'],
    ]);
  });

  it('has own contacts as they were written', async () => {
    const { storage, fetch } = await openOffice();
    await storage.database.transaction([
      row('own', 'o1', { name: 'Яна', personId: 'p' }),
      row('own', 'o2', { name: 'Анна', personId: 'p' }),
      row('sheet', 's1', { name: 'Борис', personId: 'p' }),
    ]);
    const [, ...rows] = parseCsv((await fetch({ columns: ['name'] })).slice(1), ';');
    expect(rows).toEqual([['Анна'], ['Яна']]);
  });

  it('has more than a page of them, as cards with their photos', async () => {
    const { storage, fetch } = await openOffice();
    await storage.database.execute("INSERT INTO photo (hash, type, bytes) VALUES ('h', 'image/gif', ?)", [
      Buffer.from('GIF89a'),
    ]);
    const rows = Array.from({ length: 510 }, (_each, index) =>
      row('own', `o${index}`, { name: `Имя ${1000 + index}`, photo: 'h' }),
    );
    await storage.database.transaction(rows);
    const names = [...(await fetch({ format: 'vcf' })).matchAll(/^FN:(.*)\r\n/gm)].map(([, name]) => name);
    expect(names).toEqual(Array.from({ length: 510 }, (_each, index) => `Имя ${1000 + index}`));
  }, 20_000);

  it('is a spreadsheet too', async () => {
    const { fetch } = await openOffice();
    expect((await fetch({ format: 'xlsx' })).slice(0, 2)).toBe('PK');
  });
});
