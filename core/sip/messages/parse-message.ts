import { canonicalHeaderName, headerValue, headerValues, type SipHeader, type SipMessage } from './sip-message.ts';
import { topVia } from './via.ts';

/** What is wrong with a message, and what to answer when it was a request that can be answered. */
export interface Malformed {
  cause: string;
  /** SIP status to answer with. */
  status: number;
  /** What could be cut out of it, for the answer; null when there is not even that. */
  message: SipMessage | null;
}

export type ParseResult = { ok: true; message: SipMessage } | { ok: false; malformed: Malformed };

const maximumHeaders = 300;
const maximumLine = 16_384;
const maximumSequence = 2 ** 31 - 1;
const token = /^[A-Za-z0-9.!%*_+`'~-]+$/;
const requestLine = /^([A-Za-z0-9.!%*_+`'~-]+) (\S+) (SIP\/\d+\.\d+)$/;
const statusLine = /^(SIP\/\d+\.\d+) (\d{3})(?: (.*))?$/;
const uriShape = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21\x23-\x3b\x3d\x3f-\x7e\u0080-\uffff]+$/;

function fail(cause: string, message: SipMessage | null = null, status = 400): ParseResult {
  return { ok: false, malformed: { cause, status, message } };
}

/**
 * Cuts a message and checks all that RFC 3261 demands of its frame, so that what is handed on cannot surprise the
 * parser behind it. Header fields are unfolded (7.3.1) and lines may end in a bare LF, as 7.5's robustness asks.
 * @param received one whole datagram, stream frame or WebSocket message, or its text
 */
export function parseMessage(received: Buffer | string): ParseResult {
  const text = received.toString().replace(/^[\r\n]+/, '');
  const end = /\r?\n\r?\n/.exec(text);
  if (!end) return fail('no empty line after the header fields', readHead(text).message);
  const head = readHead(text.slice(0, end.index));
  if (head.cause !== null || head.message === null) return fail(head.cause ?? 'unreadable', head.message, head.status);
  const message = head.message;
  const cause = checkHeaders(message);
  if (cause) return fail(cause, message);
  const rest = text.slice(end.index + end[0].length);
  const length = contentLength(message);
  if (length === 'invalid') return fail('Content-Length is not a number', message);
  if (length === null) message.body = rest;
  else {
    // Content-Length counts bytes; decoding replaced nothing when the byte counts agree.
    const size = Buffer.byteLength(rest);
    if (length > size) return fail('Content-Length is larger than the body', message);
    message.body = length === size ? rest : Buffer.from(rest).subarray(0, length).toString('utf8');
  }
  return { ok: true, message };
}

/** Bytes, `null` when there is no such field, `invalid` for anything but one agreed number. */
export function contentLength(message: Pick<SipMessage, 'headers'>): number | null | 'invalid' {
  const values = new Set(message.headers.filter(({ name }) => name === 'content-length').map(({ value }) => value));
  if (values.size === 0) return null;
  const [value] = values;
  return values.size === 1 && /^\d{1,9}$/.test(value!) ? Number(value) : 'invalid';
}

interface Head {
  message: SipMessage | null;
  cause: string | null;
  status: number;
}

function readHead(text: string): Head {
  const lines = text.split(/\r?\n/);
  const startLine = lines[0] ?? '';
  const headers: SipHeader[] = [];
  let cause: string | null = null;
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    if (line.length > maximumLine) cause ??= 'a header field is too long';
    const last = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last) last.value = `${last.value} ${line.trim()}`.trim();
      else cause ??= 'a header field begins with a space';
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trimEnd();
    if (colon < 1 || !token.test(name)) cause ??= 'a header field has no name';
    else headers.push({ name: canonicalHeaderName(name), value: line.slice(colon + 1).trim() });
    if (headers.length > maximumHeaders) return { message: null, cause: 'too many header fields', status: 400 };
  }
  // A carriage return inside a value would be a line of its own to a laxer parser.
  if (headers.some(({ value }) => value.includes('\r'))) cause ??= 'a carriage return in a header field';
  return startLineOf(startLine, headers, cause);
}

function startLineOf(startLine: string, headers: SipHeader[], cause: string | null): Head {
  const base = { startLine, headers, body: '' };
  const status = statusLine.exec(startLine);
  if (status) {
    const method = /^\d+\s+(\S+)$/.exec(headers.find(({ name }) => name === 'cseq')?.value ?? '')?.[1] ?? '';
    const message: SipMessage = { ...base, kind: 'response', method, requestUri: '', status: Number(status[2]) };
    if (status[1] !== 'SIP/2.0') cause ??= 'unknown SIP version in a response';
    if (message.status < 100 || message.status > 699) cause ??= 'status out of range';
    return { message, cause, status: 400 };
  }
  const request = requestLine.exec(startLine);
  if (!request) {
    // Enough to answer 400 to what was meant as a request; responses are never answered.
    const method = /^([A-Za-z0-9.!%*_+`'~-]+)\s/.exec(startLine)?.[1];
    const looksLike = method !== undefined && /SIP\/\d/i.test(startLine) && !/^SIP\//i.test(startLine);
    const message: SipMessage | null = looksLike
      ? { ...base, kind: 'request', method, requestUri: '', status: 0 }
      : null;
    return { message, cause: 'the start line is neither a request nor a status line', status: 400 };
  }
  const message: SipMessage = { ...base, kind: 'request', method: request[1]!, requestUri: request[2]!, status: 0 };
  if (request[3] !== 'SIP/2.0') return { message, cause: 'unknown SIP version', status: 505 };
  if (!uriShape.test(message.requestUri)) cause ??= 'the Request-URI is not a URI';
  else if (!/^(sips?|tel|urn):/i.test(message.requestUri))
    return { message, cause: cause ?? 'unknown URI scheme', status: 416 };
  return { message, cause, status: 400 };
}

function checkHeaders(message: SipMessage): string | null {
  for (const name of ['from', 'to', 'call-id', 'cseq']) {
    const values = headerValues(message, name);
    if (values.length === 0) return `${name} is missing`;
    if (values.length > 1) return `${name} is repeated`;
    if (values[0] === '') return `${name} is empty`;
  }
  if (!topVia(message)) return 'Via is missing or unreadable';
  const sequence = /^(\d+)\s+(\S+)$/.exec(headerValue(message, 'cseq')!);
  if (!sequence || Number(sequence[1]) > maximumSequence) return 'CSeq is not a number and a method';
  if (message.kind === 'request' && sequence[2] !== message.method) return 'CSeq names another method';
  const hops = headerValue(message, 'max-forwards');
  if (hops !== null && !(/^\d{1,9}$/.test(hops) && Number(hops) <= 255)) return 'Max-Forwards is not 0 to 255';
  for (const name of ['from', 'to']) {
    const cause = checkNameAddress(headerValue(message, name)!);
    if (cause) return `${name}: ${cause}`;
  }
  return null;
}

/** From and To: quotes and brackets that close, one URI inside (RFC 3261 20.10, 20.20). */
function checkNameAddress(value: string): string | null {
  const match = /^(?:"(?:[^"\\]|\\.)*"\s*|[^"<>]*)<([^<>]*)>\s*(;.*)?$/.exec(value);
  if (match) return uriShape.test(match[1]!) ? null : 'no URI inside the brackets';
  if (/["<>]/.test(value)) return 'a quote or a bracket is not closed';
  return /^[A-Za-z][A-Za-z0-9+.-]*:\S+(\s*;.*)?$/.test(value) ? null : 'no URI';
}
