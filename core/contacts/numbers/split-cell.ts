export interface CellPart {
  text: string;
  /** What stands between it and the part before; empty for the first of a line. */
  separator: string;
}

const lineBreak = /[\n\r\v\f\t\u0085\u2028\u2029]+|<br\s*\/?>/iu;
// «(доб. 12)» belongs to its number; «(после 18)» is about it, and ends it.
const extensionRemark = /\(\s*((?:доб|вн|ext)[^()]{0,40})\)/giu;
const remark = /\([^()]{0,200}\)/gu;
const date = /(?<![\d.-])(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d)(?![\d-])/g;
const timeSpan = /(?<![\d.:])\d{1,2}[:.]\d\d\s*-\s*\d{1,2}[:.]\d\d(?![\d.:])/g;
const time = /(?<![\d.:])\d{1,2}:\d\d(?![\d.:])/g;

// The comma of a number that a sheet took for a float, and the one with which a phone waits before an extension.
const floatComma = /(?<!\d)\d,\d{5,}[eе]\+?\d{1,2}/u;
const pause = /(?<=\d),+(?=[\d*#]{1,6}(?![\d*#]|\s*-|\s+\d))/u;
const uri = /(?:sips?|tel|callto):(?:(?![;,]+(?:\s|$|sips?:|tel:|callto:|\+?\d))[^\s<>])+/u;
const uriParameter = /;\s*(?=(?:ext|isub|phone-context|transport)\s*=)/u;
const separator = /[;,|<>]+|(?<![\p{L}\d])(?:и|или|and|or)(?![\p{L}\d])/u;
const kept = [uri, floatComma, uriParameter, pause].map(({ source }) => source).join('|');
const scanner = new RegExp(`(${separator.source})`, 'giu');
const keptOrSeparator = new RegExp(`(?:${kept})|${scanner.source}`, 'giu');

export const linesOf = (text: string): string[] => text.split(lineBreak);

/** Parts a clean line where people separate numbers. Dates, times and remarks go; a remark with an extension stays. */
export function splitLine(line: string): CellPart[] {
  const bare = line
    .replace(extensionRemark, (_whole, extension: string) => ` ${extension.replace(/[,;]/g, ' ')} `)
    .replace(remark, (whole) => (/\p{L}/u.test(whole) ? ' ; ' : whole))
    .replace(date, ' ; ')
    .replace(timeSpan, ' ; ')
    .replace(time, ' ; ');
  const parts: CellPart[] = [];
  let from = 0;
  let before = '';
  for (const match of bare.matchAll(keptOrSeparator)) {
    if (match[1] === undefined) continue;
    parts.push({ text: bare.slice(from, match.index), separator: before });
    before = match[1];
    from = match.index + match[0].length;
  }
  return [...parts, { text: bare.slice(from), separator: before }];
}
