import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TextDecoder } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readRows } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import {
  fileWriter,
  keysOf,
  refusal,
  rowChange,
  TableFolder,
  targetOf,
} from '#core/office/sheets/workbook-writer.test-support.ts';
import { encodeText } from './encode-text.ts';

const folder = new TableFolder();
afterAll(() => folder.remove());
const writer = fileWriter(folder.path);
let files = 0;
const at = new Date(2026, 10, 26, 14, 5).getTime();

async function written(
  content: string | Buffer,
  name: string,
  cells: Parameters<typeof rowChange>[1],
  expected: string | null = null,
) {
  const file = folder.write(`${++files}.csv`, content);
  const key = (await keysOf(file)).get(name)!;
  const { rows } = await writer.write(targetOf(file), [rowChange(key, cells, expected)]);
  return { outcome: rows[0]!, bytes: readFileSync(file), file };
}

async function attempt<T>(writing: Promise<T>): Promise<T | string> {
  const code = await refusal(writing);
  return code === 'written' ? await writing : code;
}

const table = 'ФИО;Телефон;Статус\r\nИванова Ольга;8 (495) 123-45-67;новый\r\n\r\nПетров Иван;8 (903) 111-22-33\r\n';

describe('a text table', () => {
  test('has other texts in the fields that are meant, and stays byte for byte beside them', async () => {
    const { bytes, outcome } = await written(table, 'Иванова Ольга', { Статус: 'ждёт; "договор"' });
    expect(outcome).toMatchObject({ kind: 'written', row: 2 });
    expect(bytes.toString()).toBe(table.replace('новый', '"ждёт; ""договор"""'));
  });

  test('gets new columns behind all others, in the rows that have something there', async () => {
    const wide = table.replace('новый', 'новый;;7');
    const { bytes } = await written(wide, 'Петров Иван', { Итог: 'да', Когда: { kind: 'date', at, withTime: true } });
    expect(bytes.toString()).toBe(
      wide.replace('Статус', 'Статус;;;Итог;Когда').replace('111-22-33', '111-22-33;;;;да;26.11.2026 14:05'),
    );
  });

  test('keeps its quotes: everything in quotes stays so, and what had none gets none', async () => {
    const quoted = '"ФИО","Телефон","Статус"\n"Иванова Ольга","84951234567",""\n';
    const { bytes } = await written(quoted, 'Иванова Ольга', { Статус: 'да', Итог: 'ещё' });
    expect(bytes.toString()).toBe('"ФИО","Телефон","Статус","Итог"\n"Иванова Ольга","84951234567","да","ещё"\n');
    const bare = 'ФИО,Телефон,Статус\nИванова Ольга,84951234567,"да, но"';
    expect((await written(bare, 'Иванова Ольга', { Статус: 'нет' })).bytes.toString()).toBe(
      bare.replace('да, но', 'нет'),
    );
  });

  test('with Excel’s own word on the delimiter, and with a line break in a field', async () => {
    const text = 'sep=|\nФИО|Телефон|Статус\n"Иванова\nОльга"|84951234567|новый\n';
    const { bytes } = await written(text, 'Иванова Ольга', { Статус: 'раз\r\nдва' });
    expect(bytes.toString()).toBe(text.replace('новый', '"раз\nдва"'));
  });

  test.each([
    ['UTF-8 with its mark', Buffer.from(`\ufeff${table}`), 'utf-8'],
    ['UTF-16', Buffer.from(`\ufeff${table}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, the other end first', Buffer.from(`\ufeff${table}`, 'utf16le').swap16(), 'utf-16be'],
    ['Windows-1251', encodeText(table, 'windows-1251'), 'windows-1251'],
    ['KOI8-R', encodeText(table, 'koi8-r'), 'koi8-r'],
    ['the table of DOS', encodeText(table, 'ibm866'), 'ibm866'],
  ])('stays in %s', async (_name, content, encoding) => {
    const { bytes } = await written(content, 'Иванова Ольга', { Статус: 'заказ', Итог: 'да' });
    const expected = table.replace('новый', 'заказ;да').replace('Статус', 'Статус;Итог');
    expect(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)).toBe(
      (/^utf/.test(encoding) ? '\ufeff' : '') + expected,
    );
  });

  test('takes no letter that its encoding has not, and writes no other one instead', async () => {
    const content = encodeText(table, 'windows-1251');
    const { outcome, bytes, file } = await written(content, 'Иванова Ольга', { Статус: 'да 👍' });
    expect(outcome).toMatchObject({
      kind: 'refused',
      report: {
        code: 'sheet.not-in-encoding',
        values: { file: path.basename(file), text: '👍' },
        detail: 'windows-1251',
      },
    });
    expect(bytes).toEqual(content);
  });

  test('holds what a spreadsheet would run as a text, and says the same to us', async () => {
    for (const text of ['=HYPERLINK("http://x")', '@SUM(A1)', '\t=1', ' =1']) {
      const { bytes, file } = await written(table, 'Иванова Ольга', { Статус: text });
      expect(bytes.toString()).toContain("'");
      expect((await readRows(file, 3))[1]!.cells[2]).toBe(text);
    }
    expect((await written(table, 'Иванова Ольга', { Статус: '+7 495' })).bytes.toString()).toContain(';+7 495\r');
  });

  test('tells of a field that says something else by now', async () => {
    const { outcome, bytes } = await written(table, 'Иванова Ольга', { Статус: 'да' }, 'старый');
    expect(outcome).toMatchObject({ kind: 'conflict', cells: [{ heading: 'Статус', now: 'новый' }] });
    expect(bytes.toString()).toBe(table);
  });

  test('has no links', async () => {
    const file = folder.write('links.csv', table);
    const change = { column: 1, links: true, country: 'RU', areaCode: '495' };
    expect(await refusal(writer.setLinks(targetOf(file), change))).toBe('sheet.unsupported');
  });
});

test(
  'any table with any texts is read back as it was written, and undone to the byte',
  { timeout: 60_000 },
  async () => {
    const text = fc.string({
      unit: fc.constantFrom('а', 'Ж', '"', ';', ',', '\n', '\t', ' ', '=', "'", 'x'),
      maxLength: 6,
    });
    // What begins with an apostrophe of its own may be read as guarded.
    const bare = text.filter((each) => !each.trim().startsWith("'"));
    const rows = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 });
    const end = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(
        rows,
        end,
        fc.constantFrom(';', ',', '\t'),
        bare,
        bare,
        fc.nat(),
        async (others, lineEnd, delimiter, own, added, which) => {
          const field = (given: string) =>
            /["\n;,\t]|^\s|\s$/.test(given) ? `"${given.replaceAll('"', '""')}"` : given;
          const lines = others.map(([one, two], index) => [`Клиент ${index}`, `8495123450${index}`, one, two]);
          const content = [['ФИО', 'Телефон', 'Статус', 'Прочее'], ...lines]
            .map((line) => line.map(field).join(delimiter))
            .join(lineEnd);
          const file = folder.write(`any-${++files}.csv`, content);
          const row = which % lines.length;
          const key = (await keysOf(file)).get(`Клиент ${row}`)!;
          const before = await readRows(file, 5);
          const written = await attempt(writer.write(targetOf(file), [rowChange(key, { Статус: own, Итог: added })]));
          // A table of two rows may be read with another delimiter once a text has that one more often.
          fc.pre(written !== 'sheet.failed');
          if (typeof written === 'string') throw new Error(written);
          const { copy } = written;
          const after = await readRows(file, 5);
          const expected = before.map((each) => ({ ...each, cells: [...each.cells] }));
          const isThere = (value: string) => value.trim() !== '';
          if (own.trim() !== lines[row]![2]!.trim()) expected[row + 1]!.cells[2] = own;
          if (isThere(added)) {
            expected[0]!.cells[4] = 'Итог';
            expected[row + 1]!.cells[4] = added;
          }
          expect(after.map(({ cells }) => cells.map((each) => each.trim()))).toEqual(
            expected.map(({ cells }) => cells.map((each) => each.trim())),
          );
          if (copy) await writer.undo(file);
          expect(readFileSync(file, 'utf8')).toBe(content);
        },
      ),
      { numRuns: 40 },
    );
  },
);
