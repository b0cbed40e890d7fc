import { BindRequest, ExtendedRequest, PagedResultsControl, ProtocolOperation, SearchRequest } from 'ldapts';
import type { Control, Filter, SearchOptions } from 'ldapts';
import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfigOf } from '#contract/ipc/index.ts';
import { LdapConnection, type Received, type Request } from './ldap-connection.ts';
import { resultCodes, resultFailure } from './ldap-failures.ts';
import { encrypt, openSocket, trustedAuthorities, type LdapSurroundings } from './ldap-socket.ts';
import type { RawEntry } from './raw-entry.ts';

const startTls = '1.3.6.1.4.1.1466.20037';
/** Id of what a server says by itself. */
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
  /** What the server said of it. */
  text: string;
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
    const options: Omit<SearchOptions, 'filter'> = {
      scope,
      attributes: [...attributes],
      sizeLimit: limit,
      timeLimit: 0,
    };
    this.connection.send(
      new SearchRequest({ messageId: id, baseDN: base, filter, controls: [...controls, ...paging], ...options }),
    );
    for (;;) {
      const received = await this.answer(id);
      if (received.kind === 'entry' || received.kind === 'oversized') yield received;
      else if (received.kind === 'result')
        return { status: received.status, text: received.text, cookie: received.cookie };
    }
  }

  /** A base, filter or attribute that the server did not take, in words for the user. */
  failure(end: SearchEnd): OffhookError {
    const { host, bindName } = this.config;
    // operationsError: what Active Directory says to nobody.
    const anonymous = bindName === '' && end.status === 1;
    if (anonymous) return new OffhookError('directory.forbidden', { values: { host }, detail: end.text.slice(0, 300) });
    return resultFailure(host, 'search', end.status, end.text);
  }

  private async startTls(wrap: Parameters<LdapConnection['upgrade']>[0]): Promise<void> {
    const request = new ExtendedRequest({ messageId: this.connection.nextId(), oid: startTls });
    const { status, text } = await this.resultOf(request, ProtocolOperation.LDAP_RES_EXTENSION);
    if (status !== resultCodes.success) throw resultFailure(this.config.host, 'StartTLS', status, text);
    await this.connection.upgrade(wrap);
  }

  private async bind(dn: string, password: string): Promise<void> {
    const request = new BindRequest({ messageId: this.connection.nextId(), dn, password });
    const { status, text } = await this.resultOf(request, ProtocolOperation.LDAP_RES_BIND);
    if (status === resultCodes.success) return;
    // What some servers say of a name that is none of theirs.
    const unknownName = status === resultCodes.noSuchObject || status === resultCodes.invalidDnSyntax;
    throw resultFailure(this.config.host, 'bind', unknownName ? resultCodes.invalidCredentials : status, text);
  }

  private async resultOf(request: Request, operation: number): Promise<{ status: number; text: string }> {
    this.connection.send(request);
    const received = await this.answer(request.messageId);
    if (received.kind !== 'result' || received.operation !== operation)
      throw this.connection.badAnswer('another operation');
    return received;
  }

  private async answer(id: number): Promise<Received> {
    for (;;) {
      const received = await this.connection.receive();
      if (received.id === id) return received;
      // Notice of disconnection (RFC 4511, 4.4.1). What else is not ours answers a search that was left.
      if (received.id === unsolicited && received.kind === 'result')
        throw resultFailure(this.config.host, 'notice', received.status, received.text);
    }
  }
}
