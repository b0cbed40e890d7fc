import {
  BindRequest,
  BindResponse,
  ExtendedRequest,
  ExtendedResponse,
  PagedResultsControl,
  SearchEntry,
  SearchRequest,
  SearchResponse,
  type Control,
  type Filter,
  type SearchOptions,
} from 'ldapts';
import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import { LdapConnection, type Received } from './ldap-connection.ts';
import { resultCodes, resultFailure } from './ldap-failures.ts';
import { encrypt, openSocket, trustedAuthorities, type LdapSurroundings } from './ldap-socket.ts';
import { RawEntry } from './raw-entry.ts';

const startTls = '1.3.6.1.4.1.1466.20037';
/** Answered in place of an entry whose name was too long as well. */
const unsolicited = 0;

export interface Query {
  base: string;
  scope?: 'base' | 'sub';
  filter: Filter;
  attributes: readonly string[];
  /** Most entries wanted; 0 for all. */
  limit?: number;
  controls?: readonly Control[];
}

/** An entry, or the name of one that is too long to come in one piece. */
export type Found = { kind: 'entry'; entry: RawEntry } | { kind: 'oversized'; dn: string };

export interface SearchEnd {
  status: number;
  message: string;
  /** Where the next page begins; null after the last. */
  cookie: Buffer | null;
}

/** A connection that has been encrypted as asked and bound. References to other servers are never followed. */
export class LdapSession {
  private readonly config: DirectoryConfigOf<'ldap'>;
  private readonly connection: LdapConnection;

  private constructor(config: DirectoryConfigOf<'ldap'>, connection: LdapConnection) {
    this.config = config;
    this.connection = connection;
  }

  /** Rejects with a `directory.*` code. */
  static async open(
    config: DirectoryConfigOf<'ldap'>,
    secret: string | null,
    around: LdapSurroundings,
  ): Promise<LdapSession> {
    const { host, security } = config;
    // A name without a password binds as nobody and is told to have succeeded (RFC 4513, 5.1.2).
    if (config.bindName !== '' && !secret)
      throw new OffhookError('directory.wrong-password', { values: { host }, detail: 'no password' });
    const authorities = security === 'none' ? [] : await trustedAuthorities(config);
    const socket = await openSocket(config, around);
    const secured = security === 'ldaps' ? await encrypt(socket, authorities, config, around) : socket;
    const session = new LdapSession(config, new LdapConnection(secured, host, around));
    try {
      if (security === 'starttls') await session.startTls((clear) => encrypt(clear, authorities, config, around));
      await session.bind(config.bindName, config.bindName === '' ? '' : (secret ?? ''));
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  close(): void {
    this.connection.close();
  }

  /** One answer, entry by entry. */
  async *search(query: Query, page: { size: number; cookie: Buffer } | null = null): AsyncGenerator<Found, SearchEnd> {
    const { base, scope = 'sub', filter, attributes, limit = 0, controls = [] } = query;
    const id = this.connection.nextId();
    // Not critical: a server without pages then answers with all at once.
    const paging = page ? [new PagedResultsControl({ value: page })] : [];
    const options: Omit<SearchOptions, 'filter'> = { scope, attributes: [...attributes], sizeLimit: limit, timeLimit: 0 };
    this.connection.send(
      new SearchRequest({ messageId: id, baseDN: base, filter, controls: [...controls, ...paging], ...options }),
    );
    for (;;) {
      const received = await this.answer(id);
      if (received.kind === 'oversized') {
        if (received.dn !== null) yield { kind: 'oversized', dn: received.dn };
        continue;
      }
      const { message } = received;
      if (message instanceof SearchEntry) yield { kind: 'entry', entry: entryOf(message) };
      else if (message instanceof SearchResponse)
        return { status: message.status, message: message.errorMessage, cookie: cookieOf(message) };
    }
  }

  /** A base, filter or attribute that the server did not take, in words for the user. */
  failure(end: SearchEnd): OffhookError {
    const { host, bindName } = this.config;
    // operationsError: what Active Directory says to nobody.
    const anonymous = bindName === '' && end.status === 1;
    if (anonymous)
      return new OffhookError('directory.forbidden', { values: { host }, detail: end.message.slice(0, 300) });
    return resultFailure(host, 'search', end.status, end.message);
  }

  private async startTls(wrap: Parameters<LdapConnection['upgrade']>[0]): Promise<void> {
    const id = this.connection.nextId();
    this.connection.send(new ExtendedRequest({ messageId: id, oid: startTls }));
    const received = await this.answer(id);
    if (received.kind !== 'message' || !(received.message instanceof ExtendedResponse))
      throw this.connection.badAnswer('no answer to StartTLS');
    const { status, errorMessage } = received.message;
    if (status !== resultCodes.success) throw resultFailure(this.config.host, 'StartTLS', status, errorMessage);
    await this.connection.upgrade(wrap);
  }

  private async bind(dn: string, password: string): Promise<void> {
    const id = this.connection.nextId();
    this.connection.send(new BindRequest({ messageId: id, dn, password }));
    const received = await this.answer(id);
    if (received.kind !== 'message' || !(received.message instanceof BindResponse))
      throw this.connection.badAnswer('no answer to the bind');
    const { status, errorMessage } = received.message;
    if (status === resultCodes.success) return;
    const { host } = this.config;
    // Some servers say this of a name that is none of theirs.
    const unknownName = status === resultCodes.noSuchObject || status === 34;
    throw resultFailure(host, 'bind', unknownName ? resultCodes.invalidCredentials : status, errorMessage);
  }

  private async answer(id: number): Promise<Received> {
    for (;;) {
      const received = await this.connection.receive();
      if (received.id === id) return received;
      // Notice of disconnection (RFC 4511, 4.4.1). What else is not ours answers a search that was left.
      if (received.id === unsolicited && received.kind === 'message')
        throw resultFailure(this.config.host, 'notice', received.message.status, received.message.errorMessage);
    }
  }
}

function entryOf(message: SearchEntry): RawEntry {
  return new RawEntry(
    message.name,
    message.attributes.map(({ type, parsedBuffers }) => ({ type, values: parsedBuffers })),
  );
}

function cookieOf(message: SearchResponse): Buffer | null {
  const control = message.controls?.find((each) => each instanceof PagedResultsControl);
  const cookie = control?.value?.cookie;
  return cookie && cookie.length > 0 ? Buffer.from(cookie) : null;
}
