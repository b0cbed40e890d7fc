/** A header field: `name` as the canonical lower-case long form, `value` unfolded and trimmed. */
export interface SipHeader {
  name: string;
  value: string;
}

/**
 * A SIP message cut into start line, header fields and body, nothing more: enough to check, stamp and rewrite it
 * without touching what we do not understand. Field names keep no case; order and repetition are kept.
 */
export interface SipMessage {
  readonly kind: 'request' | 'response';
  /** Of a request; of a response the method of its CSeq (empty when there is none). */
  readonly method: string;
  /** Of a request. */
  readonly requestUri: string;
  /** Of a response, 100 to 699. */
  readonly status: number;
  startLine: string;
  headers: SipHeader[];
  body: string;
}

const compactForms: Record<string, string> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  n: 'identity-info',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
};

/** `l` → `content-length` (RFC 3261 7.3.3), anything else in lower case. */
export function canonicalHeaderName(name: string): string {
  const lower = name.toLowerCase();
  return compactForms[lower] ?? lower;
}

export function headerValues(message: SipMessage, name: string): string[] {
  return message.headers.filter((header) => header.name === name).map((header) => header.value);
}

export function headerValue(message: SipMessage, name: string): string | null {
  return message.headers.find((header) => header.name === name)?.value ?? null;
}

/** Changes the first field of that name, if there is one. */
export function editHeader(message: SipMessage, name: string, edit: (value: string) => string): void {
  const header = message.headers.find((candidate) => candidate.name === name);
  if (header) header.value = edit(header.value);
}

const spelledSpecially: Record<string, string> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
};

// What strangers invent is spelt anew each time rather than kept.
const spellingsKept = 200;
const spellings = new Map(Object.entries(spelledSpecially));

function spelled(name: string): string {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const spelling = name.replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase());
  if (spellings.size < spellingsKept) spellings.set(name, spelling);
  return spelling;
}

/** The message as text, with a Content-Length that is right in bytes (RFC 3261 20.14). */
export function serialiseMessage(message: SipMessage): string {
  const lines = [message.startLine];
  for (const header of message.headers) {
    if (header.name !== 'content-length') lines.push(`${spelled(header.name)}: ${header.value}`);
  }
  lines.push(`Content-Length: ${Buffer.byteLength(message.body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${message.body}`;
}

/** `"a, b" <sip:x>, <sip:y>` → two parts: a list's commas, but none inside quotes or angle brackets. */
export function splitList(value: string, separator = ','): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let index = 0; index < value.length; index += 1) {
    const character = value[index];
    if (quoted) {
      if (character === '\\') index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '<') depth += 1;
    else if (character === '>') depth = Math.max(0, depth - 1);
    else if (character === separator && depth === 0) {
      parts.push(value.slice(start, index).trim());
      start = index + 1;
    }
  }
  parts.push(value.slice(start).trim());
  return parts;
}
