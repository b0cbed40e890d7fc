import type { FileHandle } from 'node:fs/promises';
import { readingError } from '../reading-error.ts';
import type { RowBatch, TableFile } from '../table.ts';
import { readCellFormats } from './cell-formats.ts';
import { CellText } from './cell-text.ts';
import { largestSheet, readPart } from './read-part.ts';
import { RowSink } from './row-sink.ts';
import { scanPart, scanWholePart } from './scan-part.ts';
import { SharedStrings } from './shared-strings.ts';
import { indexReader, readWorkbookIndex, type ReadIndex, type WorkbookIndex } from './workbook-index.ts';
import { readZipDirectory, type ZipDirectory } from './zip-archive.ts';

/** A workbook of Office Open XML (ECMA-376), of which a sheet is read row by row and never held as a whole. */
class Workbook implements TableFile {
  readonly sheets: readonly string[];
  private readonly handle: FileHandle;
  private readonly directory: ZipDirectory;
  private readonly index: WorkbookIndex;
  private readonly readIndex: ReadIndex;
  private texts: Promise<CellText> | null = null;

  constructor(handle: FileHandle, directory: ZipDirectory, index: WorkbookIndex, readIndex: ReadIndex) {
    this.handle = handle;
    this.directory = directory;
    this.index = index;
    this.readIndex = readIndex;
    this.sheets = index.sheets.map(({ name }) => name);
  }

  async *rows(sheet: string, columns: readonly number[]): AsyncGenerator<RowBatch> {
    const found = this.index.sheets.find(({ name }) => name === sheet);
    if (!found) throw readingError('directory.empty', `no sheet ${sheet}`);
    this.texts ??= this.readTexts();
    const sink = new RowSink(columns, await this.texts);
    for await (const share of scanPart(this.part(found.part), sink)) {
      if (sink.rows.length === 0) continue;
      const { rows } = sink;
      sink.rows = [];
      yield { rows, share };
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private part(name: string) {
    const entry = this.directory.get(name.toLowerCase());
    if (!entry) throw readingError('directory.broken-file', `${name} is missing`);
    return readPart(this.handle, entry, largestSheet);
  }

  private async readTexts(): Promise<CellText> {
    const { sharedStrings, styles, date1904 } = this.index;
    const strings = sharedStrings === null ? null : new SharedStrings();
    if (strings && this.directory.has(sharedStrings!.toLowerCase()))
      await scanWholePart(this.part(sharedStrings!), strings);
    return new CellText(strings, await readCellFormats(styles, this.readIndex), date1904);
  }
}

/** Takes the handle over, and closes it if it is no workbook. */
export async function openWorkbook(handle: FileHandle, fileSize: number): Promise<TableFile> {
  const directory = await readZipDirectory(handle, fileSize);
  const readIndex = indexReader(handle, directory);
  const index = await readWorkbookIndex(directory, readIndex);
  if (index.sheets.length === 0) throw readingError('directory.empty', 'no sheet');
  return new Workbook(handle, directory, index, readIndex);
}
