import { ElementSink } from './element-sink.ts';
import { numberFormat, plainFormat, type NumberFormat } from './number-format.ts';
import type { ReadIndex } from './workbook-index.ts';

const mostFormats = 100_000;

/** The number format of each style that a cell may name (ECMA-376 part 1, 18.8.10). */
export async function readCellFormats(part: string | null, read: ReadIndex): Promise<NumberFormat[]> {
  if (part === null) return [];
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  const sink = new ElementSink('styleSheet', {
    numFmt: (attributes) => codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? ''),
    cellXfs: () => (inCells = true),
    cellStyleXfs: () => (inCells = false),
    // What comes next; the styles of differences (`dxfs`) have formats of their own.
    cellStyles: () => (inCells = false),
    dxfs: () => (inCells = false),
    xf: (attributes) => {
      if (inCells && ids.length < mostFormats) ids.push(Number(attributes.get('numFmtId') ?? 0));
    },
  });
  await read(part, sink);
  return ids.map((id) => {
    const format = numberFormat(id, codes.get(id) ?? null);
    return format.kind === 'plain' ? plainFormat : format;
  });
}
