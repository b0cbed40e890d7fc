import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportColumn, type LoggedCall } from '#contract/ipc/index.ts';
import { answered, start } from '#core/call-log/call-archive.test-support.ts';
import { layoutOfCalls } from './call-columns.ts';
import { CsvTable } from './csv-table.ts';
import { disarm, quote } from './csv-text.ts';
import { exportRequestOf } from './export-request.test-support.ts';
import { loggedCallOf } from './logged-call.test-support.ts';
import { parseCsv } from './parse-csv.test-support.ts';

const awkward = fc.stringMatching(/^[=+\-@\t\r\n"';, а-яA-Z0-9]{0,12}$/);
const anyText = fc.oneof(awkward, fc.string({ unit: 'binary' }));

function bytesOf(language: 'ru' | 'en', ...calls: LoggedCall[]): Buffer {
  const chunks: Uint8Array[] = [];
  const table = new CsvTable(layoutOfCalls(exportRequestOf({ language })), (bytes) => void chunks.push(bytes));
  void table.add(calls);
  return Buffer.concat(chunks);
}

describe('a field of CSV', () => {
  it('comes back as it was, whatever is in it and whichever separator is expected', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyText, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        (rows) => {
          for (const separator of [';', ',']) {
            const text = rows.map((row) => `${row.map(quote).join(separator)}\r\n`).join('');
            expect(parseCsv(text, separator)).toEqual(rows);
          }
        },
      ),
    );
  });

  it('is no formula, and differs from the text by an apostrophe at most', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const armed = disarm(text);
        expect([text, `'${text}`]).toContain(armed);
        if (!/^\+\d[\d \u00a0().-]+$/.test(armed)) expect(armed).not.toMatch(/^\s*[=+\-@]|^[\t\r]/);
      }),
    );
  });

  it.each([
    '=HYPERLINK("http://x","y")',
    "+cmd|' /C calc'!A0",
    '-2+3',
    '@SUM(1)',
    '\t=1',
    ' =1',
    '\u200b=1',
    '＝1+1',
    '+7495=1+1',
  ])('loses its power: %j', (text) => expect(disarm(text)).toBe(`'${text}`));

  it.each(['+7 495 123-45-67', '+44 20 7946 0018', '+7\u00a0903\u00a0000-00-42', '110', 'Ольга = Демидова', "O'Neil"])(
    'is left alone: %j',
    (text) => expect(disarm(text)).toBe(text),
  );
});

describe('a CSV file', () => {
  const call = loggedCallOf(
    answered(0, { name: 'Иванов; "Ольга", ООО', number: '+79030000042', display: '+7 903 000-00-42', sipStatus: 200 }),
    { annotation: { note: 'первая строка\r\nвторая\u0007', tags: ['опт', 'vip'], outcome: '=1+1', followUpAt: start } },
  );

  it('begins with a byte order mark, has the separator of its language and ends each row by CRLF', () => {
    for (const [language, separator] of [
      ['ru', ';'],
      ['en', ','],
    ] as const) {
      const bytes = bytesOf(language, call);
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const rows = parseCsv(bytes.toString('utf8').slice(1), separator);
      expect(rows[0]).toEqual(exportColumn.options);
      expect(rows[1]).toHaveLength(exportColumn.options.length);
      expect(bytes.toString('utf8').endsWith('\r\n')).toBe(true);
    }
  });

  it('says of a call what the window says, by the clock of where it was, durations in seconds', () => {
    const [keys = [], values = []] = parseCsv(bytesOf('ru', call).toString('utf8').slice(1), ';');
    const fields = Object.fromEntries(keys.map((key, index) => [key, values[index]]));
    expect(fields).toMatchObject({
      date: '15.01.2026',
      time: '12:00:00',
      direction: 'Входящий',
      name: 'Иванов; "Ольга", ООО',
      number: '+7 903 000-00-42',
      disposition: 'разговор',
      waiting: '5',
      talking: '25',
      outcome: "'=1+1",
      note: 'первая строка\nвторая',
      tags: 'опт, vip',
      handled: '',
      recording: 'нет',
      sipStatus: '200',
    });
  });

  it('shows the name as known now beside the name of then, and a withheld number as such', () => {
    const other = loggedCallOf(answered(0, { name: 'Оля', number: null, display: '', withheld: true }), {
      person: { id: 'p', name: 'Ольга Демидова' },
    });
    const [keys = [], values = []] = parseCsv(bytesOf('en', other).toString('utf8').slice(1), ',');
    const fields = Object.fromEntries(keys.map((key, index) => [key, values[index]]));
    expect(fields).toMatchObject({
      date: '2026-01-15',
      name: 'Ольга Демидова',
      nameThen: 'Оля',
      number: 'Номер скрыт',
    });
  });
});
