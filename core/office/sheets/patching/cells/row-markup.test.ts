import { describe, expect, test } from 'vitest';
import { emptyContent, numberContent, textContent } from './cell-markup.ts';
import { columnLetters, rangeText, readRange } from './cell-place.ts';
import { patchRow, type NextCell } from './row-markup.ts';

function patched(row: string, cells: Record<number, NextCell>, rest = '<row r="8"><c r="A8"/></row>'): string | null {
  const next = new Map(Object.entries(cells).map(([column, cell]) => [Number(column), cell]));
  const done = patchRow(Buffer.from(row + rest), 7, next);
  if (!done) return null;
  expect(done.length).toBe(Buffer.byteLength(row));
  return done.bytes.toString();
}

const text =
  (given: string): NextCell =>
  (cell) =>
    textContent(given, cell && cell.style >= 0 ? cell.style : null);
const inline = (given: string) => `t="inlineStr"><is><t xml:space="preserve">${given}</t></is></c>`;

describe('a row of a sheet', () => {
  test('has one cell replaced, which keeps its style, and stays as it is beside it', () => {
    const row =
      '<row r="7" spans="1:3" x14ac:dyDescent="0.25"><c r="A7" t="s"><v>1</v></c><c r="B7" s="4" t="s"><v>2</v></c><!-- <c r="B7"> --><c r="C7"><f>A7&amp;"&lt;/row>"</f><v>3</v></c></row>';
    expect(patched(row, { 1: text('Да') })).toBe(
      row.replace('<c r="B7" s="4" t="s"><v>2</v></c>', `<c r="B7" s="4" ${inline('Да')}`),
    );
  });

  test('gets new cells between and behind those that it has, and spans them', () => {
    const row = '<row r="7" spans="1:3"><c r="A7"/><c r="C7"><v>1</v></c></row>';
    expect(patched(row, { 4: text('E'), 1: text('B') })).toBe(
      `<row r="7" spans="1:5"><c r="A7"/><c r="B7" ${inline('B')}<c r="C7"><v>1</v></c><c r="E7" ${inline('E')}</row>`,
    );
  });

  test('without cells becomes one with cells', () => {
    expect(patched('<row r="7" ht="20" />', { 0: text('A') })).toBe(
      `<row r="7" ht="20"><c r="A7" ${inline('A')}</row>`,
    );
    expect(patched('<row r="7"></row>', { 0: text('A') })).toBe(`<row r="7"><c r="A7" ${inline('A')}</row>`);
  });

  test('whose cells do not say where they are is counted through', () => {
    const row = '<row><c><v>1</v></c><c s="2"><v>2</v></c><c r="E7"/></row>';
    expect(patched(row, { 1: () => numberContent(46352.5, 2) })).toBe(
      '<row><c><v>1</v></c><c r="B7" s="2"><v>46352.5</v></c><c r="E7"/></row>',
    );
    expect(patched(row, { 2: text('C') })).toContain(`</c><c r="C7" ${inline('C')}<c r="E7"/>`);
  });

  test('of a sheet with prefixed names gets elements with the same prefix', () => {
    expect(patched('<x:row r="7"><x:c r="A7"/></x:row>', { 0: text('A') })).toBe(
      '<x:row r="7"><x:c r="A7" t="inlineStr"><x:is><x:t xml:space="preserve">A</x:t></x:is></x:c></x:row>',
    );
  });

  test('is emptied without losing a style, and nothing is made of a cell that is not there', () => {
    const row = '<row r="7"><c r="A7" s="3"><v>1</v></c></row>';
    const empty: NextCell = (cell) => emptyContent(cell?.style ?? null);
    expect(patched(row, { 0: empty, 1: empty })).toBe('<row r="7"><c r="A7" s="3"/></row>');
  });

  test('tells which cells are formulas, and the styles about a cell that is not there', () => {
    const seen: unknown[] = [];
    const look: NextCell = (cell, about) => {
      seen.push([cell?.hasFormula ?? null, about.row, about.before]);
      return null;
    };
    patched('<row r="7" s="5" customFormat="1"><c r="A7" s="2"><f>1</f></c></row>', { 0: look, 3: look });
    expect(seen).toEqual([
      [true, 5, -1],
      [null, 5, 2],
    ]);
  });

  test('that is not all there asks for more', () => {
    expect(patched('<row r="7"><c r="A7" s=">', {}, '')).toBeNull();
    expect(patched('<row r="7"><c r="A7"><v>1</v></c>', {}, '')).toBeNull();
  });

  test('holds any text as a text: signs of XML, escapes of a spreadsheet, formulas, what no XML can hold', () => {
    expect(patched('<row r="7"/>', { 0: text('=1 & <b> _x000D_\r\n\u0001\ud800"') })).toBe(
      `<row r="7"><c r="A7" ${inline('=1 &amp; &lt;b&gt; _x005F_x000D_\n"')}</row>`,
    );
  });
});

test('columns have letters', () => {
  expect([0, 25, 26, 701, 702, 16_383].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
  expect(readRange('$B$2:AA10')).toEqual({ left: 1, right: 26, top: 2, bottom: 10 });
  expect(rangeText({ left: 0, right: 2, top: 1, bottom: 5 })).toBe('A1:C5');
  expect(readRange('B2')).toEqual({ left: 1, right: 1, top: 2, bottom: 2 });
  expect([readRange(''), readRange('A:C'), readRange('A1:')]).toEqual([null, null, null]);
});
