import { describe, expect, it } from 'vitest';
import type { PreviewTable } from '#contract/ipc/index.ts';
import {
  anotherSheet,
  columnName,
  columnsOf,
  missingRoles,
  withHeaderRow,
  withLabel,
  withRole,
  withSheet,
} from './sheet-columns.ts';

const table = (part: Partial<PreviewTable['mapping']> = {}): PreviewTable => ({
  mapping: {
    file: 'Клиенты.xlsx',
    sheet: 'Лист1',
    headerRow: 1,
    columns: [{ column: 1, heading: 'Имя', role: 'name', label: '' }],
    ...part,
  },
  sheets: ['Лист1', 'Архив'],
  rows: [
    ['Код', 'Имя', 'Телефон'],
    ['1', 'Иван', '8 495'],
  ],
  firstRow: 1,
});

describe('the columns of a sheet', () => {
  it('are named as spreadsheets name them', () => {
    expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });

  it('are all that the table has, with its headings, whether the mapping names them or not', () => {
    expect(columnsOf(table()).map(({ heading, role }) => `${heading} ${role}`)).toEqual([
      'Код ignored',
      'Имя name',
      'Телефон ignored',
    ]);
  });

  it('keep those that no row of the first reaches', () => {
    const far = { column: 40, heading: 'Факс', role: 'number' as const, label: 'fax' };
    expect(withRole(table({ columns: [far] }), 0, 'id').columns.at(-1)).toEqual(far);
  });

  it('have one name, and as many numbers as there are', () => {
    const roles = (mapping: ReturnType<typeof withRole>) => mapping.columns.map(({ role }) => role);
    expect(roles(withRole(table(), 0, 'name'))).toEqual(['name', 'ignored', 'ignored']);
    const one = { ...table(), mapping: withRole(table(), 2, 'number') };
    expect(roles(withRole(one, 0, 'number'))).toEqual(['number', 'name', 'number']);
  });

  it('lose the label of a number when they are none any more', () => {
    const numbers = { ...table(), mapping: withRole(table(), 2, 'number') };
    const labelled = { ...numbers, mapping: withLabel(numbers, 2, 'mobile') };
    expect(labelled.mapping.columns[2]).toMatchObject({ role: 'number', label: 'mobile' });
    expect(withRole(labelled, 2, 'note').columns[2]).toMatchObject({ role: 'note', label: '' });
  });

  it('are recognised again from another heading row or sheet, and stay as they are without headings', () => {
    expect(withHeaderRow(table(), 2)).toMatchObject({ headerRow: 2, columns: [] });
    expect(withSheet(table(), 'Архив')).toEqual({ file: 'Клиенты.xlsx', sheet: 'Архив', headerRow: 0, columns: [] });
    expect(withHeaderRow(table(), 0).columns[1]).toEqual({ column: 1, heading: '', role: 'name', label: '' });
  });

  it('say which of name and number is nowhere', () => {
    expect(missingRoles(table())).toEqual(['number']);
    expect(missingRoles(table({ columns: [] }))).toEqual(['name', 'number']);
  });
});

describe('another sheet of the workbook', () => {
  it('is the first that is not read yet', () => {
    expect(anotherSheet(table(), [table().mapping])).toEqual({
      file: 'Клиенты.xlsx',
      sheet: 'Архив',
      headerRow: 0,
      columns: [],
    });
    expect(anotherSheet(table(), [table().mapping, table({ sheet: 'Архив' }).mapping])).toBeNull();
  });
});
