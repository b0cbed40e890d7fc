/** Direction overrides turn around what is shown (Unicode TR 36); control characters are nothing to show. */
const unfit = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufffd\ud800-\udfff]/u;
const spaces = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const unfitInLines = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const unfitInNotes = /[\u202a-\u202e\u2066-\u2069]|(?![\t\n])\p{Cc}/gu;
/** Halves of characters, and what a wrong decoding left: what the disk would not give back as it was. */
const broken = /[\ufffd\ud800-\udfff]/gu;

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not through the middle of a character.
  const end = /[\ud800-\udbff]/.test(text[most - 1]!) ? most - 1 : most;
  return text.slice(0, end);
}

/** Text of one line as it may be stored and shown, at most `most` UTF-16 units long. */
export function cleanLine(text: string, most: number): string {
  const bounded = text.length > most * 2 ? text.slice(0, most * 2) : text;
  if (!unfit.test(bounded)) return cut(bounded.trim(), most).trimEnd();
  const clean = bounded.replace(spaces, ' ').replace(unfitInLines, '').replace(broken, '?');
  return cut(clean.trim(), most).trimEnd();
}

/** Text of several lines, each ended by a line feed. */
export function cleanNote(text: string, most: number): string {
  const bounded = text.length > most * 2 ? text.slice(0, most * 2) : text;
  if (!unfit.test(bounded)) return cut(bounded.trim(), most).trimEnd();
  const lines = bounded.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  return cut(lines.replace(unfitInNotes, '').replace(broken, '?').trim(), most).trimEnd();
}
