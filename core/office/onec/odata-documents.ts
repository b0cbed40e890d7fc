import { OffhookError, type ErrorCode } from '#contract/errors.ts';
import {
  odataAddress,
  odataAuthorization,
  readODataError,
  type ODataClientOptions,
  type ODataRow,
} from '#core/contacts/directories/onec/index.ts';
import type { HttpRequest } from '#core/network/index.ts';
import { toDeliveryFailure } from '#core/sync/index.ts';

interface Answer {
  status: number;
  body: string;
}

/** What 1C says where a role lacks a right. */
const rights = /прав доступа|недостаточно прав|нет прав|access right|insufficient right/i;

/**
 * Documents of an infobase, read and written by 1C's standard OData interface (version 3, JSON). Rejects with
 * `delivery.*`: `no-object` where the set is not published, `not-allowed`, `refused` for what 1C will never take, else
 * `failed` and `unreachable`.
 */
export class ODataDocuments {
  private readonly options: ODataClientOptions;
  private readonly set: string;
  private readonly host: string;

  /** @param set e.g. `Document_ТелефонныйЗвонок` */
  constructor(set: string, options: ODataClientOptions) {
    this.options = options;
    this.set = set;
    this.host = new URL(options.url).host;
  }

  /** Null where there is no object with the key. */
  async get(key: string): Promise<ODataRow | null> {
    const answer = await this.ask(odataAddress(this.options.url, this.set, { $format: 'json' }, key));
    // A set that is not published answers alike; whoever searches it hears the difference.
    if (answer.status === 404 && readODataError(answer.body)) return null;
    return this.row(answer);
  }

  async find(filter: string, select: readonly string[]): Promise<ODataRow[]> {
    const query = { $filter: filter, $select: select.join(','), $top: '100', $format: 'json' };
    const answer = await this.ask(odataAddress(this.options.url, this.set, query));
    const { value } = this.row(answer);
    if (!Array.isArray(value)) throw this.failure('delivery.failed', 'no list of values');
    return value.filter((row): row is ODataRow => typeof row === 'object' && row !== null);
  }

  /** @returns the key that it has now */
  async create(row: ODataRow): Promise<string | null> {
    const address = odataAddress(this.options.url, this.set, { $format: 'json' });
    const { Ref_Key: key } = this.row(await this.ask(address, this.writing('POST', row)));
    return typeof key === 'string' ? key : null;
  }

  /** False where there is no object with the key. */
  async change(key: string, row: ODataRow): Promise<boolean> {
    const address = odataAddress(this.options.url, this.set, { $format: 'json' }, key);
    const answer = await this.ask(address, this.writing('PATCH', row));
    if (answer.status === 404 && readODataError(answer.body)) return false;
    // A page of the web server's, e.g. of its sign-in, says nothing of the document.
    if (answer.body.trim() === '') this.check(answer);
    else this.row(answer);
    return true;
  }

  /** The description of everything published, in XML. */
  async metadata(): Promise<string> {
    const answer = await this.ask(odataAddress(this.options.url, '$metadata'));
    this.check(answer);
    if (!/<(?:\w+:)?Edmx[\s>]/i.test(answer.body)) throw this.failure('delivery.failed', 'no description of OData');
    return answer.body;
  }

  private writing(method: 'POST' | 'PATCH', row: ODataRow): HttpRequest {
    return { method, body: JSON.stringify(row), headers: { 'content-type': 'application/json; charset=utf-8' } };
  }

  private async ask(address: string, request: HttpRequest = {}): Promise<Answer> {
    const authorization = odataAuthorization(this.options);
    const accept = address.endsWith('$metadata') ? 'application/xml' : 'application/json';
    const headers = { authorization, accept, ...request.headers };
    try {
      const response = await this.options.fetch(address, { ...request, headers });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      throw toDeliveryFailure(this.host, error);
    }
  }

  private row(answer: Answer): ODataRow {
    this.check(answer);
    try {
      const row: unknown = JSON.parse(answer.body.replace(/^\ufeff/, ''));
      if (typeof row === 'object' && row !== null) return row as ODataRow;
    } catch {
      // Said below.
    }
    throw this.failure(
      'delivery.failed',
      answer.body.trimStart().startsWith('<') ? 'a page instead of JSON' : 'no JSON',
    );
  }

  private check({ status, body }: Answer): void {
    if (status >= 200 && status <= 299) return;
    const error = readODataError(body);
    const detail = `HTTP ${status} ${error?.message ?? ''}`.trim();
    if (status === 401 || status === 403 || rights.test(error?.message ?? ''))
      throw this.failure('delivery.not-allowed', detail);
    // Only what 1C itself says is its last word: the web server in front of it says the same of an outage.
    if (!error || status >= 500 || status === 408 || status === 429) throw this.failure('delivery.failed', detail);
    throw this.failure(status === 404 ? 'delivery.no-object' : 'delivery.refused', detail);
  }

  private failure(code: ErrorCode, detail: string): OffhookError {
    return new OffhookError(code, { values: { host: this.host, object: this.set }, detail: detail.slice(0, 300) });
  }
}
