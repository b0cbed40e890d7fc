import { PagedResultsControl, ProtocolOperation } from 'ldapts';
import { readElement, readHeader, type BerElement } from './ber-element.ts';
import { RawEntry } from './raw-entry.ts';

/** What a server may say (RFC 4511, 4); what is of no use here keeps its operation alone. */
export type LdapMessage =
  | { kind: 'entry'; id: number; entry: RawEntry }
  | { kind: 'result'; id: number; operation: number; status: number; text: string; cookie: Buffer | null }
  | { kind: 'other'; id: number; operation: number };

const results: readonly number[] = [
  ProtocolOperation.LDAP_RES_BIND,
  ProtocolOperation.LDAP_RES_SEARCH,
  ProtocolOperation.LDAP_RES_EXTENSION,
];
const tags = { integer: 0x02, octets: 0x04, enumerated: 0x0a, sequence: 0x30, set: 0x31, controls: 0xa0 };

/** @throws RangeError for what is no message */
export function readMessage(bytes: Buffer): LdapMessage {
  const [number, body, controls] = inside(readElement(bytes), tags.sequence);
  const id = integerOf(number, tags.integer);
  if (!body) throw new RangeError('a message without an operation');
  const operation = body.tag;
  if (operation === ProtocolOperation.LDAP_RES_SEARCH_ENTRY) return { kind: 'entry', id, entry: entryOf(body) };
  if (!results.includes(operation)) return { kind: 'other', id, operation };
  const [status, , text] = body.children;
  const cookie = controls?.tag === tags.controls ? cookieOf(controls) : null;
  return { kind: 'result', id, operation, status: integerOf(status, tags.enumerated), text: textOf(text), cookie };
}

/**
 * Whose answer a message is, and which entry's, by its beginning alone.
 * @throws RangeError for what is no entry, or one whose name is cut off as well
 */
export function readEntryName(head: Buffer): { id: number; dn: string } {
  const message = readHeader(head, 0);
  const number = readHeader(head, message.start);
  const body = readHeader(head, number.end);
  const name = readHeader(head, body.start);
  if (body.tag !== ProtocolOperation.LDAP_RES_SEARCH_ENTRY || name.tag !== tags.octets || name.end > head.length)
    throw new RangeError(`a message of ${message.end} bytes`);
  return {
    id: head.readUIntBE(number.start, number.end - number.start),
    dn: head.toString('utf8', name.start, name.end),
  };
}

function entryOf({ children: [name, attributes] }: BerElement): RawEntry {
  const all = inside(attributes, tags.sequence).map((attribute) => {
    const [type, values] = inside(attribute, tags.sequence);
    return { type: textOf(type), values: inside(values, tags.set).map((value) => octets(value)) };
  });
  return new RawEntry(textOf(name), all);
}

/** Where the next page begins (RFC 2696). */
function cookieOf(controls: BerElement): Buffer | null {
  const control = controls.children.find((each) => textOf(each.children[0]) === PagedResultsControl.type);
  if (!control || control.children.length < 2) return null;
  const value = control.children.at(-1);
  const [, cookie] = inside(readElement(octets(value)), tags.sequence);
  return cookie && cookie.content.length > 0 ? Buffer.from(octets(cookie)) : null;
}

function inside(element: BerElement | undefined, tag: number): readonly BerElement[] {
  if (element?.tag !== tag) throw new RangeError(`tag ${element?.tag} in the place of ${tag}`);
  return element.children;
}

function octets(element: BerElement | undefined): Buffer {
  if (element?.tag !== tags.octets) throw new RangeError(`tag ${element?.tag} in the place of text`);
  return element.content;
}

function textOf(element: BerElement | undefined): string {
  return octets(element).toString('utf8');
}

function integerOf(element: BerElement | undefined, tag: number): number {
  const { length } = element?.content ?? [];
  if (element?.tag !== tag || length === undefined || length === 0 || length > 4)
    throw new RangeError('a message without a number');
  return element.content.readIntBE(0, length);
}
