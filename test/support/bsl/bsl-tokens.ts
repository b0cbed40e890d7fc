export interface BslToken {
  kind: 'word' | 'text' | 'number' | 'sign' | 'directive';
  /** Of a text its value, without the quotation marks. */
  value: string;
  line: number;
}

const pattern =
  /(?<space>[ \t\r\n\ufeff]+)|(?<comment>\/\/[^\n]*)|(?<directive>[#&][^\n]*)|(?<text>"(?:[^"]|"")*")|(?<number>\d+(?:\.\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign><>|<=|>=|[-+*/%=<>()[\]{},.;:?])/uy;

/** Words, texts and signs of a module in 1C's language; comments are left out. Throws where something is none of them. */
export function bslTokens(source: string): BslToken[] {
  const tokens: BslToken[] = [];
  let line = 1;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(source)?.groups;
    if (!groups) throw new Error(`line ${line}: ${JSON.stringify(source.slice(at, at + 20))}`);
    const { directive, text, number, word, sign } = groups;
    if (text !== undefined) tokens.push({ kind: 'text', value: readText(text), line });
    else if (directive !== undefined) tokens.push({ kind: 'directive', value: directive.trim(), line });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, line });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word, line });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign, line });
    line += source.slice(at, pattern.lastIndex).split('\n').length - 1;
  }
  return tokens;
}

/** Lines after the first begin with `|`. */
function readText(written: string): string {
  return written
    .slice(1, -1)
    .replaceAll('""', '"')
    .replace(/\n[ \t]*\|/g, '\n');
}
