import { expect, test } from 'vitest';
import { office } from '#core/contacts/numbers/number-rules.test-support.ts';
import type { SheetLink, SheetOutline } from '../cells/sheet-sink.ts';
import { mostLinks } from './link-edits.ts';
import { LinkableCells } from './linkable-cells.ts';
import { telTarget } from './tel-target.ts';

test.each([
  ['8 (495) 123-45-67 доб. 12', 'tel:+74951234567;ext=12'],
  ['89161234567', 'tel:+79161234567'],
  ['тел. +7 916 123-45-67 (Ольга)', 'tel:+79161234567'],
  ['204', 'tel:204'],
  ['8 916 123-45-67; 8 916 123-45-68', null],
  ['звонить вечером', null],
  ['01.02.2026', null],
  ['112', null],
  ['"><script>', null],
  ['', null],
])('a cell with “%s” leads to %s', (text, target) => {
  expect(telTarget(text, office)).toBe(target);
});

test('a sheet gets no more links than it may have', () => {
  const cells = new LinkableCells(1, office);
  for (let row = 2; row < 6; row++) cells.look({ row, at: 0, cells: ['89161234567'], faults: null, formulas: null });
  const link: SheetLink = { range: { left: 5, right: 5, top: 1, bottom: 1 }, at: 0, end: 0, attributes: new Map() };
  const links = Array.from({ length: mostLinks - 2 }, () => link);
  const outline = { links, merged: [] } as Partial<SheetOutline> as SheetOutline;
  expect(cells.links(outline).map(({ reference }) => reference)).toEqual(['B2', 'B3']);
});
