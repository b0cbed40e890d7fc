/** What a spreadsheet takes for a formula; an export puts an apostrophe before it (`csv-text.ts` of the exports). */
const guarded = /^'(?=[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r])/;
/** A text that an export wrote as a formula, so that Excel takes no number for it: `="0042"`. */
const asFormula = /^="((?:[^"]|"")*)"$/;

/** The text of a field as it was before it was guarded against spreadsheets. */
export function bareField(field: string): string {
  if (field.startsWith("'")) return field.replace(guarded, '');
  const formula = asFormula.exec(field);
  return formula ? formula[1]!.replaceAll('""', '"') : field;
}
