import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeptByGraph } from './graph-server-items.ts';

type Contact = Record<string, unknown> & { id: string };
type Item = Record<string, unknown> & { id: string };

interface Change {
  folder: string;
  contact: Contact;
  gone: boolean;
}

/**
 * A web server that answers as Microsoft's sign-in and Graph do: authorization code with PKCE, tokens that are good once,
 * contact folders, delta with pages, `@removed` and links that expire; To Do, the calendar and new contacts, with answers
 * that are lost after the work was done.
 */
export class GraphServer {
  readonly requests: string[] = [];
  readonly folders = new Map<string, string>();
  /** Answers of Graph in the place of its own, one request each: status, headers, body. */
  readonly instead: [number, Record<string, string>, string][] = [];
  refreshTokens = new Set<string>(['first']);
  /** What the user and the office have agreed to. */
  readonly consented = new Set<string>(['Contacts.Read']);
  /** Lists of To Do by id, the usual one first, with their tasks; and what is in the calendar. */
  readonly tasks = new Map<string, Item[]>([['usual', []]]);
  readonly events: Item[] = [];
  /** Requests that change something are carried out, and the answer is cut off; as many as this says. */
  lostAnswers = 0;
  /** Access tokens that were given are not good any more. */
  forgetTokens(): void {
    this.accessTokens.clear();
  }
  private accessTokens = new Map<string, string>();
  private codes = new Map<string, { challenge: string; redirectUri: string }>();
  private changes: Change[] = [];
  /** Links for changes before this one have expired. */
  private oldest = 0;
  private readonly pageSize: number;
  private readonly server: Server;

  private constructor(pageSize: number) {
    this.pageSize = pageSize;
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(pageSize = 3): Promise<GraphServer> {
    const graph = new GraphServer(pageSize);
    await new Promise<void>((resolve) => graph.server.listen(0, '127.0.0.1', resolve));
    return graph;
  }

  private get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get endpoints() {
    return { login: this.origin, graph: `${this.origin}/v1.0` };
  }

  put(contact: Contact, folder = 'contacts'): void {
    this.changes.push({ folder, contact, gone: false });
  }

  remove(id: string, folder = 'contacts'): void {
    this.changes.push({ folder, contact: { id }, gone: true });
  }

  expireLinks(): void {
    this.oldest = this.changes.length + 1;
  }

  /** What the browser is told after the user has signed in at this address; null where it would be refused. */
  consent(address: string): string | null {
    const query = new URL(address).searchParams;
    const [redirectUri, challenge] = [query.get('redirect_uri'), query.get('code_challenge')];
    if (!redirectUri || !challenge || query.get('code_challenge_method') !== 'S256') return null;
    const code = randomUUID();
    this.codes.set(code, { challenge, redirectUri });
    return `${redirectUri}/?${new URLSearchParams({ code, state: query.get('state') ?? '' }).toString()}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    this.requests.push(url.pathname + url.search);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (url.pathname.endsWith('/oauth2/v2.0/token')) return this.token(new URLSearchParams(body), response);
    const instead = this.instead.shift();
    if (instead) {
      response.writeHead(instead[0], instead[1]).end(instead[2]);
      return;
    }
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const scope = this.accessTokens.get(token);
    if (scope === undefined) return reply(response, 401, { error: { code: 'InvalidAuthenticationToken' } });
    const method = request.method ?? 'GET';
    const kept = new KeptByGraph(this, this.pageSize).answer(
      method,
      url,
      scope,
      body === '' ? {} : (JSON.parse(body) as Item),
    );
    if (!kept) return this.graph(url, response);
    if (method !== 'GET' && this.lostAnswers > 0) {
      this.lostAnswers -= 1;
      request.socket.destroy();
      return;
    }
    reply(response, kept[0], kept[1]);
  }

  private token(form: URLSearchParams, response: ServerResponse): void {
    const refused = () =>
      reply(response, 400, { error: 'invalid_grant', error_description: 'AADSTS70008: expired\r\nTrace ID' });
    const scope = form.get('scope') ?? '';
    const wanted = [...scope.matchAll(/graph\.microsoft\.com\/(\S+)/g)].map(([, name]) => name!);
    if (form.get('grant_type') === 'refresh_token') {
      if (!wanted.every((name) => this.consented.has(name))) return refused();
      if (!this.refreshTokens.delete(form.get('refresh_token') ?? '')) return refused();
    } else {
      const code = this.codes.get(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (code?.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) return refused();
      this.codes.delete(form.get('code') ?? '');
      for (const name of wanted) this.consented.add(name);
    }
    const [access, refresh] = [randomUUID(), randomUUID()];
    this.accessTokens.set(access, wanted.join(' '));
    this.refreshTokens.add(refresh);
    reply(response, 200, { token_type: 'Bearer', access_token: access, refresh_token: refresh, expires_in: 3600 });
  }

  private graph(url: URL, response: ServerResponse): void {
    if (url.pathname === '/v1.0/me/contactFolders') {
      const value = [...this.folders].map(([id, displayName]) => ({ id, displayName }));
      return reply(response, 200, { value });
    }
    const folder = /^\/v1\.0\/me\/contactFolders\/([^/]+)\/contacts/.exec(url.pathname)?.[1];
    const name = folder === undefined ? 'contacts' : decodeURIComponent(folder);
    const newest = new Map(
      this.changes.filter((change) => change.folder === name).map((change) => [change.contact.id, change]),
    );
    if (!url.pathname.endsWith('/delta')) {
      const value = [...newest.values()].filter(({ gone }) => !gone).map(({ contact }) => contact);
      return reply(response, 200, { value: value.slice(0, Number(url.searchParams.get('$top') ?? 10)) });
    }
    this.delta(url, name, response);
  }

  private delta(url: URL, folder: string, response: ServerResponse): void {
    const since = Number(url.searchParams.get('$deltatoken') ?? -1);
    if (since >= 0 && since < this.oldest) return reply(response, 410, { error: { code: 'syncStateNotFound' } });
    const later = this.changes.slice(Math.max(0, since)).filter((change) => change.folder === folder);
    const changed = [...new Map(later.map((change) => [change.contact.id, change])).values()].filter(
      ({ gone }) => since >= 0 || !gone,
    );
    const skip = Number(url.searchParams.get('$skiptoken') ?? 0);
    const page = changed.slice(skip, skip + this.pageSize);
    const value = page.map(({ contact, gone }) =>
      gone ? { id: contact.id, '@removed': { reason: 'deleted' } } : contact,
    );
    const next = new URL(url);
    if (skip + page.length < changed.length) {
      next.searchParams.set('$skiptoken', String(skip + page.length));
      return reply(response, 200, { value, '@odata.nextLink': next.href });
    }
    next.search = new URLSearchParams({ $deltatoken: String(Math.max(this.changes.length, this.oldest)) }).toString();
    reply(response, 200, { value, '@odata.deltaLink': next.href });
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
