import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import {
  AndFilter,
  BerReader,
  Control,
  EqualityFilter,
  ExtensibleFilter,
  GreaterThanEqualsFilter,
  NotFilter,
  OrFilter,
  PagedResultsControl,
  PresenceFilter,
  ProtocolOperation,
  SearchRequest,
  type Filter,
} from 'ldapts';
import { entryMessage, pageMessage, referenceMessage, resultMessage, type Values } from './ldap-answers.ts';
import type { Actor } from './stage.ts';

export const domain = 'DC=office,DC=test';
const deletedObjects = `CN=Deleted Objects,${domain}`;
const settingsOf = (name: string) => `CN=NTDS Settings,CN=${name},CN=Servers,CN=Configuration,${domain}`;
const showDeleted = '1.2.840.113556.1.4.417';

interface Item {
  dn: string;
  values: Values;
}

/**
 * Stands in for a domain controller: its count of changes, its deleted objects, its pages and its references to other
 * partitions, as Microsoft documents them. Not Active Directory: nobody has to be known here to be let in.
 */
export class ActiveDirectoryServer implements Actor {
  /** What may be changed between two refreshes. */
  name = 'DC1';
  invocation = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  usn = 10_000;
  readsDeleted = true;
  pages = true;
  /** Filters of the searches so far, with `(deleted)` before those that asked for deleted ones as well. */
  readonly searches: string[] = [];
  private readonly items = new Map<string, Item>();
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => this.serve(socket));

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Adds or changes a person. @param id 32 hexadecimal digits, the bytes of `objectGUID` */
  put(id: string, dn: string, values: Values): void {
    this.usn += 1;
    const person = { objectCategory: 'person', objectClass: 'user', userAccountControl: '512' };
    const own = { objectGUID: Buffer.from(id, 'hex'), uSNChanged: String(this.usn) };
    this.items.set(id, { dn: `${dn},${domain}`, values: { ...person, ...values, ...own } });
  }

  delete(id: string): void {
    this.usn += 1;
    const values = { objectGUID: Buffer.from(id, 'hex'), isDeleted: 'TRUE', uSNChanged: String(this.usn) };
    this.items.set(id, { dn: `CN=gone\\0ADEL:${id},${deletedObjects}`, values });
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    // Requests are short, and come one at a time.
    socket.on('data', (bytes) => socket.write(this.answer(bytes)));
  }

  private answer(bytes: Buffer): Buffer {
    const reader = new BerReader(bytes);
    reader.readSequence();
    const id = reader.readInt() ?? 0;
    const operation = reader.readSequence();
    if (operation === ProtocolOperation.LDAP_REQ_BIND) return resultMessage(id, ProtocolOperation.LDAP_RES_BIND);
    if (operation !== ProtocolOperation.LDAP_REQ_SEARCH) return Buffer.alloc(0);
    const request = new SearchRequest({ messageId: id, filter: new PresenceFilter() });
    request.parse(reader, [new Control(showDeleted)]);
    return Buffer.concat(this.found(id, request));
  }

  private found(id: number, request: SearchRequest): Buffer[] {
    const deleted = request.controls?.some((control) => control.type === showDeleted) ?? false;
    this.searches.push(`${deleted ? '(deleted)' : ''}${String(request.filter)}`);
    const asked = request.controls?.find((control) => control instanceof PagedResultsControl)?.value;
    const paging = this.pages ? asked : undefined;
    const items = request.scope === 'base' ? this.oneOf(request.baseDN, deleted) : this.peopleOf(request, deleted);
    if (!items) return [resultMessage(id, ProtocolOperation.LDAP_RES_SEARCH, 32, 'NO_OBJECT')];
    const start = Number(paging?.cookie?.toString() ?? 0);
    const end = paging ? start + paging.size : items.length;
    const reference =
      request.scope === 'sub' && start === 0
        ? [referenceMessage(id, `ldap://DomainDnsZones.office.test/DC=DomainDnsZones,${domain}`)]
        : [];
    const entries = items
      .slice(start, end)
      .map(({ dn, values }) => entryMessage(id, dn, chosen(values, request.attributes)));
    const cookie = end < items.length ? String(end) : '';
    const last = paging ? pageMessage(id, cookie) : resultMessage(id, ProtocolOperation.LDAP_RES_SEARCH);
    return [...entries, ...reference, last];
  }

  private oneOf(dn: string, deleted: boolean): Item[] | null {
    if (dn === '') return [{ dn, values: this.root }];
    if (dn === settingsOf(this.name)) return [{ dn, values: { invocationId: this.invocation } }];
    if (dn === deletedObjects && deleted && this.readsDeleted) return [{ dn, values: {} }];
    return null;
  }

  private get root(): Values {
    return {
      defaultNamingContext: domain,
      highestCommittedUSN: String(this.usn),
      dsServiceName: settingsOf(this.name),
      namingContexts: [domain, `CN=Configuration,${domain}`],
    };
  }

  private peopleOf({ baseDN, filter }: SearchRequest, deleted: boolean): Item[] {
    const visible = (item: Item) => !item.dn.endsWith(deletedObjects) || (deleted && this.readsDeleted);
    const under = (item: Item) => item.dn.toLowerCase().endsWith(baseDN.toLowerCase());
    return [...this.items.values()].filter((item) => visible(item) && under(item) && matches(filter, item.values));
  }
}

function chosen(values: Values, attributes: readonly string[]): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => attributes.includes(name.toLowerCase()) || attributes.includes('*')),
  );
}

function matches(filter: Filter, values: Values): boolean {
  const texts = (attribute: string) =>
    Object.entries(values).flatMap(([name, value]) =>
      name.toLowerCase() === attribute.toLowerCase() ? [value].flat().map(String) : [],
    );
  if (filter instanceof AndFilter) return filter.filters.every((each) => matches(each, values));
  if (filter instanceof OrFilter) return filter.filters.some((each) => matches(each, values));
  if (filter instanceof NotFilter) return !matches(filter.filter, values);
  if (filter instanceof GreaterThanEqualsFilter)
    return texts(filter.attribute).some((text) => BigInt(text) >= BigInt(filter.value));
  if (filter instanceof EqualityFilter)
    return texts(filter.attribute).some((text) => text.toLowerCase() === String(filter.value).toLowerCase());
  // The one rule that the preset uses: all bits of the value are set.
  if (filter instanceof ExtensibleFilter)
    return texts(filter.matchType).some((text) => (Number(text) & Number(filter.value)) === Number(filter.value));
  return true;
}
