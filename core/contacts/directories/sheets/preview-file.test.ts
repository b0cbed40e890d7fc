import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CollectedReading } from '../directory-reading.test-support.ts';
import { sheetSource, TableFolder } from './table-files.test-support.ts';

let folder: TableFolder;
beforeEach(() => (folder = new TableFolder()));
afterEach(() => folder.remove());

describe('the preview of a sheet', () => {
  it('shows what was recognised, the first rows as they lie, and up to twenty entries', async () => {
    const rows = Array.from({ length: 40 }, (_each, index) => [`Клиент ${index}`, 89_160_000_000 + index]);
    const file = folder.workbook('a.xlsx', [['Наши клиенты'], [''], ['ФИО', 'Телефон'], [''], ...rows]);
    const reading = new CollectedReading();
    const { tables, count } = await sheetSource(file).preview(reading);
    expect(count).toBe(40);
    expect(reading.entries.size).toBe(20);
    expect(tables).toMatchObject([
      { mapping: { file: 'a.xlsx', sheet: 'Лист1', headerRow: 3 }, sheets: ['Лист1'], firstRow: 3 },
    ]);
    expect(tables[0]!.mapping.columns.map(({ role }) => role)).toEqual(['name', 'number']);
    expect(tables[0]!.rows).toHaveLength(30);
    expect(tables[0]!.rows.slice(0, 3)).toEqual([
      ['ФИО', 'Телефон'],
      ['', ''],
      ['Клиент 0', '89160000000'],
    ]);
  });

  it('shows the rows also where no column could be recognised, and says what is missing', async () => {
    const reading = new CollectedReading();
    const { tables } = await sheetSource(
      folder.workbook('a.xlsx', [
        ['a', 'b'],
        ['c', 'd'],
      ]),
    ).preview(reading);
    expect(tables[0]).toMatchObject({
      rows: [
        ['a', 'b'],
        ['c', 'd'],
      ],
      firstRow: 1,
    });
    expect(tables[0]!.mapping.columns.map(({ role }) => role)).toEqual(['ignored', 'ignored']);
    expect(reading.skipped).toMatchObject([{ code: 'directory.no-header', values: { file: 'a.xlsx' } }]);
  });

  it('shows every table of a folder, and what is wrong with the others', async () => {
    folder.workbook('a.xlsx', [
      ['ФИО', 'Телефон'],
      ['Ольга', 89161234567],
    ]);
    folder.write('b.xlsx', 'PK broken');
    folder.write('c.csv', 'ФИО;Телефон\nИван;89031112233\n');
    const reading = new CollectedReading();
    const { tables, count } = await sheetSource(folder.path).preview(reading);
    expect(tables.map(({ mapping }) => mapping.file)).toEqual(['a.xlsx', 'c.csv']);
    expect(count).toBe(2);
    expect(reading.skipped).toMatchObject([{ code: 'directory.broken-file', values: { file: 'b.xlsx' } }]);
  });
});
