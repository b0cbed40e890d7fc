import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PeopleExportRequest } from '#contract/ipc/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { packNumbers, type StoredNumber } from '#core/contacts/index.ts';
import { CollectedReading } from '#core/contacts/directories/directory-reading.test-support.ts';
import { openVcardDirectory } from '#core/contacts/directories/vcard/vcard-directory.ts';
import { parseCsv } from '#core/exports/parse-csv.test-support.ts';
import { peopleRequestOf } from '#core/exports/people/exported-people.test-support.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { hasVobject, readByVobject } from '#test/support/contact-programs.ts';
import { asShownByLibreOffice, hasLibreOffice } from '#test/support/libre-office.ts';
import { openStage, type Stage } from '#test/support/stage.ts';

const hostile = [
  '=HYPERLINK("http://127.0.0.1/","Ольга")',
  "+cmd|' /C calc'!A0",
  '@SUM(1;2)',
  'BEGIN:VCARD\\nEND:VCARD',
  'Ромашка; отдел, продаж',
  'я\\;',
];
const note = 'Просит счёт до пятницы;\nперезвонить "Ольге"';
const numbers: StoredNumber[] = [
  {
    text: '8 (495) 123-45-67 доб. 012',
    key: '+74951234567',
    confidence: 'certain',
    number: '+74951234567',
    extension: '012',
    label: 'work',
  },
  { text: '0204', key: '0204', confidence: 'local', number: '0204', extension: null, label: 'internal' },
];
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('photo')]);

/** A hundred own contacts, the first of them with all that could go wrong. */
async function fill(file: string): Promise<void> {
  const workerEntry = new URL('../../core/storage/storage-worker.ts', import.meta.url);
  const database = new WorkerDatabase({ file, parts: agentSchema, workerEntry, clock: systemClock });
  await database.execute("INSERT INTO photo (hash, type, bytes) VALUES ('h', 'image/jpeg', ?)", [jpeg]);
  const names = Array.from({ length: 100 }, (_each, index) => hostile[index] ?? `Ольга ${1000 + index}`);
  await database.transaction(
    names.map((name, index) => ({
      sql: `INSERT INTO directory_entry (directory_id, key, handle, content_hash, name, firm, role, department, numbers, emails,
        links, note, fields, photo, place) VALUES ('own', ?, ?, '', ?, 'ООО "Ромашка"', '', '', ?, '["o@example.org"]', '[]', ?, '[]', 'h', '')`,
      values: [`p${index}`, `p${index}`, name, packNumbers(numbers), note],
    })),
  );
  await database.close();
}

async function exported(
  stage: Stage,
  format: PeopleExportRequest['format'],
): Promise<{ file: string; folder: string }> {
  const directory = stage.folder('agent');
  const agent = new AgentUnderTest({ directory });
  await fill(path.join(directory, 'data', 'offhook.sqlite'));
  await stage.enter(agent);
  const { client } = agent;
  const { exportId } = await client.call('exports.startPeople', peopleRequestOf({ format }));
  const progress = await client.when('the export is done', () =>
    client.all('exports.progress').find((each) => each.exportId === exportId && each.state !== 'working'),
  );
  expect(progress).toMatchObject({ state: 'done', rows: 100, total: 100 });
  expect(progress.fileName).toMatch(new RegExp(`^Контакты \\d{4}-\\d\\d-\\d\\d\\.${format}$`));
  const chunks: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const piece: { chunk: string; next: number | null } = await client.call('exports.read', { exportId, offset });
    chunks.push(Buffer.from(piece.chunk, 'base64'));
    offset = piece.next;
  }
  const folder = stage.folder('office');
  const file = path.join(folder, `people.${format}`);
  writeFileSync(file, Buffer.concat(chunks));
  return { file, folder };
}

async function shown(format: 'csv' | 'xlsx'): Promise<Record<string, string>[]> {
  const { file, folder } = await exported(openStage(), format);
  // Every column as text (2), as our reader of CSV takes it.
  const text = await asShownByLibreOffice(file, folder, format === 'csv' ? '59,34,76,1,,1049,false,false' : null);
  const [keys = [], ...rows] = parseCsv(text.replaceAll(/\r?\n(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\r\n'), '\t');
  return rows.map((row) => Object.fromEntries(keys.map((key, index) => [key, row[index] ?? ''])));
}

describe.skipIf(!hasLibreOffice)('LibreOffice opens an export of people', () => {
  test('xlsx: numbers and extensions with their zeros, hostile names as texts', { timeout: 120_000 }, async () => {
    const rows = await shown('xlsx');
    expect(rows).toHaveLength(100);
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(hostile));
    expect(rows[0]).toMatchObject({
      firm: 'ООО "Ромашка"',
      number: '+7 495 123-45-67',
      extension: '012',
      label: 'рабочий',
      otherNumbers: '0204 (внутренний)',
      email: 'o@example.org',
      note,
      directory: 'Мои контакты',
    });
  });

  test('csv: the same, hostile names disarmed', { timeout: 120_000 }, async () => {
    const rows = await shown('csv');
    expect(rows).toHaveLength(100);
    const disarmed = hostile.map((name) => (/^[=@+]/.test(name) ? `'${name}` : name));
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(disarmed));
    expect(rows[0]).toMatchObject({ number: '+7 495 123-45-67', otherNumbers: '0204 (внутренний)', note });
  });
});

describe('an export of people as cards', () => {
  test.skipIf(!hasVobject)('is read by python3-vobject and by our own reader', { timeout: 120_000 }, async () => {
    const { file } = await exported(openStage(), 'vcf');
    const cards = await readByVobject(file);
    expect(cards).toHaveLength(100);
    expect(cards.map(({ fn }) => fn)).toEqual(expect.arrayContaining(hostile));
    expect(cards.find(({ fn }) => fn === 'Ольга 1050')).toEqual({
      fn: 'Ольга 1050',
      n: ['', 'Ольга 1050', ''],
      org: ['ООО "Ромашка"'],
      tel: [
        { value: '+7 495 123-45-67,012', types: ['WORK', 'VOICE'] },
        { value: '0204', types: ['VOICE'] },
      ],
      email: ['o@example.org'],
      note,
      photo: jpeg.toString('base64'),
    });
    const reading = new CollectedReading();
    const environment = { now: () => 0, proxyFor: () => null, outlookHelper: null };
    await openVcardDirectory({ kind: 'vcard', path: file }, environment).refresh(reading);
    expect(reading.skipped).toEqual([]);
    const entries = [...reading.entries.values()];
    expect(entries).toHaveLength(100);
    expect(entries.map(({ name }) => name)).toEqual(expect.arrayContaining(hostile));
    expect(entries.find(({ name }) => name === 'Ольга 1050')).toMatchObject({
      numbers: [
        { text: '+7 495 123-45-67,012', label: 'work' },
        { text: '0204', label: 'internal' },
      ],
      note,
      photo: { type: 'image/jpeg', bytes: jpeg },
    });
  });
});
