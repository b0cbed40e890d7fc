import { afterAll, describe, expect, test } from 'vitest';
import { readRows } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { sheetXml } from '#core/contacts/directories/sheets/workbook/workbook.test-support.ts';
import { type ZippedPart } from '#core/contacts/directories/sheets/workbook/zip-file.test-support.ts';
import { BookFolder, main, sheetPart, styles, table, whole, xmlOf } from './book-folder.test-support.ts';
import { changedParts, rawParts } from './package/zip-parts.test-support.ts';

const books = new BookFolder();
afterAll(() => books.folder.remove());

describe('a new column', () => {
  test('looks as the headings before it, is behind all that is in the sheet, and is counted in', async () => {
    const rows = sheetXml(table).replace('<c r="D1" ', '<c r="D1" s="1" ').replace('</row>', '<c r="E1" s="1"/></row>');
    const file = books.book(
      whole(
        `${rows}<row r="6"><c r="G6"><v>1</v></c></row>`,
        '<dimension ref="A1:G6"/><cols><col min="8" max="9" width="4" style="1"/></cols>',
      ),
      { styles: styles('<xf numFmtId="0"/>', '<xf numFmtId="0" fontId="1"/>') },
    );
    await books.write(file, 'Петров Иван', { Итог: 'да', Когда: '' });
    const xml = xmlOf(file);
    expect(xml).toContain('<dimension ref="A1:H6"/>');
    expect(xml).toContain('<c r="H1" s="1" t="inlineStr"><is><t xml:space="preserve">Итог</t></is></c></row>');
    expect(xml).toContain('<c r="H3" s="1" t="inlineStr"><is><t xml:space="preserve">да</t></is></c></row>');
    expect(xml).not.toContain('Когда');
  });

  test('does not touch the columns of a table', async () => {
    const parts: ZippedPart[] = [
      {
        name: 'xl/worksheets/_rels/sheet1.xml.rels',
        data: '<Relationships><Relationship Id="rId1" Type="http://x/table" Target="../tables/table1.xml"/></Relationships>',
      },
      { name: 'xl/tables/table1.xml', data: `<table xmlns="${main}" id="1" ref="A1:F4"/>` },
    ];
    const file = books.book(sheetXml(table), {}, parts);
    const before = rawParts(file);
    await books.write(file, 'Петров Иван', { Итог: 'да' });
    expect((await readRows(file, 8)).map(({ cells }) => cells.slice(4))).toEqual([
      ['', '', 'Итог', ''],
      ['', '', '', ''],
      ['', '', 'да', ''],
      ['', '', '', ''],
    ]);
    expect(changedParts(before, rawParts(file))).toEqual([sheetPart]);
  });
});
