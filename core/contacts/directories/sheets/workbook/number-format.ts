/** How a number of a cell is to be read. */
export type NumberFormat =
  | { kind: 'plain' }
  /** A day, or a day with a time. */
  | { kind: 'date' }
  | { kind: 'moment' }
  /** A time of day or a duration. */
  | { kind: 'time' }
  | { kind: 'percent' }
  /** Digits set into a pattern, where a plain number would miss some: `0` and `#` are its places. */
  | { kind: 'mask'; pattern: string };

export const plainFormat: NumberFormat = { kind: 'plain' };

/** Formats that every spreadsheet has by number (ECMA-376 part 1, 18.8.30), the Asian dates among them. */
function builtIn(id: number): NumberFormat {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return { kind: 'date' };
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return { kind: 'time' };
  if (id === 22) return { kind: 'moment' };
  return id === 9 || id === 10 ? { kind: 'percent' } : plainFormat;
}

const longestCode = 1000;

/** A pattern of nothing but digits' places and literals, e.g. `"8 "(000) 000-00-00` or `0000`. */
function maskOf(section: string): NumberFormat {
  const pattern = section
    .replace(/\[[^\]]*\]|_.|\*./g, '')
    .replace(/"([^"]*)"|\\(.)/g, (_whole, quoted: string | undefined, one: string | undefined) => quoted ?? one ?? '');
  // Quoted `0` or `#` would be taken for places: a format that has them is none of ours.
  const literalPlaces = /"[^"]*[0#][^"]*"|\\[0#]/.test(section);
  const isMask = /^[\d\s()+#-]*$/.test(pattern) && /0{2}|\d.*0/.test(pattern) && !literalPlaces;
  return isMask ? { kind: 'mask', pattern } : plainFormat;
}

function custom(code: string): NumberFormat {
  const [section = ''] = code.slice(0, longestCode).split(';');
  const bare = section
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/general|am\/pm|a\/p/gi, '');
  const [day, hour] = [/[yd]/i.test(bare), /[hs]/i.test(bare)];
  if (day || (/m/i.test(bare) && !hour)) return { kind: hour ? 'moment' : 'date' };
  if (hour) return { kind: 'time' };
  return bare.includes('%') ? { kind: 'percent' } : maskOf(section);
}

/** @param code null for a format that every spreadsheet has */
export function numberFormat(id: number, code: string | null): NumberFormat {
  return code === null ? builtIn(id) : custom(code);
}
