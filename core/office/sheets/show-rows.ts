import { setImmediate } from 'node:timers/promises';
import type { SheetRow } from '#contract/ipc/index.ts';
import type { PeopleDirectory } from '#core/contacts/index.ts';
import { cutText, linesWithoutDeceit } from '#core/foundation/index.ts';
import type { SheetJournal } from './journal/sheet-journal.ts';
import type { KeptRow, SheetStore } from './journal/sheet-store.ts';
import type { TableRow } from './reading/sheet-reader.ts';

export interface ShownRows {
  store: SheetStore;
  journal: SheetJournal;
  directory: PeopleDirectory;
}

/** Rows that are matched in one turn of the agent's loop, in which calls ring. */
const rowsAtOnce = 20;
/** UTF-16 units of a cell. */
const longestCell = 2000;

function writingOf(
  sheetId: string,
  key: string,
  kept: KeptRow | undefined,
  journal: SheetJournal,
): SheetRow['writing'] {
  const open = journal.openOf(sheetId, key);
  if (open?.state === 'waiting' || open?.state === 'gone') return open.state;
  if (open) return 'conflict';
  return kept?.writtenAt ? 'written' : 'none';
}

/** Rows as windows show them: with who it is, what came of it here, and when somebody last called. */
export async function showRows(sheetId: string, rows: readonly TableRow[], services: ShownRows): Promise<SheetRow[]> {
  const { store, journal, directory } = services;
  const keys = rows.map(({ key }) => key);
  const partyKeys = [...new Set(rows.flatMap(({ numbers }) => numbers.map(({ partyKey }) => partyKey)))];
  const [kept, lastCalls] = await Promise.all([store.rows(sheetId, keys), store.lastCalls(partyKeys)]);
  const words = new Map(kept.map((row) => [row.key, row]));
  const shown: SheetRow[] = [];
  for (const [index, { numbers, ...row }] of rows.entries()) {
    if (index > 0 && index % rowsAtOnce === 0) await setImmediate();
    const word = words.get(row.key);
    const calls = numbers.map(({ partyKey }) => lastCalls.get(partyKey) ?? 0);
    const lastCalledAt = Math.max(word?.calledAt ?? 0, ...calls);
    shown.push({
      ...row,
      cells: row.cells.map((text) => cutText(linesWithoutDeceit(text), longestCell)),
      numbers: numbers.map(({ column, text, dial, display, extension }) => ({
        column,
        text,
        dial,
        display,
        extension,
      })),
      match: numbers[0] ? directory.glance({ number: numbers[0].partyKey, withheld: false }) : null,
      result: word?.result ?? null,
      writing: writingOf(sheetId, row.key, word, journal),
      lastCalledAt: lastCalledAt === 0 ? null : lastCalledAt,
    });
  }
  return shown;
}
