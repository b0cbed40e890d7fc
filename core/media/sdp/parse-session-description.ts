import { isIPv4, isIPv6 } from 'node:net';
import {
  notAcceptable,
  type Connection,
  type MediaDescription,
  type Origin,
  type SessionDescription,
} from './session-description.ts';

const maximumBytes = 65536;
const maximumLines = 2000;
const maximumMedia = 32;
const token = /^[\x21\x23-\x27\x2a\x2b\x2d\x2e\x30-\x39\x41-\x5a\x5e-\x7e]+$/;

/**
 * Reads an SDP strictly where it matters (structure, numbers, addresses) and drops the lines that a phone has no use for.
 * Throws an `OffhookError` `call.media-not-acceptable` that names the line.
 */
export function parseSessionDescription(text: string): SessionDescription {
  if (text.length > maximumBytes) throw notAcceptable(`${text.length} characters are too many`);
  const lines = text.split(/\r\n|\n|\r/);
  while (lines.length > 0 && lines[lines.length - 1] === '') lines.pop();
  if (lines.length > maximumLines) throw notAcceptable(`${lines.length} lines are too many`);
  const reader = new Reader();
  lines.forEach((line, index) => reader.line(line, index + 1));
  return reader.finish();
}

class Reader {
  private origin: Origin | null = null;
  private sawVersion = false;
  private readonly session: Omit<SessionDescription, 'origin'> = { connection: null, attributes: [], media: [] };
  private media: MediaDescription | null = null;

  line(line: string, number: number): void {
    const fail = (why: string) => notAcceptable(`line ${number}: ${why}`);
    if (!/^[a-z]=/.test(line)) throw fail('not a <letter>=<value>');
    const value = line.slice(2);
    if (value.includes('\0')) throw fail('NUL character');
    const type = line[0]!;
    if (!this.sawVersion) {
      if (type !== 'v' || value !== '0') throw fail('v=0 must come first');
      this.sawVersion = true;
      return;
    }
    if (type === 'v') throw fail('a second v=');
    else if (type === 'o') this.origin = parseOrigin(value, fail);
    else if (type === 'c') (this.media ?? this.session).connection = parseConnection(value, fail);
    else if (type === 'm') this.startMedia(value, fail);
    else if (type === 'a') this.addAttribute(value, fail);
  }

  finish(): SessionDescription {
    if (!this.sawVersion) throw notAcceptable('empty');
    if (!this.origin) throw notAcceptable('no o= line');
    for (const media of this.session.media) {
      if (!media.connection && !this.session.connection && media.port !== 0) throw notAcceptable('no c= line');
    }
    return { origin: this.origin, ...this.session };
  }

  private startMedia(value: string, fail: (why: string) => Error): void {
    if (this.session.media.length >= maximumMedia) throw fail('too many m= lines');
    this.media = parseMedia(value, fail);
    this.session.media.push(this.media);
  }

  private addAttribute(value: string, fail: (why: string) => Error): void {
    const colon = value.indexOf(':');
    const name = colon < 0 ? value : value.slice(0, colon);
    if (!token.test(name)) throw fail('attribute name is not a token');
    (this.media ?? this.session).attributes.push({ name, value: colon < 0 ? null : value.slice(colon + 1).trim() });
  }
}

function parseOrigin(value: string, fail: (why: string) => Error): Origin {
  const parts = value.split(/ +/);
  const [username, sessionId, sessionVersion, net, family, address] = parts;
  if (parts.length !== 6) throw fail('o= needs six fields');
  if (!/^\d{1,20}$/.test(sessionId!) || !/^\d{1,20}$/.test(sessionVersion!)) throw fail('o= session numbers');
  if (net !== 'IN' || (family !== 'IP4' && family !== 'IP6')) throw fail('o= is neither IN IP4 nor IN IP6');
  return { username: username!, sessionId: sessionId!, sessionVersion: sessionVersion!, family, address: address! };
}

function parseConnection(value: string, fail: (why: string) => Error): Connection {
  const [net, family, address, ...more] = value.trim().split(/ +/);
  if (net !== 'IN' || (family !== 'IP4' && family !== 'IP6') || !address || more.length > 0) throw fail('c= syntax');
  if (address.includes('/')) throw fail('multicast address');
  // A host name is legal (RFC 8866 5.7); resolving it is not on a call's path, so it is refused when it is used.
  if (family === 'IP4' && !isIPv4(address) && /^[\d.]+$/.test(address)) throw fail(`c= has no IPv4 address`);
  if (family === 'IP6' && !isIPv6(address) && address.includes(':')) throw fail(`c= has no IPv6 address`);
  return { family, address };
}

function parseMedia(value: string, fail: (why: string) => Error): MediaDescription {
  const [type, portText, protocol, ...formats] = value.trim().split(/ +/);
  if (!type || !portText || !protocol || formats.length === 0) throw fail('m= needs type, port, protocol and formats');
  if (!token.test(type)) throw fail('m= type is not a token');
  const port = /^\d{1,5}(\/1)?$/.test(portText) ? Number.parseInt(portText, 10) : NaN;
  if (!(port <= 65535)) throw fail('m= port');
  if (formats.length > 128) throw fail('m= has too many formats');
  return { type, port, protocol, formats, connection: null, attributes: [] };
}
