import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Row = Record<string, unknown>;

/** What is published, as an infobase holds it; rows are given in the order of their keys. */
export interface Infobase {
  sets: Record<string, Row[]>;
  user: string;
  password: string;
  /** Properties of the sets that may be written, by their names, as `$metadata` tells them. */
  writable?: Record<string, readonly string[]>;
}

const emptyKey = '00000000-0000-0000-0000-000000000000';

/**
 * A web server that answers as 1C's standard OData interface does (version 3, `$format=json`): service document, `$top`,
 * `$skip`, `$orderby`, `$select`, `$inlinecount`, and the filters `DeletionMark eq false`, `Date eq datetime'…'` and
 * `Ref_Key eq guid'…'` joined by `or`. Sets that may be written take POST, and PATCH of an object by its key.
 */
export class ODataServer {
  readonly requests: string[] = [];
  /** Answers everything in the place of the infobase, e.g. a page of the web server's. */
  instead: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  /** Gives documents keys of its own, whatever is asked for. */
  ownKeys = false;
  /** What becomes of an answer after something was written. */
  afterWrite: 'answer' | 'cut' | 'page' = 'answer';
  /** The user may read alone. */
  readOnly = false;
  /** Types that a reference to a counterparty may have. */
  contactTypes = ['StandardODATA.Catalog_Контрагенты', 'StandardODATA.Catalog_КонтактныеЛица'];
  private readonly infobase: Infobase;
  private readonly server: Server;

  private constructor(infobase: Infobase) {
    this.infobase = infobase;
    this.server = createServer((request, response) => void this.answer(request, response));
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

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const resource = decodeURIComponent(url.pathname).split('/odata/standard.odata/')[1] ?? '';
    const [, set = '', key] =
      /^([^(]*)(?:\(guid'([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'\))?$/.exec(resource) ?? [];
    const method = request.method === 'GET' ? '' : `${request.method} `;
    this.requests.push(method + resource + decodeURIComponent(url.search));
    if (this.instead) return this.instead(request, response);
    const { user, password, sets } = this.infobase;
    const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    if (request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="1C"', 'content-type': 'text/html' });
      response.end('<html>401</html>');
      return;
    }
    if (set === '$metadata') {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(describe(this.infobase.writable ?? {}));
      return;
    }
    // 1C answers in Atom unless it is asked for JSON.
    if (url.searchParams.get('$format') !== 'json') {
      response.writeHead(200, { 'content-type': 'application/atom+xml' }).end('<?xml version="1.0"?><feed/>');
      return;
    }
    if (set === '') return reply(response, 200, { value: Object.keys(sets).map((name) => ({ name, url: name })) });
    const rows = sets[set];
    if (!rows) return refuse(response, 404, '8', `Сущность "${set}" не найдена`);
    if (request.method !== 'GET')
      return this.write(await text(request), { method: request.method, set, rows, key }, response);
    if (key === undefined) return reply(response, 200, select(rows, url.searchParams));
    const row = rows.find(({ Ref_Key }) => Ref_Key === key);
    if (!row) return refuse(response, 404, '9', `Экземпляр сущности "${set}" не найден`);
    reply(response, 200, row);
  }

  private write(
    body: string,
    { method, set, rows, key }: { method: string | undefined; set: string; rows: Row[]; key: string | undefined },
    response: ServerResponse,
  ): void {
    const given = JSON.parse(body) as Row;
    const known = ['Ref_Key', 'DeletionMark', 'АбонентКонтакт_Type', ...(this.infobase.writable?.[set] ?? [])];
    const strange = Object.keys(given).find((name) => !known.includes(name));
    const type = given['АбонентКонтакт_Type'];
    if (this.readOnly) return refuse(response, 500, '-1', 'Нарушение прав доступа! Недостаточно прав на добавление');
    if (strange !== undefined) return refuse(response, 400, '14', `Свойство "${strange}" не найдено`);
    if (type !== undefined && !this.contactTypes.includes(String(type)))
      return refuse(response, 400, '14', 'Ошибка типа');
    const present = rows.find(({ Ref_Key }) => Ref_Key === (key ?? given['Ref_Key']));
    if (method === 'PATCH' && !present) return refuse(response, 404, '9', `Экземпляр сущности "${set}" не найден`);
    if (method === 'POST' && present && !this.ownKeys) return refuse(response, 500, '-1', 'Объект уже записан');
    const made = this.ownKeys ? `${String(rows.length + 1).padStart(8, '0')}${emptyKey.slice(8)}` : given['Ref_Key'];
    const row =
      method === 'PATCH' ? Object.assign(present ?? {}, given) : { DeletionMark: false, ...given, Ref_Key: made };
    if (method === 'POST') rows.push(row);
    if (this.afterWrite === 'cut') return void response.socket?.destroy();
    if (this.afterWrite === 'page') return void response.writeHead(200).end('<html>Идёт обновление</html>');
    reply(response, method === 'POST' ? 201 : 200, row);
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json;odata=minimalmetadata;charset=utf-8' });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string, value: string): void {
  reply(response, status, { 'odata.error': { code, message: { lang: 'ru', value } } });
}

function describe(writable: Record<string, readonly string[]>): string {
  const types = Object.entries(writable).map(
    ([set, names]) =>
      `<EntityType Name="${set}"><Key><PropertyRef Name="Ref_Key"/></Key>` +
      `${names.map((name) => `<Property Name="${name}" Type="Edm.String"/>`).join('')}</EntityType>`,
  );
  return `<?xml version="1.0"?><edmx:Edmx Version="1.0"><edmx:DataServices><Schema>${types.join('')}</Schema></edmx:DataServices></edmx:Edmx>`;
}

function select(rows: readonly Row[], query: URLSearchParams): { 'odata.count'?: string; value: Row[] } {
  const filter = query.get('$filter') ?? '';
  const keys = [...filter.matchAll(/Ref_Key eq guid'([^']+)'/g)].map((match) => match[1]);
  const at = /^Date eq datetime'([^']+)'$/.exec(filter)?.[1];
  const kept = rows.filter(
    (row) =>
      (at === undefined || row['Date'] === at) &&
      (keys.length === 0 || keys.includes(String(row['Ref_Key']))) &&
      (filter !== 'DeletionMark eq false' || row['DeletionMark'] !== true),
  );
  const orders = (query.get('$orderby') ?? '').split(',').filter((name) => name !== '');
  const ordered = kept.toSorted((a, b) => {
    const name = orders.find((one) => String(a[one]) !== String(b[one]));
    return name === undefined ? 0 : String(a[name]) < String(b[name]) ? -1 : 1;
  });
  const skip = Number(query.get('$skip') ?? 0);
  const names = query.get('$select')?.split(',');
  const only = (row: Row): Row => (names ? Object.fromEntries(names.map((name) => [name, row[name]])) : row);
  const value = ordered.slice(skip, skip + Number(query.get('$top') ?? ordered.length)).map(only);
  return query.get('$inlinecount') === 'allpages' ? { 'odata.count': String(kept.length), value } : { value };
}
