// Words that stand before a number and say what kind it is.
const label =
  /(?:телефон|тел|моб(?:ильный)?|мт|м|т|раб(?:очий)?|р|дом(?:ашний)?|д|факс|ф|сот(?:овый)?|с|номер|phone|tel|mobile|mob|cell|office|work|home|fax|no|n|t|m|p|f|whatsapp|viber|telegram)/iu;
const onlyLabels = new RegExp(`^(?:\\s|[.:/,;№()-]|${label.source}(?!\\p{L}))*$`, 'iu');
const remark = /\([^()]*\p{L}[^()]*\)?/gu;
const candidate = /[+*#(]*\d[\d\s().\-/*#~_·•‧∙⋅]*/gu;

// Excel writes long numbers so, and with a decimal comma where the country has one. Cyrillic Е is often typed.
const scientific = /^(\d)[.,](\d+)[eе]\+?(\d{1,2})$/iu;

function fromSpreadsheet(text: string): string | null {
  const match = scientific.exec(text);
  if (!match) return /^\+?\d{5,15}[.,]0$/.test(text) ? text.slice(0, -2) : text;
  const [, first = '', rest = '', power = ''] = match;
  const missing = Number(power) - rest.length;
  // Excel shows at most six digits of a number in a narrow cell: then the others are lost, not zero.
  if (missing < 0 || missing > 3 || (missing > 0 && rest.length < 7)) return null;
  return first + rest + '0'.repeat(missing);
}

/** `123-45-67/68` and `123-45-67/765-43-21` name two numbers, `030/123456` one. */
function firstOfTwo(text: string): string {
  const [left = '', right] = text.split('/', 2);
  if (right === undefined) return text;
  const before = digitCount(left);
  const after = digitCount(right);
  if (before <= 3 && after >= 10) return right;
  return before >= 7 || (before >= 5 && after <= 2) ? left : text;
}

/** Two numbers with only a space between: the first, where it ends as a national number does. */
function withoutFollower(text: string): string | null {
  if (digitCount(text) <= 20 || /[*#]/.test(text)) return text;
  const groups = text.trim().split(/\s+/);
  const first = groups.map((_, index) => groups.slice(0, index + 1).join(' ')).filter((kept) => digitCount(kept) <= 11);
  const longest = first.at(-1) ?? '';
  return digitCount(longest) >= 10 ? longest : null;
}

function digitCount(text: string): number {
  return text.replace(/\D/g, '').length;
}

/** A short number among words is as likely a house or a room: it is none. */
function isTrusted(text: string, found: string, index: number): boolean {
  const before = text.slice(0, index);
  const after = text.slice(index + found.length);
  // Vanity letters, or a sign that nobody puts into a number: the rest of it is missing.
  if (/-$/.test(found) && /^\p{L}/u.test(after)) return false;
  if (digitCount(found) < 10 && /^[^\p{L},;\s]{1,2}\d/u.test(after)) return false;
  if (digitCount(found) >= 7) return true;
  return onlyLabels.test(before) && /^[\s.,;:)]*$/.test(after);
}

/** Whether nothing in the text says more than what kind of number follows. */
export function hasOnlyLabels(text: string): boolean {
  return onlyLabels.test(text);
}

/** Figures with what may stand between those of one number. */
export function numberRuns(text: string): { text: string; index: number }[] {
  return [...text.matchAll(candidate)].map((match) => ({ text: match[0], index: match.index }));
}

/**
 * The dialable characters of the number in a text: digits, `*`, `#`, a leading `+`. Null when there is none, or none
 * that can be told from its surroundings.
 */
export function findDigits(text: string): string | null {
  const sheet = fromSpreadsheet(text);
  if (sheet === null) return null;
  const bare = sheet.replace(remark, ' ');
  const found = [...bare.matchAll(candidate)];
  const best = found.find((match) => digitCount(match[0]) >= 7) ?? found[0];
  if (!best || !isTrusted(bare, best[0], best.index)) return null;
  const one = withoutFollower(firstOfTwo(best[0]));
  if (one === null) return null;
  const plus = /^[(*#]*\+/.test(one) ? '+' : '';
  const digits = one.replace(/[^\d*#]/g, '');
  return digits.length <= 40 ? plus + digits : null;
}
