import type { CellValue } from '#core/office/sheets/workbook-writer.ts';
import { cellText } from '../cells/cell-markup.ts';
import { dateText } from '../cells/date-value.ts';

/**
 * What a spreadsheet would run: an apostrophe before it makes it a text, and the reader of tables takes that off again.
 * A plus or minus stays as it is: numbers and notes begin with them far more often than attacks do, and a spreadsheet
 * makes no more than a sum of them.
 */
const formula = /^[\s\u200b-\u200f\u2060\ufeff]*[=@＝＠]|^[\t\r]/;

/** A value as it is written into a text table, without quotes. */
export function fieldText(value: CellValue): string {
  if (value.kind === 'empty') return '';
  if (value.kind === 'date') return dateText(value);
  const text = cellText(value.text);
  return formula.test(text) ? `'${text}` : text;
}

/** @param always the table puts quotes about everything */
export function quotedField(text: string, delimiter: string, always: boolean): string {
  const needed = /["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter);
  return needed || (always && text !== '') ? `"${text.replaceAll('"', '""')}"` : text;
}
