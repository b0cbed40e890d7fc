import { FilterParser, type Filter } from 'ldapts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A filter as people paste it: broken into lines, and with Cyrillic written as bytes (`\d0\98`), which ldapts would
 * take for Latin letters.
 * @throws Error for what is no filter (RFC 4515)
 */
export function readFilter(text: string): Filter {
  const oneLine = text
    .trim()
    .replace(/\(\s*([&|!])\s*(?=\()/g, '($1')
    .replace(/\)\s+(?=[()])/g, ')')
    .replace(/\(\s+(?=\S)/g, '(');
  return FilterParser.parseString(oneLine.replace(/(?:\\[89a-f][0-9a-f])+/gi, lettersOf));
}

function lettersOf(escaped: string): string {
  try {
    return utf8.decode(Buffer.from(escaped.replaceAll('\\', ''), 'hex'));
  } catch {
    return escaped;
  }
}
