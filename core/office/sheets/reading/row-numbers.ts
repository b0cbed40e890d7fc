import { rowNumbers } from '#core/contacts/directories/sheets/index.ts';
import {
  findNumbers,
  formatParsed,
  matchKeyOf,
  readNumber,
  type NumberRules,
  type ParsedNumber,
} from '#core/contacts/index.ts';
import { showLine } from '#core/foundation/index.ts';
import type { RowNumber } from './sheet-reader.ts';
import { unpackCells, type SheetTable, type TableEntry } from './sheet-table.ts';

const mostNumbers = 10;
const longestText = 200;

/** What to dial for it: in one form, whatever stands around it in the cell. */
function dialText(number: ParsedNumber, rules: NumberRules): string {
  if (number.extension === null) return number.number;
  const text = `${number.number},${number.extension}`;
  return readNumber(text, rules)?.extension === number.extension ? text : number.number;
}

/** The numbers of a row by the office's rules, each once. */
export function numbersOf(table: SheetTable, entry: TableEntry, rules: NumberRules): RowNumber[] {
  const found = new Map<string, RowNumber>();
  for (const { text, column } of rowNumbers(unpackCells(entry.cells), table.numberColumns)) {
    for (const number of findNumbers(text, rules)) {
      const dial = dialText(number, rules);
      if (found.has(dial) || found.size === mostNumbers) continue;
      found.set(dial, {
        column,
        text: showLine(text, longestText),
        dial,
        display: formatParsed(number),
        extension: number.extension,
        partyKey: matchKeyOf(number).key,
        emergency: number.kind === 'emergency',
      });
    }
  }
  return [...found.values()];
}
