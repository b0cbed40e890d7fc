/** A tag of an XML text; `name` without its prefix. Places are those in the text. */
export interface Tag {
  kind: 'open' | 'close' | 'empty';
  prefix: string;
  name: string;
  start: number;
  end: number;
}

const name = /^<\/?(?:([^\s:/>]+):)?([^\s:/>]+)/;

/** Where a tag ends, behind its `>`; -1 if that is not there. */
function tagEnd(text: string, from: number): number {
  for (let at = from, quote = ''; at < text.length; at++) {
    const letter = text[at]!;
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '>') return at + 1;
    else if (letter === '"' || letter === "'") quote = letter;
  }
  return -1;
}

function behind(text: string, from: number, mark: string): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}

/** The tags of a piece of XML in their order, up to the first that is not all there. */
export function* tagsOf(text: string): Generator<Tag> {
  for (let start = text.indexOf('<'); start >= 0;) {
    const next = text[start + 1];
    let end: number;
    if (next === '!') {
      const isComment = text.startsWith('<!--', start);
      end = behind(text, start + (isComment ? 4 : 9), isComment ? '-->' : ']]>');
    } else end = next === '?' ? behind(text, start, '?>') : tagEnd(text, start);
    if (end < 0) return;
    if (next !== '!' && next !== '?') {
      const [, prefix = '', local = ''] = name.exec(text.slice(start, end)) ?? [];
      const kind = next === '/' ? 'close' : text[end - 2] === '/' ? 'empty' : 'open';
      yield { kind, prefix, name: local, start, end };
    }
    start = text.indexOf('<', end);
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The attributes of a tag's text, with prefixes; entities are read. */
export function attributesOf(tag: string): Map<string, string> {
  const found = tag.matchAll(/\s([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map([...found].map(([, key, double, single]) => [key!, unescaped(double ?? single ?? '')]));
}

function unescaped(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return entities[entity] ?? whole;
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number.parseInt(entity.slice(1), 10);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

/** A tag's text with another value of an attribute, which it has. The value needs no escaping. */
export function withAttribute(tag: string, attribute: string, value: string): string {
  const found = new RegExp(`(\\s${attribute}\\s*=\\s*)(?:"[^"]*"|'[^']*')`).exec(tag);
  if (!found) return tag;
  const { index } = found;
  return `${tag.slice(0, index)}${found[1]}"${value}"${tag.slice(index + found[0].length)}`;
}
