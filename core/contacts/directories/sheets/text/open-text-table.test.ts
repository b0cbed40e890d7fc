import { afterAll, describe, expect, it } from 'vitest';
import { disarm, quote } from '#core/exports/csv-text.ts';
import fc from 'fast-check';
import { cellsOf, readRows, TableFolder } from '../table-files.test-support.ts';
import { RecordScanner } from './record-scanner.ts';

const folder = new TableFolder();
afterAll(() => folder.remove());

const read = async (content: string | Uint8Array, columns = 3) =>
  cellsOf(await readRows(folder.write('a.csv', content), columns));
/** Bytes of Cyrillic letters in the old tables. */
function encoded(text: string, upper: number, lower: (code: number) => number): Buffer {
  return Buffer.from(
    [...text].map((letter) => {
      const code = letter.codePointAt(0)! - 0x410;
      if (code < 0 || code > 63) return letter.codePointAt(0)! & 0x7f;
      return code < 32 ? upper + code : lower(code - 32);
    }),
  );
}

const text = 'Имя;Телефон;Город\r\nОльга Иванова;8 (916) 123-45-67;Москва\r\n';
const expected = [
  ['Имя', 'Телефон', 'Город'],
  ['Ольга Иванова', '8 (916) 123-45-67', 'Москва'],
];
const koi8 = 'юабцдефгхийклмнопярстужвьызшэщчъ';
const inKoi8 = (content: string) =>
  Buffer.from(
    [...content].map((letter) => {
      const at = koi8.indexOf(letter.toLowerCase());
      if (at < 0) return letter.codePointAt(0)! & 0x7f;
      return (letter === letter.toLowerCase() ? 0xc0 : 0xe0) + at;
    }),
  );

describe('the encoding of a text table', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 LE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 LE', Buffer.from(text, 'utf16le')],
    ['UTF-16 BE with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 BE', Buffer.from(text, 'utf16le').swap16()],
    ['Windows-1251', encoded(text, 0xc0, (code) => 0xe0 + code)],
    ['DOS 866', encoded(text, 0x80, (code) => (code < 16 ? 0xa0 + code : 0xe0 + code - 16))],
    ['KOI8-R', inKoi8(text)],
  ])('is found: %s', async (_name, bytes) => expect(await read(bytes)).toEqual(expected));

  it('is found where only a late line tells, and where a character lies across two pieces', async () => {
    const lines = `${'plain;1;2\n'.repeat(60_000)}`;
    const late = Buffer.concat([Buffer.from(lines), encoded('Москва;1;2\n', 0xc0, (code) => 0xe0 + code)]);
    expect((await read(late)).at(-1)).toEqual(['Москва', '1', '2']);
    const across = `a;${'я'.repeat(200)};c\n`.repeat(2000);
    expect(new Set((await read(across)).map(([, letters]) => letters))).toEqual(new Set(['я'.repeat(200)]));
  });
});

describe('the delimiter of a text table', () => {
  it.each([
    [';', 'Имя;Телефон;Город\nОльга;8 (495) 1, доб. 2;Тула\nИван;2;Тверь, Тула'],
    [',', 'Имя,Телефон,Город\nОльга,1,Тула\n"Иванов; Иван",2,Тверь'],
    ['\t', 'Имя\tТелефон\tГород\nОльга\t1,2,3\tТула; Тверь'],
    ['|', 'Имя|Телефон|Город\nОльга|1;2|Тула'],
  ])('is found: %j', async (_delimiter, content) => {
    const rows = await read(content);
    expect(rows[0]).toEqual(['Имя', 'Телефон', 'Город']);
    expect(rows.every((cells) => cells[2] !== '')).toBe(true);
  });

  it('is what a first line of Excel says, which is no row', async () => {
    expect(await readRows(folder.write('a.csv', 'sep=^\r\nОльга^1;2;3\r\n'), 2)).toEqual([
      { row: 1, cells: ['Ольга', '1;2;3'], faults: null },
    ]);
  });
});

describe('the fields of a text table', () => {
  it('may be quoted, hold line breaks and quotes, and be fewer in some rows', async () => {
    const rows = await readRows(folder.write('a.csv', '"ООО ""Ромашка""";"раз\r\nдва";x\r\nОльга\r\n\r\n;;z;more'), 3);
    expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
      [1, 'ООО "Ромашка"', 'раз\r\nдва', 'x'],
      [2, 'Ольга', '', ''],
      [4, '', '', 'z'],
    ]);
  });

  it('keep the rows behind a quote that is never closed, or only a sign', async () => {
    expect(await read('a;b;c\n"Ромашка" ООО;1;2\n"Лютик;3;4\nОльга;5;6\n"Астра" ЗАО;7;8')).toEqual([
      ['a', 'b', 'c'],
      ['Ромашка ООО', '1', '2'],
      ['"Лютик', '3', '4'],
      ['Ольга', '5', '6'],
      ['Астра ЗАО', '7', '8'],
    ]);
  });

  it('tell of a file that is cut in the middle of one', async () => {
    const rows = await readRows(folder.write('a.csv', 'Ольга;1;"да"\nИван;2;"н'), 3);
    expect(rows.at(-1)).toEqual({ row: 2, cells: ['Иван', '2', 'н'], faults: [{ index: -1, kind: 'cut', text: '' }] });
  });

  it('come back from our own exports as they were, and from formulas that keep zeros', async () => {
    expect(await read(`"'=1+1";"=""0042""";'+7 abc\n'-2;+7 495 123-45-67;'quoted'\n`)).toEqual([
      ['=1+1', '0042', '+7 abc'],
      ['-2', '+7 495 123-45-67', "'quoted'"],
    ]);
  });

  it('come back whatever they hold and however the text comes in pieces', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'я', '"', ';', '\n', '\r', ',', ' ', '=', '☎') });
    const rowsOf = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rowsOf, fc.integer({ min: 1, max: 7 }), (rows, size) => {
        const content = rows.map((row) => row.map(quote).join(';')).join('\r\n');
        const scanner = new RecordScanner(';');
        const records = [];
        for (let at = 0; at < content.length; at += size) records.push(...scanner.write(content.slice(at, at + size)));
        records.push(...scanner.end());
        expect(records.map(({ fields }) => fields)).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });

  it('are guarded against spreadsheets only on the way', async () => {
    const texts = ['=1+1', '@SUM(1)', '-2', '+7 495 123-45-67', 'Ольга', '\t=x'];
    const content = `${texts.map((each) => quote(disarm(each))).join(';')}\n`;
    expect(await read(content, texts.length)).toEqual([texts]);
  });
});
