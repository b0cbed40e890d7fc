import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, describe, expect, test } from 'vitest';
import { readRows } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import {
  fileWriter,
  keysOf,
  rowChange,
  TableFolder,
  targetOf,
} from '#core/office/sheets/workbook-writer.test-support.ts';
import { changedParts, rawParts } from '#core/office/sheets/patching/package/zip-parts.test-support.ts';
import { asShownByLibreOffice, hasLibreOffice } from '#test/support/libre-office.ts';
import { pythonWith, runPython } from '#test/support/python-modules.ts';
import {
  customers,
  libreOfficeProgram,
  openpyxlProgram,
  openpyxlReader,
  xlsxWriterProgram,
} from '#test/support/rich-workbooks.ts';
import { jpeg } from '#test/support/tiny-pictures.ts';

const folder = new TableFolder();
afterAll(() => folder.remove());
const at = (name: string) => path.join(folder.path, name);
const python = pythonWith('openpyxl', 'xlsxwriter');
const uno = pythonWith('uno');
const calledAt = new Date(2026, 10, 26, 14, 5).getTime();
const note = 'Ждёт «договор» & <счёт>';

/** A picture of one dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function byXlsxWriter(name: string): Promise<string> {
  writeFileSync(at('macros.bin'), Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504, 7)]));
  writeFileSync(at('dot.png'), png);
  await runPython(python!, xlsxWriterProgram, at(name), at('macros.bin'), at('dot.png'));
  return at(name);
}

async function byExcelJs(): Promise<string> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Клиенты', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(customers.headings).font = { bold: true };
  sheet.addRow(['x', '8 (495) 123-45-67', 'новый', 100]);
  sheet.getCell('A2').value = { richText: [{ text: 'Иванова ' }, { font: { bold: true }, text: 'Ольга' }] };
  sheet.addRow(['Петров Иван', '8 (903) 111-22-33', 'в работе', 200]);
  sheet.addRow(['Орлова Анна', '8 (916) 765-43-21', 'новый', { formula: 'D2*3', result: 300 }]);
  sheet.getCell('F1').value = new Date(Date.UTC(2026, 0, 15));
  sheet.addImage(book.addImage({ buffer: jpeg as unknown as ExcelJS.Buffer, extension: 'jpeg' }), 'H1:I4');
  sheet.getCell('C3').dataValidation = { type: 'list', formulae: ['"новый,в работе"'] };
  sheet.addConditionalFormatting({
    ref: 'D2:D9',
    rules: [
      {
        type: 'dataBar',
        priority: 1,
        cfvo: [{ type: 'min' }, { type: 'max' }],
      } as unknown as ExcelJS.ConditionalFormattingRule,
    ],
  });
  await book.xlsx.writeFile(at('exceljs.xlsx'));
  return at('exceljs.xlsx');
}

const makers: { by: string; skip: boolean; make: () => Promise<string>; parts: RegExp[] }[] = [
  {
    by: 'LibreOffice',
    skip: !hasLibreOffice || uno === null,
    make: async () => {
      await runPython(uno!, libreOfficeProgram, at('libre.xlsx'), folder.path);
      return at('libre.xlsx');
    },
    parts: [/pivotTable1/, /pivotCacheRecords1/, /chart1/],
  },
  {
    by: 'XlsxWriter',
    skip: python === null,
    make: () => byXlsxWriter('writer.xlsx'),
    parts: [/chart1/, /image1/, /table1/, /comments1/],
  },
  {
    by: 'XlsxWriter, with macros',
    skip: python === null,
    make: () => byXlsxWriter('writer.xlsm'),
    parts: [/vbaProject\.bin/, /vmlDrawing1/, /chart1/],
  },
  {
    by: 'openpyxl',
    skip: python === null,
    make: async () => {
      await runPython(python!, openpyxlProgram, at('pyxl.xlsx'));
      return at('pyxl.xlsx');
    },
    parts: [/chart1/, /comment1/, /styles/],
  },
  { by: 'exceljs', skip: false, make: byExcelJs, parts: [/image1/, /styles/, /sharedStrings/] },
];

/** Everything of a sheet but the rows that were written and the range that it names. */
function beside(xml: string): string[] {
  const rows = xml.replace(/<row r="[13]"[^>]*>.*?<\/row>/gs, '<row/>').replace(/<dimension [^>]*>/, '');
  return rows.split(/(?=<)/);
}

describe.each(makers)('a workbook made by $by', ({ skip, make, parts }) => {
  test.skipIf(skip)('keeps everything but the rows that are written, and other programs read these', async () => {
    const file = await make();
    const writer = fileWriter(folder.path);
    const before = rawParts(file);
    for (const part of parts) expect([...before.keys()].some((name) => part.test(name))).toBe(true);
    const whole = readFileSync(file);
    const key = (await keysOf(file)).get('Петров Иван')!;
    const { rows } = await writer.write(targetOf(file), [
      rowChange(key, {
        Статус: 'заказал',
        'Дата звонка': { kind: 'date', at: calledAt, withTime: true },
        'Итог звонка': note,
      }),
    ]);
    expect(rows).toMatchObject([{ kind: 'written', row: 3 }]);

    const after = rawParts(file);
    const [sheet, ...others] = changedParts(before, after);
    expect([sheet, others]).toEqual(['xl/worksheets/sheet1.xml', []]);
    expect([...after.keys()]).toEqual([...before.keys()]);
    const [one, other] = [before, after].map((each) => beside(each.get(sheet!)!.bytes.toString()));
    expect(other).toEqual(one);

    const read = await readRows(file, 12);
    const [heading, row] = [1, 3].map((number) => read.find((each) => each.row === number)!.cells);
    const [date, result] = ['Дата звонка', 'Итог звонка'].map((text) => heading!.indexOf(text));
    expect([row![2], row![result!], row![date!]!.replace(' 14:05', '')]).toEqual(['заказал', note, '2026-11-26']);

    if (hasLibreOffice) {
      const shown = await asShownByLibreOffice(file, folder.path);
      const line = shown.split('\n')[2]!;
      expect(line).toContain('заказал');
      expect(line).toContain(note);
      expect(line).toMatch(/26[./]11[./](?:20)?26|11\/26\/(?:20)?26|2026-11-26/);
    }
    if (python) {
      await runPython(python, openpyxlReader, file, at('read.txt'));
      const line = readFileSync(at('read.txt'), 'utf8').split('\n')[2]!;
      expect(line.split('\t')).toEqual(expect.arrayContaining(['Петров Иван', 'заказал', note]));
      expect(line).toContain('2026-11-26 14:05');
    }
    await writer.undo(file);
    expect(readFileSync(file).equals(whole)).toBe(true);
  });

  test.skipIf(skip)('gets links into its numbers, which other programs follow, and loses them again', async () => {
    const file = await make();
    const writer = fileWriter(folder.path);
    const before = rawParts(file);
    const change = { column: 1, country: 'RU', areaCode: '495' };
    expect((await writer.setLinks(targetOf(file), { ...change, links: true })).cells).toBe(3);
    const allowed = ['xl/worksheets/sheet1.xml', 'xl/worksheets/_rels/sheet1.xml.rels'];
    expect(changedParts(before, rawParts(file)).filter((name) => !allowed.includes(name))).toEqual([]);
    if (python) {
      await runPython(
        python,
        "import sys, openpyxl\nsheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]\nopen(sys.argv[2], 'w').write(sheet['B3'].hyperlink.target)",
        file,
        at('link.txt'),
      );
      expect(readFileSync(at('link.txt'), 'utf8')).toBe('tel:+79031112233');
    }
    if (hasLibreOffice) expect(await asShownByLibreOffice(file, folder.path)).toContain('8 (903) 111-22-33');
    expect((await writer.setLinks(targetOf(file), { ...change, links: false })).cells).toBe(3);
    expect(rawParts(file).get(allowed[0]!)!.bytes.equals(before.get(allowed[0]!)!.bytes)).toBe(true);
  });
});
