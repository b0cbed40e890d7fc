import { afterAll, describe, expect, test } from 'vitest';
import { sheetXml, workbookParts } from '#core/contacts/directories/sheets/workbook/workbook.test-support.ts';
import { zipFile } from '#core/contacts/directories/sheets/workbook/zip-file.test-support.ts';
import { refusal } from '../workbook-writer.test-support.ts';
import { BookFolder, styles, table, whole } from './book-folder.test-support.ts';
import { changedParts, rawParts } from './package/zip-parts.test-support.ts';

const books = new BookFolder();
afterAll(() => books.folder.remove());

describe('a workbook that says it is not to be written to', () => {
  const final = {
    name: 'docProps/custom.xml',
    data: '<Properties xmlns:vt="v"><property fmtid="{x}" pid="2" name="_MarkAsFinal"><vt:bool>true</vt:bool></property></Properties>',
  };
  const locked = '<sheetProtection sheet="1" objects="1"/>';
  const protectedBook = (cell: string) =>
    books.book(whole(sheetXml(table).replace('<c r="C3" ', `<c r="C3" ${cell} `), '', locked), {
      styles: styles('<xf numFmtId="0"/>', '<xf numFmtId="0"><protection locked="0"/></xf>'),
    });

  test.each([
    ['marked as final', () => books.book(sheetXml(table), {}, [final]), 'sheet.final'],
    [
      'signed',
      () => books.book(sheetXml(table), {}, [{ name: '_xmlsignatures/sig1.xml', data: '<x/>' }]),
      'sheet.signed',
    ],
    ['protected', () => protectedBook(''), 'sheet.protected'],
    [
      'in another encoding than UTF-8',
      () =>
        books.book(sheetXml(table), {
          sheets: [{ name: 'A', xml: whole(sheetXml(table)).replace('UTF-8', 'windows-1251') }],
        }),
      'sheet.unsupported',
    ],
  ])('%s is refused, and stays as it is', async (_what, make, code) => {
    const file = make();
    const before = rawParts(file);
    expect(await refusal(books.write(file, 'Петров Иван', { Статус: 'да' }))).toBe(code);
    expect(changedParts(before, rawParts(file))).toEqual([]);
  });

  test('in one sheet alone is written in cells that are not locked', async () => {
    const file = protectedBook('s="1"');
    expect(await books.write(file, 'Петров Иван', { Статус: 'да' })).toMatchObject({ kind: 'written' });
    expect(await refusal(books.write(file, 'Петров Иван', { Итог: 'да' }))).toBe('sheet.protected');
  });

  test('asks for a password before writing', async () => {
    const parts = workbookParts({ sheets: [{ name: 'A', xml: sheetXml(table) }] });
    const asked = parts.map((part) =>
      part.name === 'xl/workbook.xml'
        ? { ...part, data: String(part.data).replace('<sheets>', '<fileSharing hashValue="x"/><sheets>') }
        : part,
    );
    const file = books.folder.write('asks.xlsx', zipFile(asked));
    expect(await refusal(books.write(file, 'Петров Иван', { Статус: 'да' }))).toBe('sheet.read-only');
  });
});
