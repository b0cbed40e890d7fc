import type { FileHandle } from 'node:fs/promises';
import { readingError } from '../reading-error.ts';
import type { RowBatch, TableFile } from '../table.ts';
import { readCellFormats } from './cell-formats.ts';
import { CellText } from './cell-text.ts';
import { largestSheet, readPart, type PartChunk } from './read-part.ts';
import { RowSink } from './row-sink.ts';
import { scanPart, scanWholePart } from './scan-part.ts';
import { SharedStrings } from './shared-strings.ts';
import { indexReader, readWorkbookIndex, type ReadIndex, type WorkbookIndex } from './workbook-index.ts';
import { readZipDirectory, type ZipDirectory } from './zip-archive.ts';

export interface WorkbookParts {
  directory: ZipDirectory;
  index: WorkbookIndex;
  readIndex: ReadIndex;
}

/** The parts of a workbook that say how it is built. The handle stays whoever's it is. */
export async function readWorkbookParts(handle: FileHandle, fileSize: number): Promise<WorkbookParts> {
  const directory = await readZipDirectory(handle, fileSize);
  const readIndex = indexReader(handle, directory);
  const index = await readWorkbookIndex(directory, readIndex);
  if (index.sheets.length === 0) throw readingError('directory.empty', 'no sheet');
  return { directory, index, readIndex };
}

/** What is needed to say what the cells of a workbook hold. */
export async function readCellText(
  handle: FileHandle,
  { directory, index, readIndex }: WorkbookParts,
): Promise<CellText> {
  const { sharedStrings, styles, date1904 } = index;
  const strings = sharedStrings === null ? null : new SharedStrings();
  if (strings && directory.has(sharedStrings!.toLowerCase()))
    await scanWholePart(openPart(handle, directory, sharedStrings!), strings);
  return new CellText(strings, await readCellFormats(styles, readIndex), date1904);
}

/** Unpacks a sheet or the texts of all sheets. */
export function openPart(handle: FileHandle, directory: ZipDirectory, name: string): AsyncGenerator<PartChunk> {
  const entry = directory.get(name.toLowerCase());
  if (!entry) throw readingError('directory.broken-file', `${name} is missing`);
  return readPart(handle, entry, largestSheet);
}

/** A workbook of Office Open XML (ECMA-376), of which a sheet is read row by row and never held as a whole. */
class Workbook implements TableFile {
  readonly sheets: readonly string[];
  private readonly handle: FileHandle;
  private readonly parts: WorkbookParts;
  private texts: Promise<CellText> | null = null;

  constructor(handle: FileHandle, parts: WorkbookParts) {
    this.handle = handle;
    this.parts = parts;
    this.sheets = parts.index.sheets.map(({ name }) => name);
  }

  async *rows(sheet: string, columns: readonly number[]): AsyncGenerator<RowBatch> {
    const { directory, index } = this.parts;
    const found = index.sheets.find(({ name }) => name === sheet);
    if (!found) throw readingError('directory.empty', `no sheet ${sheet}`);
    this.texts ??= readCellText(this.handle, this.parts);
    const sink = new RowSink(columns, await this.texts);
    for await (const share of scanPart(openPart(this.handle, directory, found.part), sink)) {
      if (sink.rows.length === 0) continue;
      const { rows } = sink;
      sink.rows = [];
      yield { rows, share };
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Takes the handle over, and closes it if it is no workbook. */
export async function openWorkbook(handle: FileHandle, fileSize: number): Promise<TableFile> {
  return new Workbook(handle, await readWorkbookParts(handle, fileSize));
}
