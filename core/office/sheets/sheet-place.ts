import { hash } from 'node:crypto';
import type { SheetMapping } from '#contract/ipc/index.ts';

/** Where a sheet is, and how its rows are read. */
export interface SheetPlace {
  id: string;
  directoryId: string;
  directoryLabel: string;
  /** Name of the file, and its absolute path. */
  file: string;
  path: string;
  /** Empty for a text file. */
  sheet: string;
  /** As the user said; null where the sheet is recognised by its headings. */
  mapping: SheetMapping | null;
  /** Of its rows' keys; see `RowKeys`. */
  keyPrefix: string;
}

/** The same for the same sheet of the same file in a directory, wherever that is moved. */
export function sheetId(directoryId: string, file: string, sheet: string): string {
  return hash('sha256', JSON.stringify([directoryId, file, sheet]), 'base64url').slice(0, 22);
}

/** How a sheet of a file is read by what the directory is told: by its own mapping, or by that of all files. */
export function mappingFor(mappings: readonly SheetMapping[], file: string, sheet: string): SheetMapping | null {
  const own = mappings.filter((mapping) => mapping.file === file);
  const wanted = own.length > 0 ? own : mappings.filter((mapping) => mapping.file === '');
  const found = wanted.find((mapping) => mapping.sheet === sheet) ?? wanted.find((mapping) => mapping.sheet === '');
  return found ? { ...found, file, sheet } : null;
}
