import type { FileHandle } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { readingError } from '../reading-error.ts';
import type { CellFault, RowBatch, TableFile, TableRow } from '../table.ts';
import { bareField } from './bare-field.ts';
import { findDelimiter } from './find-delimiter.ts';
import { RecordScanner, type TextRecord } from './record-scanner.ts';
import { findEncoding, type TextEncoding } from './text-encoding.ts';

const chunkSize = 256 * 1024;
/** UTF-16 units at the beginning that the delimiter is found by. */
export const sampleLength = 64 * 1024;
const longestText = 32_767;

/** A table of separated values. Its only sheet has no name. */
class TextTable implements TableFile {
  readonly sheets = [''];
  private readonly handle: FileHandle;
  private readonly fileSize: number;
  private readonly encoding: TextEncoding;

  constructor(handle: FileHandle, fileSize: number, encoding: TextEncoding) {
    this.handle = handle;
    this.fileSize = fileSize;
    this.encoding = encoding;
  }

  async *rows(_sheet: string, columns: readonly number[]): AsyncGenerator<RowBatch> {
    let scanner: RecordScanner | null = null;
    let row = 0;
    for await (const { text, share } of textPieces(this.handle, this.fileSize, this.encoding)) {
      const found: { delimiter: string; start: number } = scanner
        ? { delimiter: '', start: 0 }
        : findDelimiter(text.slice(0, sampleLength));
      scanner ??= new RecordScanner(found.delimiter);
      const records = scanner.write(text.slice(found.start));
      if (share === 1) records.push(...scanner.end());
      const rows = records.map((record) => toRow(record, ++row, columns)).filter((each) => each !== null);
      if (rows.length > 0) yield { rows, share };
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** A file as text. The first piece is long enough to find the delimiter by; the last has a share of 1. */
export async function* textPieces(
  handle: FileHandle,
  fileSize: number,
  encoding: TextEncoding,
): AsyncGenerator<{ text: string; share: number }> {
  const decoder = new TextDecoder(encoding);
  const buffer = Buffer.alloc(chunkSize);
  for (let position = 0; position < fileSize;) {
    const { bytesRead } = await handle.read(buffer, 0, chunkSize, position);
    position = bytesRead === 0 ? fileSize : position + bytesRead;
    const last = position >= fileSize;
    const text = decoder.decode(buffer.subarray(0, bytesRead), { stream: !last });
    if (text.includes('\0')) throw readingError('directory.unsupported-file', 'no text');
    yield { text, share: last ? 1 : position / fileSize };
  }
}

/** @returns null for a record that has nothing in the columns asked for */
export function toRow({ fields, cut }: TextRecord, row: number, columns: readonly number[]): TableRow | null {
  const faults: CellFault[] = [];
  const cells = columns.map((column, index) => {
    const field = bareField(fields[column] ?? '');
    if (field.length > longestText) faults.push({ index, kind: 'cut', text: '' });
    return field.slice(0, longestText);
  });
  if (cut) faults.push({ index: -1, kind: 'cut', text: '' });
  if (faults.length === 0 && cells.every((text) => text.trim() === '')) return null;
  return { row, cells, faults: faults.length > 0 ? faults : null };
}

export async function openTextTable(handle: FileHandle, fileSize: number): Promise<TableFile> {
  return new TextTable(handle, fileSize, await findEncoding(handle));
}
