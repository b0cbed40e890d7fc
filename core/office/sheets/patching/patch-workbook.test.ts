import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readRows } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { sheetXml } from '#core/contacts/directories/sheets/workbook/workbook.test-support.ts';
import { keysOf, rowChange, targetOf } from '../workbook-writer.test-support.ts';
import {
  BookFolder,
  headings,
  keysOfRows,
  people,
  sheetPart,
  table,
  whole,
  xmlOf,
} from './book-folder.test-support.ts';
import { changedParts, rawParts } from './package/zip-parts.test-support.ts';

const books = new BookFolder();
afterAll(() => books.folder.remove());

describe('a row of a closed workbook', () => {
  test('gets the results in its own columns and in new ones, and nothing else of the package changes', async () => {
    const picture = { name: 'xl/media/image1.png', data: Buffer.from([137, 80, 78, 71]), stored: true };
    const file = books.book(sheetXml(table), {}, [picture, { name: 'xl/vbaProject.bin', data: 'macros' }]);
    const before = rawParts(file);
    expect(
      await books.write(file, 'Петров Иван', {
        Статус: 'заказал',
        Итог: 'Ждёт <счёт> & «договор»',
        Комментарий: '=1+1',
      }),
    ).toMatchObject({ kind: 'written', row: 3 });
    expect((await readRows(file, 5)).map(({ cells }) => cells)).toEqual([
      [...headings, 'Итог'],
      [...people[0]!, ''],
      ['Петров Иван', '8 (903) 111-22-33', 'заказал', '=1+1', 'Ждёт <счёт> & «договор»'],
      [...people[2]!, ''],
    ]);
    expect(changedParts(before, rawParts(file))).toEqual([sheetPart]);
  });

  test('is found again in the column that was added before', async () => {
    const file = books.book(sheetXml(table));
    await books.write(file, 'Петров Иван', { 'Итог звонка': 'да' });
    await books.write(file, 'Орлова Анна', { 'ИТОГ  звонка': 'нет' });
    expect((await readRows(file, 6)).map(({ cells }) => cells.slice(4))).toEqual([
      ['Итог звонка', ''],
      ['', ''],
      ['да', ''],
      ['нет', ''],
    ]);
  });

  test('of a ZIP64 file and of one with a strict sheet is written the same', async () => {
    for (const file of [books.book(sheetXml(table), {}, [], true), books.book(sheetXml(table), { strict: true })]) {
      expect(await books.write(file, 'Орлова Анна', { Статус: 'да' })).toMatchObject({ kind: 'written', row: 4 });
      expect((await readRows(file, 3))[3]!.cells[2]).toBe('да');
    }
  });

  test('is found where it is now: the table was sorted, rows came and went', async () => {
    const file = books.book(sheetXml(table));
    const key = (await keysOf(file)).get('Петров Иван')!;
    const moved = books.book(sheetXml([headings, people[2]!, ['Новая Яна', '8 (495) 700-00-00', '', ''], people[1]!]));
    const { rows } = await books.writer.write(targetOf(moved), [rowChange(key, { Статус: 'да' })]);
    expect(rows).toMatchObject([{ kind: 'written', row: 4 }]);
    expect((await readRows(moved, 3))[3]!.cells).toEqual(['Петров Иван', '8 (903) 111-22-33', 'да']);
  });

  test('that is gone is told, and the others are written', async () => {
    const file = books.book(sheetXml(table));
    const keys = await keysOf(file);
    const left = books.book(sheetXml([headings, people[0]!, people[2]!]));
    const changes = ['Петров Иван', 'Орлова Анна'].map((name) => rowChange(keys.get(name)!, { Статус: 'да' }));
    const { rows } = await books.writer.write(targetOf(left), changes);
    expect(rows).toMatchObject([{ kind: 'gone' }, { kind: 'written', row: 3 }]);
  });

  test('of two with the same name and number is the one where it was, and else nobody knows which', async () => {
    const twice = [headings, people[0]!, people[0]!];
    const file = books.book(sheetXml(twice));
    const keys = [...(await keysOfRows(file)).entries()];
    const [, second] = keys[1]!;
    const where = { key: keys[1]![0], row: second };
    expect((await books.writer.write(targetOf(file), [rowChange(where, { Статус: 'да' })])).rows).toMatchObject([
      { kind: 'written', row: 3 },
    ]);
    const moved = books.book(sheetXml([headings, people[1]!, ...twice.slice(1)]));
    expect((await books.writer.write(targetOf(moved), [rowChange(where, { Статус: 'да' })])).rows).toMatchObject([
      { kind: 'several' },
    ]);
  });

  test('with an id is known by it, whatever else of it changed', async () => {
    const ids = [['Код', ...headings], ...people.map((row, index) => [`К-${17 + index * 3}`, ...row])];
    const file = books.book(sheetXml(ids));
    const key = (await keysOf(file)).get('Петров Иван')!;
    const other = books.book(sheetXml([ids[0]!, ids[3]!, ['К-20', 'Петрова Инна', '8 (812) 555-00-11', '', '']]));
    const { rows } = await books.writer.write(targetOf(other), [rowChange(key, { Статус: 'да' })]);
    expect(rows).toMatchObject([{ kind: 'written', row: 3 }]);
  });

  test('is read by the mapping, in the sheet and under the headings that it names', async () => {
    const rows = sheetXml([['Прайс'], [], ['Имя', 'Куда звонить'], ['Ольга', '84951234567'], ['Иван', '89031112233']]);
    const sheets = [
      { name: 'Пусто', xml: '' },
      { name: 'Люди', xml: rows },
    ];
    const file = books.book('', { sheets });
    const columns = [
      { column: 0, heading: 'Имя', role: 'name' as const, label: '' },
      { column: 1, heading: 'Куда звонить', role: 'number' as const, label: '' },
    ];
    const mapping = { file: '', sheet: 'Люди', headerRow: 3, columns };
    const key = (await keysOf(file, [mapping])).get('Иван')!;
    const target = targetOf(file, { sheet: 'Люди', mapping, keyPrefix: 'папка/\n' });
    const prefixed = { ...key, key: `папка/\n${key.key}` };
    expect((await books.writer.write(target, [rowChange(prefixed, { Итог: 'да' })])).rows).toMatchObject([
      { kind: 'written', row: 5 },
    ]);
    expect((await readRows(file, 3, 'Люди')).map(({ cells }) => cells[2])).toEqual(['', 'Итог', '', 'да']);
  });
});

describe('what somebody else wrote', () => {
  test('is a conflict, of which nothing of the row is written', async () => {
    const file = books.book(sheetXml(table));
    const key = (await keysOf(file)).get('Петров Иван')!;
    const change = rowChange(key, { Статус: 'заказал', Комментарий: 'ждёт' }, 'новый');
    const before = xmlOf(file);
    const { rows, copy } = await books.writer.write(targetOf(file), [change]);
    expect(rows).toEqual([
      { id: change.id, kind: 'conflict', row: 3, cells: [{ heading: 'Комментарий', now: 'Звонить после 18' }] },
    ]);
    expect([xmlOf(file), copy]).toEqual([before, null]);
  });

  test('is none where it is what was to be written', async () => {
    const file = books.book(sheetXml(table));
    expect(await books.write(file, 'Петров Иван', { Статус: 'да' }, 'новый')).toMatchObject({ kind: 'written' });
    expect(await books.write(file, 'Петров Иван', { Статус: ' да ' }, 'новый')).toMatchObject({ kind: 'written' });
    expect(await books.write(file, 'Петров Иван', { Статус: 'нет' }, 'новый')).toMatchObject({ kind: 'conflict' });
  });

  test('is held against the row as it becomes by the changes before', async () => {
    const file = books.book(sheetXml(table));
    const key = (await keysOf(file)).get('Петров Иван')!;
    const changes = [rowChange(key, { Статус: 'да' }, 'новый'), rowChange(key, { Статус: 'нет' }, 'да')];
    const { rows } = await books.writer.write(targetOf(file), changes);
    expect(rows.map(({ kind }) => kind)).toEqual(['written', 'written']);
    expect((await readRows(file, 3))[2]!.cells[2]).toBe('нет');
  });

  test.each([
    ['a formula', '<c r="C2"><f>1+1</f><v>2</v></c>', ''],
    [
      'one of a formula that fills a range',
      '<c r="C2"><v>2</v></c>',
      '<row r="9"><c r="B9"><f t="array" ref="B2:C9">A1:A2</f><v>1</v></c></row>',
    ],
  ])('as %s is never written over', async (_what, cell, more) => {
    const [head, first] = sheetXml([headings, ['Иванова Ольга', '84951234567']]).split('<row r="2">');
    const file = books.book(`${head}<row r="2">${first!.replace('</row>', `${cell}</row>`)}${more}`);
    const before = xmlOf(file);
    expect(await books.write(file, 'Иванова Ольга', { Статус: 'да' }, 'новый')).toMatchObject({
      kind: 'conflict',
      cells: [{ now: '2' }],
    });
    for (const expected of [null, '2'])
      expect(await books.write(file, 'Иванова Ольга', { Статус: 'да' }, expected)).toMatchObject({
        kind: 'refused',
        report: { code: 'sheet.formula', values: { heading: 'Статус', file: path.basename(file) } },
      });
    expect(await books.write(file, 'Иванова Ольга', { Статус: '2' })).toMatchObject({ kind: 'written' });
    expect(xmlOf(file)).toBe(before);
  });

  test('as a merged cell that covers the one that is meant is told', async () => {
    const file = books.book(whole(sheetXml(table), '', '<mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells>'));
    expect(await books.write(file, 'Петров Иван', { Статус: 'да' })).toMatchObject({
      kind: 'refused',
      report: { code: 'sheet.failed' },
    });
    expect(await books.write(file, 'Иванова Ольга', { Статус: 'да' })).toMatchObject({ kind: 'written' });
  });
});

describe('a change that no cell can take', () => {
  test('is refused by itself', async () => {
    const file = books.book(sheetXml(table));
    expect(await books.write(file, 'Орлова Анна', { Статус: 'x'.repeat(32_768) })).toMatchObject({
      kind: 'refused',
      report: { code: 'sheet.text-too-long' },
    });
    expect(await books.write(file, 'Орлова Анна', { Статус: 'x'.repeat(32_767) })).toMatchObject({ kind: 'written' });
  });

  test('is refused where there is no row of headings to add one to', async () => {
    const file = books.book(sheetXml(people));
    const columns = [
      { column: 0, heading: '', role: 'name' as const, label: '' },
      { column: 1, heading: '', role: 'number' as const, label: '' },
    ];
    const mapping = { file: '', sheet: '', headerRow: 0, columns };
    const [[key, row]] = [...(await keysOfRows(file)).entries()] as [[string, number]];
    const { rows } = await books.writer.write(targetOf(file, { mapping }), [rowChange({ key, row }, { Итог: 'да' })]);
    expect(rows).toMatchObject([
      { kind: 'refused', report: { code: 'sheet.column-unknown', values: { heading: 'Итог' } } },
    ]);
  });
});
