import type { LogFields } from './logger.ts';

const maximumText = 8192;
const maximumEntries = 50;
const maximumDepth = 5;
const hidden = '[redacted]';

const secretKey =
  /pass(word|wd|phrase)?$|^pwd$|secret|token|ticket|authori[sz]ation|credential|cookie|ha1|private.?key|digits|dtmf|^pin$|inline/i;
const numberKey =
  /number|phone|caller|callee|user|address|target|display|digits|uri|extension|^(from|to|text|dialled)$/i;

// In the order in which they are applied: what hides a whole line goes before what hides a word of it.
const secrets: readonly [RegExp, string][] = [
  [/\b((?:proxy-)?authorization|(?:set-)?cookie)(["']?\s*[:=]\s*).*(?:\r?\n[ \t].*)*/gi, `$1$2${hidden}`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${hidden}`],
  [
    /\b((?:password|passwd|pwd|passphrase|secret|[a-z_-]*token|response|ha1|cnonce|ice-pwd)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&}]+)/gi,
    `$1${hidden}`,
  ],
  // SDES keys (RFC 4568)
  [/\binline:[\w+/=|:-]+/gi, `inline:${hidden}`],
  // a password inside a URI: scheme:user:password@host
  [/(\b[a-z][\w+.-]*:(?:\/\/)?[^\s:@/<>,]+):[^\s@<>,]+@/gi, `$1:${hidden}@`],
];

const separators = '[\\s().\\-/\\u00a0\\u2010-\\u2015]{0,3}';
const kept =
  '(?<address>(?<![\\d.])(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}(?![\\d.])(?::\\d{1,5}\\b)?)' +
  '|(?<uuid>\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b)' +
  '|(?<time>\\b\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z?)?(?![\\d-]))';
const digitsOrNumber = new RegExp(`${kept}|(?<number>\\+?\\p{Nd}(?:${separators}\\p{Nd}){6,})`, 'giu');

/** Hides secrets and all but the last two digits of every phone number (seven digits and more) in a text. */
export function redactText(text: string): string {
  let result = text.length > maximumText ? `${text.slice(0, maximumText)}…` : text;
  for (const [pattern, replacement] of secrets) result = result.replace(pattern, replacement);
  return result.replace(digitsOrNumber, (found: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    return groups.number === undefined ? found : `…${found.replace(/[^\p{Nd}]/gu, '').slice(-2)}`;
  });
}

function redactError(error: Error, depth: number): LogFields {
  const { code, values, detail } = error as Error & { code?: unknown; values?: unknown; detail?: unknown };
  const plain: LogFields = { name: error.name, message: error.message };
  if (code === undefined) plain.stack = error.stack;
  else Object.assign(plain, { code, values, detail });
  if (error.cause !== undefined) plain.cause = error.cause;
  return redactObject(plain, depth);
}

function redactObject(fields: object, depth: number): LogFields {
  const result: LogFields = {};
  for (const key of Object.keys(fields).slice(0, maximumEntries)) {
    result[redactText(key)] = redactValue(key, read(fields, key), depth + 1);
  }
  return result;
}

function read(fields: object, key: string): unknown {
  try {
    return (fields as LogFields)[key];
  } catch {
    // A getter that throws must not break the logging of what went wrong.
    return '[unreadable]';
  }
}

function redactValue(key: string, value: unknown, depth: number): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (secretKey.test(key)) return hidden;
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number') return numberKey.test(key) ? redactText(String(value)) : value;
  if (typeof value !== 'object') return redactText(String(value));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth > maximumDepth) return '[deeper]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.slice(0, maximumEntries).map((item) => redactValue(key, item, depth + 1));
  if (value instanceof Map || value instanceof Set) return redactValue(key, [...value.values()], depth + 1);
  return redactObject(value, depth);
}

/** A copy of a log line's fields that is safe to write: secrets and numbers hidden, size and depth bounded. */
export function redactFields(fields: LogFields): LogFields {
  return redactObject(fields, 0);
}
