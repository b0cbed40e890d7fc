import type { FileHandle } from 'node:fs/promises';
import {
  findDelimiter,
  findEncoding,
  RecordScanner,
  sampleLength,
  textPieces,
  toRow,
  type TableRow,
  type TextEncoding,
} from '#core/contacts/directories/sheets/index.ts';
import { byteLength } from './encode-text.ts';

/** A record as a row, and as it is written. */
export interface PlacedRecord extends TableRow {
  /** Of the record, in bytes of the file. */
  at: number;
  raw: string;
  /** Beginning and end of each field in `raw`. */
  places: number[];
  /** The last field, counted from 0, that has anything in it; -1 for none. */
  last: number;
}

export interface TextForm {
  encoding: TextEncoding;
  delimiter: string;
}

/** Bytes of a byte order mark, which is no part of the text. */
async function markLength(handle: FileHandle, encoding: TextEncoding): Promise<number> {
  const start = Buffer.alloc(3);
  await handle.read(start, 0, 3, 0);
  const marks = { 'utf-8': 'efbbbf', 'utf-16le': 'fffe', 'utf-16be': 'feff' } as const;
  const mark = encoding in marks ? marks[encoding as keyof typeof marks] : '';
  return mark !== '' && start.toString('hex').startsWith(mark) ? mark.length / 2 : 0;
}

/** How a text table is recognised by whoever reads it next. */
export async function readForm(handle: FileHandle, size: number): Promise<TextForm> {
  const encoding = await findEncoding(handle);
  for await (const { text } of textPieces(handle, size, encoding))
    return { encoding, delimiter: findDelimiter(text.slice(0, sampleLength)).delimiter };
  return { encoding, delimiter: '' };
}

/**
 * Reads a text table to its end as the reader of tables does.
 * @param columns whose fields are wanted, counted from 0
 * @param each takes every record, also one with nothing in these columns
 */
export async function scanRecords(
  { handle, size }: { handle: FileHandle; size: number },
  columns: readonly number[],
  each: (record: PlacedRecord) => void,
): Promise<TextForm> {
  const encoding = await findEncoding(handle);
  let at = await markLength(handle, encoding);
  let scanner: RecordScanner | null = null;
  let delimiter = '';
  let rest = '';
  let position = 0;
  let row = 0;
  for await (const piece of textPieces(handle, size, encoding)) {
    let { text } = piece;
    if (!scanner) {
      const found = findDelimiter(text.slice(0, sampleLength));
      ({ delimiter } = found);
      at += byteLength(text.slice(0, found.start), encoding);
      text = text.slice(found.start);
      scanner = new RecordScanner(delimiter, { placing: true });
    }
    rest += text;
    const records = scanner.write(text);
    if (piece.share === 1) records.push(...scanner.end());
    for (const record of records) {
      const { start, next, fields } = record;
      row += 1;
      const raw = rest.slice(start - position, next - position);
      const shown = toRow(record, row, columns) ?? { row, cells: columns.map(() => ''), faults: null };
      const places = record.places.map((place) => place - start);
      each({ ...shown, at, raw, places, last: fields.findLastIndex((field) => field.trim() !== '') });
      at += byteLength(raw, encoding);
    }
    const done = records.at(-1)?.next ?? position;
    rest = rest.slice(done - position);
    position = done;
  }
  return { encoding, delimiter };
}
