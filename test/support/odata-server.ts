import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Row = Record<string, unknown>;

/** What is published, as an infobase holds it; rows are given in the order of their keys. */
export interface Infobase {
  sets: Record<string, Row[]>;
  user: string;
  password: string;
}

/**
 * A web server that answers as 1C's standard OData interface does (version 3, `$format=json`): service document, `$top`,
 * `$skip`, `$orderby`, `$inlinecount`, and the filters `DeletionMark eq false` and `Ref_Key eq guid'…'` joined by `or`.
 */
export class ODataServer {
  readonly requests: string[] = [];
  /** Answers everything in the place of the infobase, e.g. a page of the web server's. */
  instead: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  private readonly infobase: Infobase;
  private readonly server: Server;

  private constructor(infobase: Infobase) {
    this.infobase = infobase;
    this.server = createServer((request, response) => this.answer(request, response));
  }

  static async start(infobase: Infobase): Promise<ODataServer> {
    const odata = new ODataServer(infobase);
    await new Promise<void>((resolve) => odata.server.listen(0, '127.0.0.1', resolve));
    return odata;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/base/odata/standard.odata`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const set = decodeURIComponent(url.pathname).split('/odata/standard.odata/')[1] ?? '';
    this.requests.push(set + decodeURIComponent(url.search));
    if (this.instead) return this.instead(request, response);
    const { user, password, sets } = this.infobase;
    const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    if (request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="1C"', 'content-type': 'text/html' });
      response.end('<html>401</html>');
      return;
    }
    // 1C answers in Atom unless it is asked for JSON.
    if (url.searchParams.get('$format') !== 'json') {
      response.writeHead(200, { 'content-type': 'application/atom+xml' }).end('<?xml version="1.0"?><feed/>');
      return;
    }
    if (set === '') return reply(response, 200, { value: Object.keys(sets).map((name) => ({ name, url: name })) });
    const rows = sets[set];
    if (!rows) {
      const message = { lang: 'ru', value: `Сущность "${set}" не найдена` };
      return reply(response, 404, { 'odata.error': { code: '8', message } });
    }
    reply(response, 200, select(rows, url.searchParams));
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json;odata=minimalmetadata;charset=utf-8' });
  response.end(JSON.stringify(body));
}

function select(rows: readonly Row[], query: URLSearchParams): { 'odata.count'?: string; value: Row[] } {
  const filter = query.get('$filter') ?? '';
  const keys = [...filter.matchAll(/Ref_Key eq guid'([^']+)'/g)].map((match) => match[1]);
  const kept = rows.filter(
    (row) =>
      (keys.length === 0 || keys.includes(String(row['Ref_Key']))) &&
      (filter !== 'DeletionMark eq false' || row['DeletionMark'] !== true),
  );
  const orders = (query.get('$orderby') ?? '').split(',').filter((name) => name !== '');
  const ordered = kept.toSorted((a, b) => {
    const name = orders.find((one) => String(a[one]) !== String(b[one]));
    return name === undefined ? 0 : String(a[name]) < String(b[name]) ? -1 : 1;
  });
  const skip = Number(query.get('$skip') ?? 0);
  const value = ordered.slice(skip, skip + Number(query.get('$top') ?? ordered.length));
  return query.get('$inlinecount') === 'allpages' ? { 'odata.count': String(kept.length), value } : { value };
}
