const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const [ampersand, carriageReturn, underscore] = [0x26, 0x0d, 0x5f];

function entity(whole: string, name: string): string {
  if (!name.startsWith('#')) return named[name] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code >= 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
}

/** The text of XML bytes in UTF-8. Only the five entities that every document has are known; others stay as they are. */
export function xmlText(bytes: Buffer, from: number, to: number, literal = false): string {
  let [ascii, plain] = [true, true];
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x80) ascii = false;
    else if (byte === ampersand || byte === carriageReturn) plain = false;
  }
  const text = bytes.toString(ascii ? 'latin1' : 'utf8', from, to);
  if (plain) return text;
  const lines = text.replace(/\r\n?/g, '\n');
  return literal ? lines : lines.replace(/&(#?\w{1,10});/g, entity);
}

/** Characters that XML cannot hold are written `_x000D_`, and a `_` before such a text `_x005F_` (ECMA-376 part 1, 22.9.2.19). */
export function unescapeCell(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Whether the bytes mean more than they say: an entity, a line break or one of a cell's own escapes. */
export function needsReading(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === ampersand || byte === carriageReturn || byte === underscore) return true;
  }
  return false;
}

/** Attributes by their names as written, with prefixes. For the small parts; the sheet's own are read faster. */
export function xmlAttributes(bytes: Buffer, from: number, to: number): Map<string, string> {
  const attributes = new Map<string, string>();
  for (let at = from; at < to;) {
    const equals = bytes.indexOf(0x3d, at);
    if (equals < 0 || equals >= to) break;
    let start = equals + 1;
    while (start < to && bytes[start] !== 0x22 && bytes[start] !== 0x27) start += 1;
    const end = start < to ? bytes.indexOf(bytes[start]!, start + 1) : -1;
    if (end < 0 || end > to) break;
    attributes.set(bytes.toString('utf8', at, equals).trim(), xmlText(bytes, start + 1, end));
    at = end + 1;
  }
  return attributes;
}
