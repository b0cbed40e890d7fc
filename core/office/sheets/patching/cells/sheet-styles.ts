import {
  ElementSink,
  numberFormat,
  type NumberFormat,
  type WorkbookParts,
} from '#core/contacts/directories/sheets/index.ts';

/** A cell style (`xf` of `cellXfs`, ECMA-376 part 1, 18.8.45) as far as it matters here. */
export interface CellStyle {
  format: NumberFormat['kind'];
  /** Font, fill and border, as one text. */
  look: string;
  /** Locked where the sheet is protected; so are cells without a style. */
  locked: boolean;
}

const mostStyles = 100_000;

export async function readCellStyles({ index, readIndex }: WorkbookParts): Promise<CellStyle[]> {
  if (index.styles === null) return [];
  const codes = new Map<number, string>();
  const found: { id: number; look: string; locked: boolean }[] = [];
  let inCells = false;
  const end = () => (inCells = false);
  const sink = new ElementSink('styleSheet', {
    numFmt: (attributes) => codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? ''),
    cellXfs: () => (inCells = true),
    cellStyleXfs: end,
    cellStyles: end,
    dxfs: end,
    xf: (attributes) => {
      if (!inCells || found.length >= mostStyles) return;
      const look = ['fontId', 'fillId', 'borderId'].map((name) => attributes.get(name) ?? '0').join(' ');
      found.push({ id: Number(attributes.get('numFmtId') ?? 0), look, locked: true });
    },
    protection: (attributes) => {
      const last = found.at(-1);
      if (inCells && last) last.locked = !/^(?:0|false)$/.test(attributes.get('locked') ?? '1');
    },
  });
  await readIndex(index.styles, sink);
  return found.map(({ id, look, locked }) => ({ format: numberFormat(id, codes.get(id) ?? null).kind, look, locked }));
}

const isDate = ({ format }: CellStyle) => format === 'date' || format === 'moment';

/** Numbers of the styles that show a number as a day or a moment. */
export function dateStyles(styles: readonly CellStyle[]): Set<number> {
  return new Set(styles.flatMap((style, index) => (isDate(style) ? [index] : [])));
}

/**
 * The style in which a date is written: the cell's own where it is one of dates, the one that dates of the column have,
 * one that looks like the cell, or any. Null where the workbook has none: a style cannot be added without changing more
 * than the sheet.
 * @param own -1 for none
 */
export function dateStyleFor(
  styles: readonly CellStyle[],
  own: number,
  ofColumn: number | undefined,
  withTime: boolean,
): number | null {
  const wanted = withTime ? 'moment' : 'date';
  const candidates = [...dateStyles(styles)];
  const look = styles[Math.max(0, own)]?.look;
  const value = (index: number) => {
    const { format, look: its } = styles[index]!;
    if (index === own) return 8;
    return (index === ofColumn ? 4 : 0) + (its === look ? 2 : 0) + (format === wanted ? 1 : 0);
  };
  return candidates.reduce<number | null>(
    (best, index) => (best === null || value(index) > value(best) ? index : best),
    null,
  );
}
