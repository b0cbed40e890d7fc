import { cutText, linesWithoutDeceit, withoutDeceit } from '#core/foundation/index.ts';

/** Nearly all texts have nothing of what is looked for below. */
const unfit = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufffd\ud800-\udfff]/u;
const spaces = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/** Halves of characters, and what a wrong decoding left: what the disk would not give back as it was. */
const broken = /[\ufffd\ud800-\udfff]/gu;

function isFit(text: string, most: number): boolean {
  return text === '' || (text.length <= most && !unfit.test(text));
}

/** Text of one line as it may be stored and shown, at most `most` UTF-16 units long. */
export function cleanLine(text: string, most: number): string {
  if (isFit(text, most)) return text.trim();
  const bounded = text.length > most * 2 ? text.slice(0, most * 2) : text;
  if (!unfit.test(bounded)) return cutText(bounded.trim(), most).trimEnd();
  const clean = withoutDeceit(bounded.replace(spaces, ' ')).replace(broken, '?');
  return cutText(clean.trim(), most).trimEnd();
}

/** Text of several lines, each ended by a line feed. */
export function cleanNote(text: string, most: number): string {
  if (isFit(text, most)) return text.trim();
  const bounded = text.length > most * 2 ? text.slice(0, most * 2) : text;
  if (!unfit.test(bounded)) return cutText(bounded.trim(), most).trimEnd();
  const lines = bounded.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  return cutText(linesWithoutDeceit(lines).replace(broken, '?').trim(), most).trimEnd();
}
