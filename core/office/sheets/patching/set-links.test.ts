import { afterAll, describe, expect, test } from 'vitest';
import { sheetXml } from '#core/contacts/directories/sheets/workbook/workbook.test-support.ts';
import type { ZippedPart } from '#core/contacts/directories/sheets/workbook/zip-file.test-support.ts';
import { refusal, targetOf } from '../workbook-writer.test-support.ts';
import { BookFolder, sheetPart, whole, xmlOf } from './book-folder.test-support.ts';
import { changedParts, rawParts } from './package/zip-parts.test-support.ts';

const books = new BookFolder();
afterAll(() => books.folder.remove());

const relsPart = 'xl/worksheets/_rels/sheet1.xml.rels';
const rows = [
  ['ФИО', 'Телефон'],
  ['Иванова Ольга', '8 (495) 123-45-67 доб. 12'],
  ['Петров Иван', '8 903 111-22-33, 8 903 111-22-44'],
  ['Орлова Анна', 'звонить вечером'],
  ['Лебедева Яна', 89161234567],
  ['Сидоров Пётр', '+7 495 123-45-67 доб. 12'],
];
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** The parts of relations have a type in every package. */
const content = (file: string) => rawParts(file).get(relsPart)?.bytes.toString() ?? '';

function book(behind = '', rels: string | null = null, before = ''): string {
  const parts: ZippedPart[] = rels === null ? [] : [{ name: relsPart, data: rels }];
  const types = {
    name: '[Content_Types].xml',
    data: '<Types><Default Extension="rels" ContentType="r"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
  };
  return books.book(whole(sheetXml(rows), before, behind), {}, [types, ...parts]);
}

const links = (file: string, on = true, column = 1) =>
  books.writer.setLinks(targetOf(file), { column, links: on, country: 'RU', areaCode: '495' });

const first = '<hyperlink ref="B2" xmlns:r="' + office + '" r:id="rIdTel1" tooltip="Offhook"/>';

describe('links of a column of numbers', () => {
  test('are put into the cells that hold one number, before what has to come behind them', async () => {
    const tail = '<mergeCells count="1"><mergeCell ref="A7:B7"/></mergeCells><pageMargins left="1"/>';
    const file = book(tail);
    const before = rawParts(file);
    expect((await links(file)).cells).toBe(3);
    expect(xmlOf(file)).toContain(
      `</mergeCells><hyperlinks>${first}${first.replace('B2', 'B5').replace('Tel1', 'Tel2')}${first.replace('B2', 'B6')}</hyperlinks><pageMargins left="1"/>`,
    );
    expect(
      [...content(file).matchAll(/Id="(\w+)" Type="([^"]*)" Target="([^"]*)" TargetMode="External"/g)].map((each) =>
        each.slice(1),
      ),
    ).toEqual([
      ['rIdTel1', `${office}/hyperlink`, 'tel:+74951234567;ext=12'],
      ['rIdTel2', `${office}/hyperlink`, 'tel:+79161234567'],
    ]);
    expect(changedParts(before, rawParts(file))).toEqual([sheetPart, relsPart]);
  });

  test('are put once, and taken out again with all that came with them', async () => {
    const file = book();
    const before = xmlOf(file);
    await links(file);
    expect(await links(file)).toEqual({ cells: 0, copy: null });
    expect((await links(file, false)).cells).toBe(3);
    expect(xmlOf(file)).toBe(before);
    expect(content(file)).not.toContain('tel:');
    expect((await links(file, false)).cells).toBe(0);
  });

  test('leave alone those that are there, and join them', async () => {
    const own =
      '<hyperlinks><hyperlink ref="B2" r:id="rId1"/><hyperlink ref="A1:A9" r:id="rIdTel1" tooltip="Offhook"></hyperlink></hyperlinks>';
    const rels = `<Relationships><Relationship Id="rId1" Type="${office}/hyperlink" Target="tel:112" TargetMode="External"/><Relationship Id="rIdTel1" Type="${office}/hyperlink" Target="http://x/" TargetMode="External"/></Relationships>`;
    const file = book(own, rels, `<sheetPr xmlns:q="${office}"/>`);
    expect((await links(file)).cells).toBe(2);
    expect(xmlOf(file)).toContain(`${own.replace('</hyperlinks>', '')}<hyperlink ref="B5"`);
    expect((await links(file, false)).cells).toBe(2);
    expect(xmlOf(file)).toContain(own);
    expect(content(file)).toBe(rels);
  });

  test('use the names that the sheet has for its elements', async () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const cells = sheetXml(rows).replace(/<(\/?)(\w)/g, '<$1x:$2');
    const file = books.book(
      `<?xml version="1.0"?><x:worksheet xmlns:x="${main}" xmlns:rel="${office}"><x:sheetData>${cells}</x:sheetData></x:worksheet>`,
      {},
      [{ name: relsPart, data: '<p:Relationships xmlns:p="x"/>' }],
    );
    await links(file);
    expect(xmlOf(file)).toContain(
      '</x:sheetData><x:hyperlinks><x:hyperlink ref="B2" rel:id="rIdTel1" tooltip="Offhook"/>',
    );
    expect(content(file)).toMatch(/^<p:Relationships xmlns:p="x"><p:Relationship Id="rIdTel1".*<\/p:Relationships>$/);
  });

  test('are not put into a protected sheet, nor where relations have no type', async () => {
    expect(await refusal(links(book('<sheetProtection sheet="1"/>')))).toBe('sheet.protected');
    expect(await refusal(links(books.rows(rows)))).toBe('sheet.broken');
  });

  test('are undone as any other write', async () => {
    const file = book();
    const before = rawParts(file);
    await links(file);
    await books.writer.undo(file);
    expect(changedParts(before, rawParts(file))).toEqual([]);
  });
});
