import { writeFileSync } from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, describe, expect, test } from 'vitest';
import { CollectedReading } from '#core/contacts/directories/directory-reading.test-support.ts';
import {
  readRows,
  refreshed,
  sheetSource,
  TableFolder,
} from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { asShownByLibreOffice, hasLibreOffice, savedByLibreOffice } from '#test/support/libre-office.ts';
import { libreOfficeTable, openpyxlProgram, xlsxWriterProgram } from '#test/support/office-workbooks.ts';
import { pythonWith, runPython } from '#test/support/python-modules.ts';

const folder = new TableFolder();
afterAll(() => folder.remove());
const file = (name: string) => path.join(folder.path, name);
const python = pythonWith('openpyxl', 'xlsxwriter');

/** What of the entries the workbooks here have. */
async function people(workbook: string) {
  const { entries, reading, outcome } = await refreshed(workbook);
  const shown = entries.map(({ name, firm, numbers, emails, fields, note, place }) => {
    return { name, firm, numbers: numbers.map(({ text, label }) => `${label}:${text}`), emails, fields, note, place };
  });
  return { shown, skipped: reading.skipped, outcome };
}

describe.skipIf(!hasLibreOffice)('a workbook written by LibreOffice', () => {
  test.each([
    ['.xlsx', 'xlsx'],
    ['.xlsm', 'xlsm:Calc MS Excel 2007 VBA XML'],
    ['.xlsx of its other filter', 'xlsx:Calc Office Open XML'],
  ])('%s is read with its merged headings, floats, days and errors', async (_ending, format) => {
    writeFileSync(file('office.fods'), libreOfficeTable);
    const workbook = await savedByLibreOffice(file('office.fods'), folder.path, format);
    const name = path.basename(workbook);
    const { shown, skipped } = await people(workbook);
    const sheet = 'Клиенты & партнёры';
    expect(shown).toEqual([
      {
        name: 'Иванова Ольга',
        firm: '',
        numbers: ['mobile:89161234567', 'work:8 (495) 123-45-67\nдоб. 12'],
        emails: [],
        fields: [{ name: 'Дата звонка', value: '2026-01-15' }],
        note: 'Просит   счёт <сегодня>',
        place: `${name} › ${sheet}!5`,
      },
      expect.objectContaining({ name: 'Петров Иван', numbers: ['mobile:89161234568'] }),
    ]);
    expect(skipped).toMatchObject([
      { code: 'entry.cell-error', values: { place: `${name} › ${sheet}!6`, text: '#N/A' } },
    ]);
  });

  test('of a text table says the same as LibreOffice shows of it', async () => {
    const rows = [
      'ФИО;Телефон;Дата',
      'Иванова Ольга;+7 916 123-45-67;2026-01-15',
      '"Петров; Иван";8 903 111-22-33;2026-02-01',
    ];
    writeFileSync(file('text.csv'), `\ufeff${rows.join('\r\n')}\r\n`);
    const shown = await asShownByLibreOffice(file('text.csv'), folder.path, '59,34,76');
    const read = await readRows(file('text.csv'), 3);
    expect(read.map(({ cells }) => cells.join('\t'))).toEqual(shown.replaceAll('"', '').trimEnd().split('\n'));
    expect((await people(file('text.csv'))).shown.map(({ name }) => name)).toEqual(['Иванова Ольга', 'Петров; Иван']);
  });
});

describe.skipIf(python === null)('a workbook written by XlsxWriter', () => {
  test.each(['table', 'inline'])('is read with its filtered table or inline strings: %s', async (kind) => {
    await runPython(python!, xlsxWriterProgram, file('writer.xlsx'), kind);
    const { shown, skipped } = await people(file('writer.xlsx'));
    expect(skipped).toEqual([]);
    expect(shown).toEqual([
      {
        name: 'Иванова Ольга',
        firm: 'ООО «Ромашка»',
        numbers: [':8 (495) 123-45-67', ':+7 903 111-22-33', 'mobile:8 (916) 123-45-67'],
        emails: ['o@romashka.example'],
        fields: [{ name: 'Дата', value: '2026-01-15' }],
        note: '',
        place: 'writer.xlsx › Клиенты!3',
      },
      expect.objectContaining({ name: 'Петров Иван', firm: 'АО "Лютик" & Ко', place: 'writer.xlsx › Клиенты!4' }),
    ]);
  });
});

describe.skipIf(python === null)('a workbook written by openpyxl', () => {
  test('is read with its ids, booleans and percents, and says which formula was never calculated', async () => {
    await runPython(python!, openpyxlProgram, file('pyxl.xlsx'));
    const { shown, skipped } = await people(file('pyxl.xlsx'));
    expect(shown.map(({ name, firm, numbers }) => [name, firm, ...numbers])).toEqual([
      ['Ольга', 'ООО Ромашка', ':89161234567'],
      ['Иван', 'ООО Лютик', ':8 903 111-22-33', ':8 903 111-22-44'],
      ['Анна', 'ООО Астра'],
      ['Яна', 'ООО Мак'],
    ]);
    expect(skipped.map(({ code, values }) => [code, values.place, values.text])).toEqual([
      ['entry.not-calculated', 'pyxl.xlsx › Клиенты!4', '=D2+1'],
      ['entry.cell-error', 'pyxl.xlsx › Клиенты!5', '#N/A'],
    ]);
    const rows = await readRows(file('pyxl.xlsx'), 7, 'Клиенты');
    expect(rows[1]!.cells.slice(5)).toEqual(['TRUE', '12.5%']);
    const reading = new CollectedReading();
    const { tables } = await sheetSource(file('pyxl.xlsx')).preview(reading);
    expect(tables[0]!.sheets).toEqual(['Пустой', 'Клиенты']);
    expect(tables[0]!.mapping.columns.map(({ role }) => role).slice(0, 5)).toEqual([
      'id',
      'firm',
      'name',
      'number',
      'link',
    ]);
  });
});

describe('a workbook written by exceljs', () => {
  test('is read with its merged headings, links, rich texts and formulas', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Клиенты', { state: 'hidden' });
    sheet.mergeCells('A1:D1');
    sheet.getCell('A1').value = 'Наши клиенты';
    sheet.getRow(2).values = ['Контакт', 'Телефон', 'Почта', 'День рождения'];
    sheet.getCell('A3').value = { richText: [{ text: 'Иванова ' }, { font: { bold: true }, text: 'Ольга' }] };
    sheet.getCell('B3').value = { formula: '"8"&"9161234567"', result: '89161234567' };
    sheet.getCell('C3').value = { text: 'o@romashka.example', hyperlink: 'mailto:o@romashka.example' };
    sheet.getCell('D3').value = new Date(Date.UTC(1980, 4, 9));
    sheet.getCell('B4').value = { error: '#REF!' };
    sheet.getCell('A4').value = 'Петров Иван';
    await book.xlsx.writeFile(file('excel.xlsx'));
    const { shown, skipped } = await people(file('excel.xlsx'));
    expect(shown).toMatchObject([
      {
        name: 'Иванова Ольга',
        numbers: [':89161234567'],
        emails: ['o@romashka.example'],
        fields: [{ name: 'День рождения', value: '1980-05-09' }],
      },
      { name: 'Петров Иван', numbers: [] },
    ]);
    expect(skipped).toMatchObject([{ code: 'entry.cell-error', values: { text: '#REF!' } }]);
  });
});
