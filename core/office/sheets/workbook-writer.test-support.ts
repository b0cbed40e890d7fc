import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import type { SheetMapping } from '#contract/ipc/index.ts';
import { refreshed, TableFolder } from '#core/contacts/directories/sheets/table-files.test-support.ts';
import { systemClock, type Clock } from '#core/foundation/index.ts';
import { FileWorkbookWriter } from './file-workbook-writer.ts';
import type { CellChange, RowChange, WorkbookTarget } from './workbook-writer.ts';

export function fileWriter(folder: string, given: { clock?: Clock; onReady?: () => void } = {}): FileWorkbookWriter {
  const { clock = systemClock, onReady } = given;
  const keptFolder = path.join(folder, 'kept');
  return new FileWorkbookWriter({ keptFolder, clock, newId: randomUUID, ...(onReady && { onReady }) });
}

export function targetOf(file: string, given: Partial<WorkbookTarget> = {}): WorkbookTarget {
  return { file, sheet: '', mapping: null, keyPrefix: '', ...given };
}

/** Keys and rows of a table's entries by their names, as the address book has them. */
export async function keysOf(
  file: string,
  mappings: SheetMapping[] = [],
): Promise<Map<string, { key: string; row: number }>> {
  const { entries } = await refreshed(file, { mappings });
  return new Map(
    entries.map(({ key, name, firm, open }) => [name || firm, { key, row: open?.kind === 'sheet' ? open.row : 0 }]),
  );
}

let ids = 0;

/** Texts for columns of a row, whatever is there now. */
export function rowChange(
  { key, row }: { key: string; row: number | null },
  cells: Record<string, string | CellChange['value']>,
  expected: string | null = null,
): RowChange {
  ids += 1;
  return {
    id: ids,
    key,
    row,
    cells: Object.entries(cells).map(([heading, given]) => {
      return { heading, value: typeof given === 'string' ? { kind: 'text', text: given } : given, expected };
    }),
  };
}

/** The code of what a promise rejects with. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof OffhookError ? error.code : `a bug: ${String(error)}`;
  }
  return 'written';
}

export { TableFolder };
