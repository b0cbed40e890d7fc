import { OffhookError } from '#contract/errors.ts';
import { openPart, scanPart, type SheetToRead, type TableFile } from '#core/contacts/directories/sheets/index.ts';
import type { WorkbookTarget } from '../workbook-writer.ts';
import { SheetSink, type PlacedRow, type SheetOutline } from './cells/sheet-sink.ts';
import { dateStyles, readCellStyles, type CellStyle } from './cells/sheet-styles.ts';
import type { SourceFile } from './files/source-file.ts';
import { openPackage, packageTable, type OpenPackage } from './package/open-package.ts';
import { chooseSheet } from './rows/choose-sheet.ts';

/** The sheet of a workbook that is to be written into. */
export interface OpenSheet {
  opened: OpenPackage;
  table: TableFile;
  sheet: SheetToRead;
  /** Name of its part. */
  part: string;
  styles: CellStyle[];
}

export async function openSheet(
  { handle, size }: SourceFile,
  target: Pick<WorkbookTarget, 'sheet' | 'mapping'>,
): Promise<OpenSheet> {
  const opened = await openPackage(handle, size);
  const table = packageTable(opened);
  const sheet = await chooseSheet(table, target);
  const { part } = opened.index.sheets.find(({ name }) => name === sheet.sheet)!;
  return { opened, table, sheet, part, styles: await readCellStyles(opened) };
}

/** A sheet is patched byte by byte, and only in UTF-8 are they those of its texts. */
function checkEncoding(start: Buffer): void {
  const declared = /^[^>]*\sencoding=["']([^"']*)["']/.exec(start.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
  const isWide = start[0] === 0xff || start[0] === 0xfe;
  if (isWide || !/^utf-?8$/i.test(declared))
    throw new OffhookError('sheet.unsupported', { detail: isWide ? 'XML in UTF-16' : `XML in ${declared}` });
}

/**
 * Reads the sheet to its end.
 * @param columns whose cells are wanted, counted from 0
 * @param each takes the rows that have something in these, as they come
 */
export async function scanSheet(
  { opened, part, sheet, styles }: OpenSheet,
  columns: readonly number[],
  each: (rows: readonly PlacedRow[]) => void,
): Promise<SheetOutline> {
  const sink = new SheetSink(columns, opened.texts, dateStyles(styles), sheet.headerRow);
  async function* checked() {
    let isFirst = true;
    for await (const chunk of openPart(opened.handle, opened.directory, part)) {
      if (isFirst) checkEncoding(chunk.bytes);
      isFirst = false;
      yield chunk;
    }
  }
  const progress = scanPart(checked(), sink);
  while (!(await progress.next()).done) each(sink.takeRows());
  each(sink.takeRows());
  return sink.outline;
}
