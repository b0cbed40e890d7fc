import type { SheetMapping } from '#contract/ipc/index.ts';
import type { TableRow } from '../table.ts';
import { findHeading, possibleHeadings, type Heading } from './find-heading.ts';
import { foldHeading } from './heading-words.ts';
import { recogniseColumns, type MappedColumn } from './recognise-columns.ts';

/** Columns that are looked at before anybody has chosen. */
export const columnsLooked = 100;
/** Rows below the heading that tell what a column holds. */
const judgedRows = 200;

const columns = Array.from({ length: columnsLooked }, (_each, column) => column);

/** How a sheet is laid out: where its rows begin and what they hold. */
export type TableLayout = Pick<SheetMapping, 'headerRow' | 'columns'>;

/**
 * Recognises a sheet by its first rows.
 * @param headerRow what the user said; null to look for it, 0 for none
 */
export function recogniseLayout(rows: readonly TableRow[], headerRow: number | null): TableLayout {
  const said = possibleHeadings(rows).filter(({ row }) => row === headerRow);
  const given = rows.find(({ row }) => row === headerRow);
  const plain = given ? { row: given.row, texts: given.cells.map((text) => text.trim()) } : null;
  const heading = headerRow === null ? findHeading(rows) : (said.at(-1) ?? plain);
  const below = rows.filter(({ row }) => row > (heading?.row ?? 0)).slice(0, judgedRows);
  return { headerRow: heading?.row ?? 0, columns: recogniseColumns(heading, below, columns) };
}

const known = ({ heading, role }: MappedColumn) => heading !== '' && role !== 'ignored';

function agreement(heading: Heading, wanted: readonly MappedColumn[]): number {
  const there = new Set(heading.texts.map(foldHeading));
  return wanted.filter((column) => there.has(foldHeading(column.heading))).length;
}

/**
 * The remembered layout where the sheet has it now: rows may have been put above the heading, and columns between. What
 * is not found again stays where it was.
 */
export function locateLayout(layout: TableLayout, rows: readonly TableRow[]): TableLayout {
  const wanted = layout.columns.filter(known);
  if (layout.headerRow === 0 || wanted.length === 0) return layout;
  let best: Heading | null = null;
  let most = Math.ceil(wanted.length / 2) - 0.5;
  for (const heading of possibleHeadings(rows)) {
    const value = agreement(heading, wanted) + (heading.row === layout.headerRow ? 0.25 : 0);
    if (value > most) [best, most] = [heading, value];
  }
  if (!best) return layout;
  const texts = best.texts.map(foldHeading);
  const placeOf = (column: MappedColumn) => {
    const folded = foldHeading(column.heading);
    if (column.heading === '' || texts[column.column] === folded) return column.column;
    const first = texts.indexOf(folded);
    return first >= 0 && texts.lastIndexOf(folded) === first ? first : column.column;
  };
  return { headerRow: best.row, columns: layout.columns.map((column) => ({ ...column, column: placeOf(column) })) };
}
