import type { FileHandle } from 'node:fs/promises';
import { OffhookError } from '#contract/errors.ts';
import {
  ElementSink,
  largestIndex,
  openPart,
  readCellText,
  readPart,
  readWorkbookParts,
  RowSink,
  scanPart,
  type CellText,
  type RowBatch,
  type TableFile,
  type WorkbookParts,
} from '#core/contacts/directories/sheets/index.ts';
import { readZipLayout, type ZipLayout } from './zip-layout.ts';

/** A workbook's file, open for finding out what is written where. */
export interface OpenPackage extends WorkbookParts {
  handle: FileHandle;
  layout: ZipLayout;
  texts: CellText;
}

const markedAsFinal = /name="_MarkAsFinal"[^>]*>\s*<[^>]*bool>\s*(?:true|1)\s*</i;

/** A small part as text; empty where there is none. */
export async function partText(
  { handle, directory }: Pick<OpenPackage, 'handle' | 'directory'>,
  name: string,
): Promise<string> {
  const entry = directory.get(name.toLowerCase());
  if (!entry) return '';
  const pieces: Buffer[] = [];
  for await (const { bytes } of readPart(handle, entry, largestIndex)) pieces.push(Buffer.from(bytes));
  return Buffer.concat(pieces).toString('utf8');
}

/** What the one who made the workbook said about changing it. */
export async function checkPackage(handle: FileHandle, parts: WorkbookParts): Promise<void> {
  const names = [...parts.directory.keys()];
  // The signature of macros is about the macros alone, and stays good.
  if (names.some((name) => name.startsWith('_xmlsignatures/'))) throw new OffhookError('sheet.signed');
  const properties = await partText({ handle, directory: parts.directory }, 'docProps/custom.xml');
  if (markedAsFinal.test(properties)) throw new OffhookError('sheet.final');
  const main = names.find((name) => name === 'xl/workbook.xml');
  if (main === undefined) return;
  const sharing = new ElementSink('workbook', {
    fileSharing: (attributes) => {
      const hasPassword = attributes.has('reservationPassword') || attributes.has('hashValue');
      if (hasPassword) throw new OffhookError('sheet.read-only', { detail: 'a password is asked for before writing' });
    },
  });
  await parts.readIndex(main, sharing);
}

export async function openPackage(handle: FileHandle, size: number): Promise<OpenPackage> {
  const parts = await readWorkbookParts(handle, size);
  await checkPackage(handle, parts);
  const layout = await readZipLayout(handle, size);
  return { ...parts, handle, layout, texts: await readCellText(handle, parts) };
}

/** The package as a table, for what is recognised by its first rows. */
export function packageTable(opened: OpenPackage): TableFile {
  const { handle, directory, index, texts } = opened;
  return {
    sheets: index.sheets.map(({ name }) => name),
    async *rows(sheet, columns): AsyncGenerator<RowBatch> {
      const found = index.sheets.find(({ name }) => name === sheet);
      if (!found) return;
      const sink = new RowSink(columns, texts);
      for await (const share of scanPart(openPart(handle, directory, found.part), sink)) {
        const { rows } = sink;
        sink.rows = [];
        if (rows.length > 0) yield { rows, share };
      }
    },
    close: async () => undefined,
  };
}
