import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { readRows } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { fileWriter, keysOf, rowChange, TableFolder, targetOf } from '../workbook-writer.test-support.ts';

const folder = new TableFolder();
afterAll(() => folder.remove());
const writer = fileWriter(folder.path);

const table = [
  ['ФИО', 'Телефон', 'Статус', 'Комментарий'],
  ['Иванова Ольга', '8 (495) 123-45-67', 'новый', ''],
  ['Петров Иван', '8 (903) 111-22-33', 'новый', 'Звонить после 18'],
  ['Орлова Анна', '8 (916) 765-43-21', '', ''],
];

describe('a row of a closed workbook', () => {
  test('gets the results in its own columns and in new ones', async () => {
    const file = folder.workbook('own.xlsx', table);
    const key = (await keysOf(file)).get('Петров Иван')!;
    const written = await writer.write(targetOf(file), [
      rowChange(key, { Статус: 'заказал', Итог: 'Ждёт <счёт> & «договор»', Комментарий: '=1+1' }),
    ]);
    expect(written.rows).toMatchObject([{ kind: 'written', row: 3 }]);
    const rows = await readRows(file, 5);
    expect(rows.map(({ cells }) => cells)).toEqual([
      [...table[0]!, 'Итог'],
      [...table[1]!, ''],
      ['Петров Иван', '8 (903) 111-22-33', 'заказал', '=1+1', 'Ждёт <счёт> & «договор»'],
      [...table[3]!, ''],
    ]);
    expect(readFileSync(written.copy!).length).toBeGreaterThan(0);
  });
});
