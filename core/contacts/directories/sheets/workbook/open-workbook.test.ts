import { afterAll, describe, expect, it } from 'vitest';
import { openTableFile } from '../open-table-file.ts';
import { cellsOf, readRows, TableFolder } from '../table-files.test-support.ts';
import { workbookParts, type WrittenWorkbook } from './workbook.test-support.ts';
import { zipFile } from './zip-file.test-support.ts';

const folder = new TableFolder();
afterAll(() => folder.remove());

const written = (given: WrittenWorkbook, options = {}) =>
  folder.write('book.xlsx', zipFile(workbookParts(given), options));
const sheet = (xml: string, rest: Partial<WrittenWorkbook> = {}) =>
  written({ sheets: [{ name: 'Лист1', xml }], ...rest });

describe('cells of a workbook', () => {
  it('are texts shared or inline, with runs joined, and without how they are pronounced', async () => {
    const strings =
      '<si><t>Ольга</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">ООО </t></r><r><t>«Ромашка»</t></r></si>' +
      '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si><si/><si><t>A &amp;amp; &#1041;&#x44F;</t></si>';
    const cells = [0, 1, 2, 3, 4].map((index) => `<c r="${'ABCDE'[index]}1" t="s"><v>${index}</v></c>`).join('');
    const inline = '<c r="F1" t="inlineStr"><is><r><t>раз</t></r><r><t><![CDATA[ & два]]></t></r></is></c>';
    const file = sheet(`<row r="1">${cells}${inline}</row>`, { strings });
    expect(cellsOf(await readRows(file, 6))).toEqual([
      ['Ольга', 'ООО «Ромашка»', '東京', '', 'A &amp; Бя', 'раз & два'],
    ]);
  });

  it('keep their spaces and line breaks, also those that XML cannot hold', async () => {
    const strings = '<si><t xml:space="preserve"> a\r\nb_x000D_\n_x005F_x0041_ &lt;c&gt;&quot;&apos; </t></si>';
    const file = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', { strings });
    expect(cellsOf(await readRows(file, 1))).toEqual([[' a\nb\r\n_x0041_ <c>"\' ']]);
  });

  it.each([
    ['89161234567', '89161234567'],
    ['8.9161234567E+10', '89161234567'],
    ['8.9161234567000000e10', '89161234567'],
    ['89161234566.999996', '89161234567'],
    ['0.1', '0.1'],
    ['-2.5', '-2.5'],
    ['0.30000000000000004', '0.3'],
    ['12345678901234567890', '12345678901234567890'],
    ['1E+21', '1000000000000000000000'],
    ['', ''],
  ])('of a number %s are the shortest exact text: %s', async (raw, text) => {
    const rows = await readRows(sheet(`<row r="1"><c r="A1"><v>${raw}</v></c><c r="B1"><v>1</v></c></row>`), 2);
    expect(cellsOf(rows)).toEqual([[text, '1']]);
  });

  it('of days, times and percents are read by their format', async () => {
    const codes = [
      'dd.mm.yyyy',
      '[h]:mm',
      'dd.mm.yyyy hh:mm',
      '0.00%',
      '"8 "(000) 000-00-00',
      '0000',
      '#,##0.00" руб."',
      '[Red]General',
    ];
    const formats = codes.map(
      (code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
    );
    const xfs = [14, ...codes.map((_code, index) => 164 + index)].map((id) => `<xf numFmtId="${id}"/>`);
    const styles = `<numFmts>${formats.join('')}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>${xfs.join('')}</cellXfs>`;
    const values = ['46037', '46037.5', '1.25', '46037.40625', '0.125', '9161234567', '42', '1500', '7'];
    const cells = values.map((value, index) => `<c r="${'ABCDEFGHI'[index]}1" s="${index}"><v>${value}</v></c>`);
    const rows = await readRows(sheet(`<row r="1">${cells.join('')}</row>`, { styles }), 9);
    expect(cellsOf(rows)).toEqual([
      ['2026-01-15', '2026-01-15', '30:00', '2026-01-15 09:45', '12.5%', '8 (916) 123-45-67', '0042', '1500', '7'],
    ]);
  });

  it('of days count from 1900 with its wrong leap year, or from 1904', async () => {
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
    const xml =
      '<row><c s="0"><v>1</v></c><c s="0"><v>59</v></c><c s="0"><v>61</v></c><c s="0"><v>89161234567</v></c></row>';
    expect(cellsOf(await readRows(sheet(xml, { styles }), 4))).toEqual([
      ['1900-01-01', '1900-02-28', '1900-03-01', '89161234567'],
    ]);
    expect(cellsOf(await readRows(sheet(xml, { styles, date1904: true }), 1))).toEqual([['1904-01-02']]);
  });

  it('of formulas are what was calculated; errors, and what was not, are told', async () => {
    const xml =
      '<row r="3"><c r="A3" t="str"><f>B3&amp;""</f><v>89161234567</v></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>' +
      '<c r="C3"><f>VLOOKUP(A3,X:Y,2)</f></c><c r="D3" t="b"><v>1</v></c><c r="E3" t="e"><v>#N/A</v></c>' +
      '<c r="F3" t="d"><v>2026-01-15</v></c><c r="G3" t="str"><f>""</f><v></v></c></row>';
    expect(await readRows(sheet(xml), 7)).toEqual([
      {
        row: 3,
        cells: ['89161234567', '', '', 'TRUE', '', '2026-01-15', ''],
        faults: [
          { index: 1, kind: 'error', text: '#DIV/0!' },
          { index: 2, kind: 'not-calculated', text: '=VLOOKUP(A3,X:Y,2)' },
          { index: 4, kind: 'error', text: '#N/A' },
        ],
      },
    ]);
  });

  it('that are longer than a cell may be are cut, and that is told', async () => {
    const long = 'я'.repeat(200_000);
    const rows = await readRows(sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>${long}</t></is></c></row>`), 1);
    expect(rows[0]!.cells[0]).toBe('я'.repeat(32_767));
    expect(rows[0]!.faults).toEqual([{ index: 0, kind: 'cut', text: '' }]);
    const strings = `<si><t>${'b'.repeat(40_000)}</t></si>`;
    const shared = await readRows(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', { strings }), 1);
    expect(shared[0]).toMatchObject({ cells: ['b'.repeat(32_767)], faults: [{ index: 0, kind: 'cut' }] });
  });
});

describe('rows of a workbook', () => {
  it('have their numbers, in any order, and count on where they have none', async () => {
    const row = (at: string, text: string) => `<row${at}><c><v>${text}</v></c></row>`;
    const rows = await readRows(sheet(row(' r="7"', '1') + row(' spans="1:1" r="3"', '2') + row('', '3')), 1);
    expect(rows.map(({ row: number, cells }) => [number, cells[0]])).toEqual([
      [7, '1'],
      [3, '2'],
      [4, '3'],
    ]);
  });

  it('have their cells by reference, or one after the other where there is none', async () => {
    const xml =
      "<row r='1'><c r='B1' ><v>b</v></c><c><v>c</v></c><c r=\"AA1\"><v>aa</v></c></row><row r=\"2\"><c ><v>1</v></c><c/><c s='0'\n t='str'><v>x</v></c></row>";
    const table = await openTableFile(sheet(xml));
    const batches = [];
    for await (const { rows } of table.rows('Лист1', [26, 2, 0])) batches.push(...rows);
    await table.close();
    expect(cellsOf(batches)).toEqual([
      ['aa', 'c', ''],
      ['', 'x', '1'],
    ]);
  });

  it('are read in the strict dialect and with prefixed names', async () => {
    const prefixed =
      '<?xml version="1.0"?><!-- made by hand --><x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const strings = '<x:si xmlns:x="u"><x:t>Ольга</x:t></x:si>';
    const file = written({ sheets: [{ name: 'A', xml: prefixed }], strings, strict: true });
    expect(cellsOf(await readRows(file, 2))).toEqual([['Ольга', '2']]);
  });

  it('come through whatever the pieces in which the parts are unpacked', async () => {
    const count = 3000;
    const xml = Array.from(
      { length: count },
      (_each, index) =>
        `<row r="${index + 1}"><c r="A${index + 1}" t="s"><v>${index}</v></c><c r="B${index + 1}" t="inlineStr"><is><t>Ёж ${index} ☎</t></is></c></row>`,
    );
    const strings = Array.from({ length: count }, (_each, index) => `<si><t>Иванов «${index}»</t></si>`);
    const rows = await readRows(sheet(xml.join('\n  '), { strings: strings.join('\n') }), 2);
    expect(cellsOf(rows)).toEqual(
      Array.from({ length: count }, (_each, index) => [`Иванов «${index}»`, `Ёж ${index} ☎`]),
    );
  });
});

describe('a workbook', () => {
  it('has its sheets in order and by name, hidden ones too', async () => {
    const cell = (text: string) => `<row><c t="str"><v>${text}</v></c></row>`;
    const file = written({
      sheets: [
        { name: 'A &amp; B', xml: cell('one') },
        { name: 'Скрытый', xml: cell('two'), state: 'hidden' },
      ],
    });
    const table = await openTableFile(file);
    expect(table.sheets).toEqual(['A & B', 'Скрытый']);
    await table.close();
    expect(cellsOf(await readRows(file, 1, 'Скрытый'))).toEqual([['two']]);
  });

  it.each([
    ['with macros', 'application/vnd.ms-excel.sheet.macroEnabled.main+xml'],
    ['of a template', 'application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml'],
  ])('%s is read like any other', async (_what, contentType) => {
    expect(cellsOf(await readRows(sheet('<row><c><v>1</v></c></row>', { contentType }), 1))).toEqual([['1']]);
  });

  it('is read from a ZIP64 file, with stored parts, and in UTF-16', async () => {
    const parts = workbookParts({ sheets: [{ name: 'A', xml: '<row><c t="str"><v>Ольга</v></c></row>' }] });
    const wide = parts.map((part) =>
      part.name.includes('sheet1') ? { ...part, data: Buffer.from(`\ufeff${part.data as string}`, 'utf16le') } : part,
    );
    const file = folder.write(
      'book.xlsx',
      zipFile(
        wide.map((part) => ({ ...part, stored: true })),
        { zip64: true },
      ),
    );
    expect(cellsOf(await readRows(file, 1))).toEqual([['Ольга']]);
  });
});
