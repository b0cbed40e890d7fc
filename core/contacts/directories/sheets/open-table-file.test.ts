import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { isTableName, openTableFile } from './open-table-file.ts';
import { readRows, TableFolder } from './table-files.test-support.ts';
import { sheetXml, workbookParts } from './workbook/workbook.test-support.ts';
import { zipFile, type ZippedPart } from './workbook/zip-file.test-support.ts';

const folder = new TableFolder();
afterAll(() => folder.remove());

const parts = (xml = sheetXml([['Ольга', 1]])) => workbookParts({ sheets: [{ name: 'A', xml }] });
const good = zipFile(parts());

/** Code and values of what reading a file of these bytes fails with. */
async function failure(bytes: string | Uint8Array, name = 'Клиенты.xlsx') {
  const error: unknown = await readRows(folder.write(name, bytes)).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof OffhookError)) throw error;
  return { code: error.code, ...error.values };
}

const changed = (name: string, change: Partial<ZippedPart>) =>
  zipFile(parts().map((part) => (part.name === name ? { ...part, ...change } : part)));

/** A compound file whose directory, of two sectors, names these entries. */
function compound(names: readonly string[]): Buffer {
  const bytes = Buffer.alloc(512 * 4);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 48);
  bytes.writeUInt32LE(0, 76);
  bytes.writeUInt32LE(2, 512 + 4);
  bytes.writeUInt32LE(0xffff_fffe, 512 + 8);
  names.forEach((name, index) => bytes.write(`${name}\0`, 1024 + index * 128, 'utf16le'));
  return bytes;
}

describe('a file that is not what it should be', () => {
  const sheetPart = 'xl/worksheets/sheet1.xml';
  const bomb = Buffer.alloc(68 * 1024 * 1024, '<row/>');
  const cases: [string, () => Uint8Array, string][] = [
    ['cut in half', () => good.subarray(0, good.length / 2), 'directory.broken-file'],
    ['with its last byte gone', () => good.subarray(0, good.length - 1), 'directory.broken-file'],
    ['of zeros', () => Buffer.alloc(1000), 'directory.broken-file'],
    ['of nothing', () => Buffer.alloc(0), 'directory.empty'],
    ['with a damaged part', () => flipped(good, sheetPart), 'directory.broken-file'],
    ['with another checksum', () => changed(sheetPart, { says: { checksum: 1 } }), 'directory.broken-file'],
    ['with a method that nobody knows', () => changed(sheetPart, { says: { method: 14 } }), 'directory.broken-file'],
    ['with an encrypted part', () => changed(sheetPart, { says: { flags: 1 } }), 'directory.encrypted'],
    ['with a part larger than it says', () => changed(sheetPart, { says: { size: 10 } }), 'directory.suspicious-file'],
    ['that is a ZIP bomb', () => changed(sheetPart, { data: bomb }), 'directory.suspicious-file'],
    [
      'that says it unpacks to more than a disk',
      () => changed(sheetPart, { says: { size: 0xffff_fff0 } }),
      'directory.broken-file',
    ],
    [
      'with entities',
      () => changed('xl/sharedStrings.xml', { data: '<!DOCTYPE x [<!ENTITY a "b">]><sst/>' }),
      'directory.suspicious-file',
    ],
    [
      'with entities in its sheet',
      () => changed(sheetPart, { data: '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>' }),
      'directory.suspicious-file',
    ],
    [
      'with a tag without end',
      () => changed(sheetPart, { data: `<worksheet><sheetData><row x="${'a'.repeat(2_000_000)}` }),
      'directory.suspicious-file',
    ],
    [
      'whose sheet ends too early',
      () => changed(sheetPart, { data: '<worksheet><sheetData><row><c><v>1' }),
      'directory.broken-file',
    ],
    ['without its sheet', () => zipFile(parts().filter(({ name }) => name !== sheetPart)), 'directory.broken-file'],
    [
      'without its list of sheets',
      () => zipFile(parts().filter(({ name }) => name !== 'xl/workbook.xml')),
      'directory.broken-file',
    ],
    [
      'of another program',
      () => zipFile([{ name: 'mimetype', data: 'application/vnd.oasis' }]),
      'directory.unsupported-file',
    ],
    [
      'of a text processor',
      () =>
        changed('[Content_Types].xml', {
          data: '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        }),
      'directory.unsupported-file',
    ],
    [
      'of binary parts (.xlsb)',
      () =>
        changed('[Content_Types].xml', {
          data: '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        }),
      'directory.unsupported-file',
    ],
    [
      'protected by a password',
      () => compound(['Root Entry', 'EncryptionInfo', 'EncryptedPackage']),
      'directory.encrypted',
    ],
    ['of the old format', () => compound(['Root Entry', 'Workbook']), 'directory.unsupported-file'],
  ];

  it.each(cases)(
    '%s is named with what is wrong',
    async (_what, bytes, code) => {
      expect(await failure(bytes())).toMatchObject({ code, file: 'Клиенты.xlsx' });
    },
    30_000,
  );

  it('is named also where it is not there, or a folder, or no text', async () => {
    const missing = path.join(folder.path, 'нет.xlsx');
    await expect(openTableFile(missing)).rejects.toMatchObject({
      code: 'directory.not-found',
      values: { file: missing },
    });
    await expect(openTableFile(folder.path)).rejects.toMatchObject({
      code: expect.stringMatching(/^directory\.un/) as string,
    });
    expect(await failure(Buffer.from('a;b\n\0\x01;c'), 'a.csv')).toEqual({
      code: 'directory.unsupported-file',
      file: 'a.csv',
    });
  });

  it('takes no memory for what a bomb unpacks to', async () => {
    const many = Buffer.alloc(80 * 1024 * 1024, '<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>');
    const bytes = changed('xl/sharedStrings.xml', { data: many });
    const before = process.memoryUsage().rss;
    expect(await failure(bytes)).toMatchObject({ code: 'directory.suspicious-file' });
    expect(process.memoryUsage().rss - before).toBeLessThan(76 * 1024 * 1024);
  }, 30_000);
});

describe('a million empty rows', () => {
  it('cost seconds at most, and say nothing', async () => {
    let rows = '<row r="1"><c r="A1" t="str"><v>Ольга</v></c></row>';
    for (let row = 2; row <= 1_000_000; row++)
      rows += `<row r="${row}" spans="1:2" s="5"><c r="A${row}" s="5"/><c r="B${row}" s="5"/></row>`;
    const file = folder.write('пустой.xlsx', zipFile(parts(rows)));
    const before = process.threadCpuUsage();
    expect((await readRows(file)).map(({ row }) => row)).toEqual([1]);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
  }, 60_000);
});

describe('the names of tables', () => {
  it.each(['a.xlsx', 'А.XLSM', 'b.csv', 'c.tsv', 'd.txt'])('are those of %s', (name) =>
    expect(isTableName(name)).toBe(true),
  );
  it.each(['~$a.xlsx', '.a.xlsx', 'a.xls', 'a.ods', 'a.xlsx.tmp', 'a'])('are not those of %s', (name) =>
    expect(isTableName(name)).toBe(false),
  );
});

/** The file with one bit of a part's packed data changed. */
function flipped(bytes: Buffer, name: string): Buffer {
  const damaged = Buffer.from(bytes);
  const at = damaged.indexOf(name) + name.length + 20;
  damaged[at] = damaged[at]! ^ 0x10;
  return damaged;
}
