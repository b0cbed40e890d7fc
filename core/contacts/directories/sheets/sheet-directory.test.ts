import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, renameSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CollectedReading } from '../directory-reading.test-support.ts';
import { refreshed, sheetSource, TableFolder } from './table-files.test-support.ts';
import { sheetXml, workbookParts } from './workbook/workbook.test-support.ts';
import { zipFile } from './workbook/zip-file.test-support.ts';

let folder: TableFolder;
beforeEach(() => (folder = new TableFolder()));
afterEach(() => folder.remove());

const heading = [
  'Фамилия',
  'Имя',
  'Отчество',
  'Телефон',
  'Доб.',
  'Организация',
  'Почта',
  'Сайт',
  'Город',
  'Комментарий',
];
const olga = [
  'Иванова',
  'Ольга',
  'Петровна',
  '8 (495) 123-45-67; моб. 89161234567',
  '',
  'ООО «Ромашка»',
  'o@romashka.example, olga@romashka.example',
  'romashka.example',
  'Тула',
  'Просит счёт',
];
const ivan = ['Петров', 'Иван', '', 89031112233, 12, '', '', '', '', ''];
const names = (entries: readonly { name: string }[]) => entries.map(({ name }) => name).sort();

describe.skipIf(process.platform === 'win32')('a pipe', () => {
  it('that has the name of a table is told of, and not waited for', async () => {
    folder.workbook('Клиенты.xlsx', [heading, olga]);
    execFileSync('mkfifo', [path.join(folder.path, 'pipe.csv')]);
    const { reading } = await refreshed(folder.path);
    expect(names([...reading.entries.values()])).toEqual(['Иванова Ольга Петровна']);
    expect(reading.skipped).toMatchObject([{ code: 'directory.unsupported-file', values: { file: 'pipe.csv' } }]);
  });
});

describe('the entries of a sheet', () => {
  it('have what its columns hold, and say where they lie', async () => {
    const file = folder.workbook('Клиенты.xlsx', [heading, olga, ivan]);
    const { entries, outcome } = await refreshed(file);
    expect(outcome.kind).toBe('complete');
    expect(entries).toEqual([
      {
        key: expect.stringMatching(/^[\w-]{20}$/) as string,
        name: 'Иванова Ольга Петровна',
        firm: 'ООО «Ромашка»',
        role: '',
        department: '',
        numbers: [
          { text: '8 (495) 123-45-67', label: '' },
          { text: 'моб. 89161234567', label: 'mobile' },
        ],
        emails: ['o@romashka.example', 'olga@romashka.example'],
        links: ['https://romashka.example'],
        note: 'Просит счёт',
        fields: [{ name: 'Город', value: 'Тула' }],
        photo: null,
        open: { kind: 'sheet', file, sheet: 'Лист1', row: 2 },
        place: 'Клиенты.xlsx › Лист1!2',
      },
      expect.objectContaining({ name: 'Петров Иван', numbers: [{ text: '89031112233 доб. 12', label: '' }] }),
    ]);
  });

  it('keep their keys when the sheet is sorted and other rows change', async () => {
    const before = await refreshed(folder.workbook('a.xlsx', [heading, olga, ivan]));
    const rows = [['Новые клиенты'], heading, ['Орлова', 'Анна', '', '84957654321'], ivan, olga];
    const after = await refreshed(folder.workbook('a.xlsx', rows));
    const keyOf = (reading: typeof before, name: string) => reading.entries.find((entry) => entry.name === name)!.key;
    for (const name of ['Петров Иван', 'Иванова Ольга Петровна']) expect(keyOf(after, name)).toBe(keyOf(before, name));
  });

  it('are left out where a row is nobody, which is told, and where it is blank or the heading again, which is not', async () => {
    const columns = ['ФИО', 'Телефон', 'Город'];
    const rows = [columns, ['Ольга', '89161234567', ''], ['', '', 'Тула'], ['', ' ', ''], columns, ['', '', '']];
    const { entries, reading } = await refreshed(folder.workbook('a.xlsx', rows));
    expect(names(entries)).toEqual(['Ольга']);
    expect(reading.skipped).toEqual([
      { code: 'entry.unreadable', values: { place: 'a.xlsx › Лист1!3' }, detail: null },
    ]);
  });

  it('are taken without the cells that hold errors, which are told with their row', async () => {
    const xml =
      sheetXml([
        ['ФИО', 'Телефон', 'Город'],
        ['Ольга', '89161234567', 'Тула'],
      ]) +
      '<row r="3"><c r="A3" t="str"><v>Иван</v></c><c r="B3" t="e"><f>VLOOKUP(A3,X:Y,2)</f><v>#N/A</v></c><c r="C3" t="e"><v>#REF!</v></c></row>' +
      '<row r="4"><c r="A4" t="str"><v>Анна</v></c><c r="B4"><f>B3+1</f></c></row>';
    const file = folder.write('a.xlsx', zipFile(workbookParts({ sheets: [{ name: 'Лист1', xml }] })));
    const { entries, reading } = await refreshed(file);
    expect(names(entries)).toEqual(['Анна', 'Иван', 'Ольга']);
    expect(reading.skipped).toEqual([
      { code: 'entry.cell-error', values: { place: 'a.xlsx › Лист1!3', text: '#N/A' }, detail: null },
      { code: 'entry.not-calculated', values: { place: 'a.xlsx › Лист1!4', text: '=B3+1' }, detail: null },
    ]);
  });

  it('come from a text table, up to where it was cut', async () => {
    const { entries, reading } = await refreshed(folder.write('a.csv', 'ФИО;Телефон\nОльга;89161234567\nИван;"8903'));
    expect(entries).toMatchObject([{ name: 'Ольга', place: 'a.csv › 2', open: { sheet: '', row: 2 } }]);
    expect(reading.skipped).toMatchObject([{ code: 'entry.unreadable', values: { place: 'a.csv › 3' } }]);
  });

  it('come from the first sheet that has numbers, hidden or not, or from those that were chosen', async () => {
    const sheets = [
      { name: 'Титул', xml: sheetXml([['Отчёт']]) },
      {
        name: 'Люди',
        xml: sheetXml([
          ['ФИО', 'Телефон'],
          ['Ольга', '89161234567'],
        ]),
        state: 'hidden' as const,
      },
      {
        name: 'Фирмы',
        xml: sheetXml([
          ['Организация', 'Телефон'],
          ['Ромашка', '84957654321'],
        ]),
      },
    ];
    const file = folder.write('a.xlsx', zipFile(workbookParts({ sheets })));
    expect((await refreshed(file)).entries).toMatchObject([{ name: 'Ольга' }]);
    const mapping = (sheet: string) => ({ file: 'a.xlsx', sheet, headerRow: 0, columns: [] });
    const chosen = await refreshed(file, { mappings: [mapping('Фирмы'), mapping('Люди')] });
    expect(chosen.entries).toMatchObject([{ firm: 'Ромашка' }, { name: 'Ольга' }]);
    await expect(refreshed(file, { mappings: [mapping('Склад')] })).rejects.toMatchObject({ code: 'directory.empty' });
  });

  it('are read by the mapping that is remembered, wherever its columns went', async () => {
    const columns = [
      { column: 0, heading: 'Кто', role: 'name' as const, label: '' },
      { column: 1, heading: 'Куда звонить', role: 'number' as const, label: 'work' },
    ];
    const mappings = [{ file: '', sheet: '', headerRow: 1, columns }];
    const file = folder.workbook('a.xlsx', [
      ['Город', 'Куда звонить', 'Кто'],
      ['Тула', 101, 'Ольга'],
    ]);
    const { entries } = await refreshed(file, { mappings });
    expect(entries).toMatchObject([{ name: 'Ольга', numbers: [{ text: '101', label: 'work' }], fields: [] }]);
  });
});

describe('a sheet that is read as the user said once', () => {
  const columns = ['ФИО', 'Телефон'].map((name, column) => {
    return { column, heading: name, role: column === 0 ? ('name' as const) : ('number' as const), label: '' };
  });
  const mappings = [{ file: '', sheet: '', headerRow: 1, columns }];
  const failure = (file: string) => refreshed(file, { mappings }).catch((error: unknown) => error);

  it('takes nobody away where it is empty now, or another table stands in its place', async () => {
    const file = folder.workbook('a.xlsx', [
      ['ФИО', 'Телефон'],
      ['Ольга', '89161234567'],
    ]);
    expect((await refreshed(file, { mappings })).entries).toHaveLength(1);
    folder.workbook('a.xlsx', [['ФИО', 'Телефон']]);
    expect(await failure(file)).toMatchObject({ code: 'directory.empty', values: { file: 'a.xlsx' } });
    folder.workbook('a.xlsx', [
      ['Код', 'Клиент', 'Связь'],
      ['К-1', 'Ольга', '89161234567'],
    ]);
    expect(await failure(file)).toMatchObject({ code: 'directory.no-numbers', values: { file: 'a.xlsx' } });
  });

  it('may have people without numbers, and no column of numbers at all', async () => {
    const file = folder.workbook('a.xlsx', [
      ['ФИО', 'Телефон'],
      ['Ольга', ''],
      ['Иван', '101'],
    ]);
    expect((await refreshed(file, { mappings })).entries).toHaveLength(2);
    const nameless = [{ ...mappings[0]!, columns: columns.slice(0, 1) }];
    expect((await refreshed(file, { mappings: nameless })).entries).toHaveLength(2);
  });
});

describe('a refresh of a sheet', () => {
  it('says how far it is, and ends when nobody wants it', async () => {
    const rows = Array.from({ length: 5000 }, (_each, index) => [`Клиент ${index}`, 89_160_000_000 + index]);
    const file = folder.workbook('a.xlsx', [['ФИО', 'Телефон'], ...rows]);
    const reading = new CollectedReading();
    await sheetSource(file).refresh(reading);
    expect(reading.told.at(-1)).toEqual({ done: 5000, total: 5000 });
    const stopped = new CollectedReading();
    stopped.stopping.abort();
    await expect(sheetSource(file).refresh(stopped)).rejects.toMatchObject({ code: 'directory.cancelled' });
  });

  it('reads nothing where the file is as it was, or only touched', async () => {
    const file = folder.workbook('a.xlsx', [heading, olga]);
    const { outcome } = await refreshed(file);
    const again = await refreshed(file, { cursor: outcome.cursor });
    expect(again.outcome).toEqual({ kind: 'unchanged', cursor: outcome.cursor });
    expect(again.entries).toEqual([]);
    utimesSync(file, new Date(), new Date(0));
    expect((await refreshed(file, { cursor: outcome.cursor })).outcome.kind).toBe('unchanged');
    const mappings = [{ file: '', sheet: '', headerRow: 1, columns: [] }];
    expect((await refreshed(file, { cursor: outcome.cursor, mappings })).outcome.kind).toBe('complete');
    expect((await refreshed(file, { cursor: 'not ours' })).outcome.kind).toBe('complete');
    folder.workbook('a.xlsx', [heading, olga, ivan]);
    expect((await refreshed(file, { cursor: outcome.cursor })).entries).toHaveLength(2);
  });

  it.each([
    ['not-found', () => path.join(folder.path, 'нет.xlsx')],
    ['empty', () => folder.path],
    ['empty', () => folder.workbook('a.xlsx', [])],
    [
      'no-header',
      () =>
        folder.workbook('a.xlsx', [
          ['a', 'b'],
          ['c', 'd'],
        ]),
    ],
    [
      'no-numbers',
      () =>
        folder.workbook('a.xlsx', [
          ['ФИО', 'Город'],
          ['Ольга', 'Тула'],
        ]),
    ],
  ])('fails with directory.%s and puts nothing', async (code, file) => {
    const reading = new CollectedReading();
    await expect(sheetSource(file()).refresh(reading)).rejects.toMatchObject({ code: `directory.${code}` });
    expect(reading.entries.size).toBe(0);
  });

  it.skipIf(process.getuid?.() === 0)('names a file that must not be read', async () => {
    const file = folder.workbook('a.xlsx', [heading, olga]);
    chmodSync(file, 0);
    await expect(refreshed(file)).rejects.toMatchObject({ code: 'directory.unreadable', values: { file: 'a.xlsx' } });
  });
});

describe('a folder of sheets', () => {
  const person = (name: string, number: number) => [
    ['ФИО', 'Телефон'],
    [name, number],
  ];
  const fill = () => {
    folder.workbook('a.xlsx', person('Ольга', 89161234567));
    folder.write('b.csv', 'ФИО;Телефон\nИван;89031112233\nАнна;89031112244\n');
    folder.workbook('~$a.xlsx', person('Никто', 89160000000));
    folder.write('.hidden.csv', 'ФИО;Телефон\nНикто;89031112233\n');
    folder.write('заметки.docx', 'x');
  };

  it('gives the entries of all its tables, the same number in two of them twice', async () => {
    fill();
    folder.workbook('c.xlsx', person('Ольга', 89161234567));
    const { entries, outcome } = await refreshed(folder.path);
    expect(outcome.kind).toBe('complete');
    expect(names(entries)).toEqual(['Анна', 'Иван', 'Ольга', 'Ольга']);
    expect((await refreshed(folder.path, { cursor: outcome.cursor })).outcome.kind).toBe('unchanged');
  });

  it('keeps what was read of a file that is broken now, and takes the changes of the others', async () => {
    fill();
    const first = await refreshed(folder.path);
    const keys = new Map(first.entries.map(({ name, key }) => [name, key]));
    folder.write('a.xlsx', 'PK broken');
    folder.write('b.csv', 'ФИО;Телефон\nИван;89031112233\nПётр;89031112255\n');
    const second = await refreshed(folder.path, { cursor: first.outcome.cursor });
    expect(second.outcome.kind).toBe('partial');
    expect(names(second.entries)).toEqual(['Иван', 'Пётр']);
    expect(second.reading.removed).toEqual([keys.get('Анна')]);
    expect(second.reading.skipped).toMatchObject([{ code: 'directory.broken-file', values: { file: 'a.xlsx' } }]);
    const same = await refreshed(folder.path, { cursor: second.outcome.cursor });
    expect(same.outcome.kind).toBe('unchanged');
    rmSync(path.join(folder.path, 'b.csv'));
    folder.workbook('c.xlsx', person('Яна', 89161230000));
    const third = await refreshed(folder.path, { cursor: second.outcome.cursor });
    expect(third.outcome.kind).toBe('partial');
    expect(third.reading.removed).toHaveLength(2);
    expect(third.reading.removed).not.toContain(keys.get('Ольга'));
    folder.workbook('a.xlsx', person('Ольга', 89161234567));
    const whole = await refreshed(folder.path, { cursor: third.outcome.cursor });
    expect(whole.outcome.kind).toBe('complete');
    expect(whole.entries.map(({ key }) => key)).toContain(keys.get('Ольга'));
  });

  it('is complete beside a file that could never be read, and fails where none can', async () => {
    fill();
    folder.write('d.xlsx', 'PK broken');
    const { outcome, reading } = await refreshed(folder.path);
    expect(outcome.kind).toBe('complete');
    expect(reading.skipped).toHaveLength(1);
    for (const name of ['a.xlsx', 'b.csv']) folder.write(name, '');
    await expect(refreshed(folder.path, { cursor: outcome.cursor })).rejects.toMatchObject({ code: 'directory.empty' });
  });

  it('forgets a file that is gone, and gives that of another name new entries', async () => {
    fill();
    const first = await refreshed(folder.path);
    renameSync(path.join(folder.path, 'a.xlsx'), path.join(folder.path, 'z.xlsx'));
    expect(existsSync(path.join(folder.path, 'a.xlsx'))).toBe(false);
    const second = await refreshed(folder.path, { cursor: first.outcome.cursor });
    expect(second.outcome.kind).toBe('complete');
    expect(second.entries.map(({ place }) => place)).toContain('z.xlsx › Лист1!2');
  });
});
