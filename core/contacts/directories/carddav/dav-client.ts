import { davRequest, propfind, serviceDiscovery, syncCollection, type DAVResponse } from 'tsdav';
import { OffhookError } from '#contract/errors.ts';
import { type HttpClient, toStatusError } from '#core/network/index.ts';
import type { DavAuthorization } from './dav-authorization.ts';
import { readAnswers, syncTokenOf, type DavAnswer } from './dav-answer.ts';

type Fetch = typeof globalThis.fetch;
type Properties = Record<string, object>;

export interface Changes {
  answers: DavAnswer[];
  token: string;
}

/** tsdav takes one that was cut off for a shorter list; what is missing from it would be taken for deleted. */
const wholeAnswer =
  /<\/(?:[\w.-]+:)?multistatus\s*>\s*$|^[^<]*(?:<[?!][^>]*>\s*)*<(?:[\w.-]+:)?multistatus[^<>]*\/>\s*$/;
const namespaces = { 'xmlns:d': 'DAV:', 'xmlns:card': 'urn:ietf:params:xml:ns:carddav' };

/**
 * Asks a server of CardDAV. tsdav writes and reads the XML: its parser knows no entities but XML's own, and fetches
 * nothing. Every method rejects with a `directory.*` code.
 */
export class DavClient {
  private readonly http: HttpClient;
  private readonly authorization: DavAuthorization;

  constructor(http: HttpClient, authorization: DavAuthorization) {
    this.http = http;
    this.authorization = authorization;
  }

  find(url: string, props: Properties, depth: '0' | '1'): Promise<DavAnswer[]> {
    return this.ask(url, (fetch) => propfind({ url, props, depth, fetch }));
  }

  /** Cards of an address book by their paths as they go over the wire; what is not there any more has status 404. */
  cards(book: string, paths: readonly string[]): Promise<DavAnswer[]> {
    const query = {
      _attributes: namespaces,
      'd:prop': { 'd:getetag': {}, 'card:address-data': {} },
      'd:href': [...paths],
    };
    const body = { 'addressbook-multiget': query };
    const init = { method: 'REPORT', namespace: 'card', headers: { Depth: '1' }, body } as const;
    return this.ask(book, (fetch) => davRequest({ url: book, init, fetch }));
  }

  /** What changed since a token was given (RFC 6578); null where the server does not know that any more, or never did. */
  async changes(book: string, token: string): Promise<Changes | null> {
    let raw: DAVResponse[] = [];
    try {
      const props = { 'd:getetag': {} };
      const answers = await this.ask(book, async (fetch) => {
        raw = await syncCollection({
          url: book,
          props,
          syncLevel: 1,
          syncToken: token,
          headers: { Depth: '0' },
          fetch,
        });
        return raw;
      });
      const next = syncTokenOf(raw);
      return next === null ? null : { answers, token: next };
    } catch (error) {
      // Servers refuse an expired token with 400, 403, 409, 410 or 412, or what they cannot do with 501.
      const status = raw[0]?.status ?? 0;
      if (status === 501 || (status >= 400 && status < 500 && status !== 401 && status !== 429)) return null;
      throw error;
    }
  }

  /** Where RFC 6764 says that the server's address books begin; the address itself where it says nothing. */
  wellKnown(url: string): Promise<string> {
    const account = { serverUrl: url, accountType: 'carddav' } as const;
    return serviceDiscovery({ account, fetch: this.fetch });
  }

  private async ask(url: string, run: (fetch: Fetch) => Promise<DAVResponse[]>): Promise<DavAnswer[]> {
    const { host } = new URL(url);
    let [status, type, ended] = [0, '', false];
    const raw = await run(async (address, init) => {
      const response = await this.fetch(address, init);
      const text = await response.text();
      [status, type, ended] = [response.status, response.headers.get('content-type') ?? '', wholeAnswer.test(text)];
      return new Response(text || null, response);
    });
    const failure = toStatusError(status, host);
    if (failure) throw failure;
    const answers = status === 207 && ended ? readAnswers(raw, url) : null;
    if (answers) return answers;
    const detail = `HTTP ${status} ${type}`.slice(0, 100);
    throw new OffhookError('directory.bad-answer', { values: { host }, detail });
  }

  private readonly fetch: Fetch = async (address, init) => {
    const answer = await this.send(address, init);
    return answer.status === 401 && this.authorization.learn(answer) ? this.send(address, init) : answer;
  };

  private send(
    address: Parameters<Fetch>[0],
    { method = 'GET', headers, body, redirect }: RequestInit = {},
  ): Promise<Response> {
    const url = new URL(address instanceof Request ? address.url : address);
    return this.http(url, {
      method,
      headers: { ...Object.fromEntries(new Headers(headers)), ...this.authorization.headers(method, url) },
      ...(typeof body === 'string' ? { body } : {}),
      redirect: redirect === 'manual' ? 'manual' : 'follow',
    });
  }
}
