import type { SheetColumn, SheetRow } from '#contract/ipc/index.ts';
import { cellAt, columnOf } from './table-columns.ts';

/** `missing`: the row has nothing there, and `text` is the heading. */
export interface ScriptPart {
  kind: 'text' | 'value' | 'missing';
  text: string;
}

const placeholder = /\{([^{}\n]{1,200})\}/g;

/** The script with the row's cells for `{heading}`. What names no column stays as it was written. */
export function fillScript(script: string, row: SheetRow, columns: readonly SheetColumn[]): ScriptPart[] {
  const parts: ScriptPart[] = [];
  let from = 0;
  for (const match of script.matchAll(placeholder)) {
    const column = columnOf(columns, match[1]!);
    if (!column) continue;
    if (match.index > from) parts.push({ kind: 'text', text: script.slice(from, match.index) });
    const value = cellAt(row, columns, column.column).trim();
    parts.push(value === '' ? { kind: 'missing', text: column.heading } : { kind: 'value', text: value });
    from = match.index + match[0].length;
  }
  return from < script.length ? [...parts, { kind: 'text', text: script.slice(from) }] : parts;
}
