/** What stands before the value of a property: `item1.TEL;TYPE=cell,voice`. */
export interface PropertyHead {
  /** In lower case; empty for none. */
  group: string;
  /** In upper case. */
  name: string;
  /** Names in upper case, values as written. What vCard 2.1 writes bare (`TEL;CELL`) is under `TYPE`. */
  parameters: ReadonlyMap<string, readonly string[]>;
  /** How the value is written. */
  encoding: 'plain' | 'quoted-printable' | 'base64';
  /** Whether a parameter stood bare, as only vCard 2.1 has it. */
  bare: boolean;
  /** Where the value begins. */
  valueAt: number;
}

const encodings: Record<string, PropertyHead['encoding']> = {
  'QUOTED-PRINTABLE': 'quoted-printable',
  BASE64: 'base64',
  B: 'base64',
};

/** Null for what is no property. */
export function readPropertyHead(line: string): PropertyHead | null {
  const colon = endOfHead(line);
  if (colon < 0) return null;
  const [fullName = '', ...parts] = splitOutsideQuotes(line.slice(0, colon), ';');
  const match = /^(?:([\w-]+)\.)?([A-Za-z][\w-]*)$/.exec(fullName.trim());
  if (!match) return null;
  const parameters = new Map<string, string[]>();
  let encoding: PropertyHead['encoding'] = 'plain';
  let bare = false;
  for (const part of parts) {
    const named = /^\s*([A-Za-z][\w-]*)\s*=([^]*)$/.exec(part);
    const [key, value] = named ? [named[1]!.toUpperCase(), named[2]!] : ['TYPE', part];
    const known = encodings[unquote(value).toUpperCase()];
    bare ||= !named;
    if (known && (key === 'ENCODING' || !named)) encoding = known;
    else parameters.set(key, [...(parameters.get(key) ?? []), ...valuesOf(key, value)]);
  }
  const [, group = '', name = ''] = match;
  return { group: group.toLowerCase(), name: name.toUpperCase(), parameters, encoding, bare, valueAt: colon + 1 };
}

/** `TYPE="work,voice"` (vCard 4.0) is two; Android's `X-CUSTOM(CHARSET=UTF-8,…)` is one. */
function valuesOf(key: string, text: string): string[] {
  const values = splitOutsideQuotes(text, text.includes('(') ? '\n' : ',').map(unquote);
  return (key === 'TYPE' ? values.flatMap((value) => (value.includes('(') ? [value] : value.split(','))) : values)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function unquote(text: string): string {
  return text.trim().replace(/^"(.*)"$/s, '$1');
}

/** Of the first colon that is not quoted; of the first at all where a quote is never closed. */
function endOfHead(line: string): number {
  const first = line.indexOf(':');
  const quote = line.indexOf('"');
  if (first < 0 || quote < 0 || quote > first) return first;
  const end = /^(?:[^":]|"[^"]*")*(?=:)/.exec(line)?.[0].length;
  return end ?? first;
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts: string[] = [];
  let [part, quoted] = ['', false];
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}
