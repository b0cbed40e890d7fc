/** `+7 495 123-45-67` and the like: digits alone, which no spreadsheet can be made to run. */
const telephoneNumber = /^\+\d[\d \u00a0().-]{3,30}$/;
/**
 * What makes a spreadsheet take a text for a formula, the full-width signs included, also behind spaces and characters
 * that are not seen. https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^(?:[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r])/;

/** Puts an apostrophe before what a spreadsheet would take for a formula; telephone numbers stay as they are. */
export function disarm(text: string): string {
  return formula.test(text) && !telephoneNumber.test(text) ? `'${text}` : text;
}

/**
 * A field as RFC 4180 has it. Quoted for either separator: a program that expects the other one must not find the
 * beginning of a cell inside a text.
 */
export function quote(text: string): string {
  return /["\r\n,;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
