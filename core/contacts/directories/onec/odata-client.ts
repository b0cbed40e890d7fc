import { OffhookError } from '#contract/errors.ts';
import type { HttpClient } from '#core/network/index.ts';

export type ODataRow = Record<string, unknown>;

export interface ODataClientOptions {
  fetch: HttpClient;
  /** Up to and with `odata/standard.odata`. */
  url: string;
  user: string;
  password: string;
}

/** Address of a set, or of one object in it by its key, or of another resource of the interface. */
export function odataAddress(
  base: string,
  resource: string,
  query: Readonly<Record<string, string>> = {},
  key: string | null = null,
): string {
  const place = `${encodeURIComponent(resource)}${key === null ? '' : `(guid'${key}')`}`;
  const address = new URL(`${base.replace(/\/+$/, '')}/${place}`);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  // 1C reads a plus as a plus.
  address.search = address.search.replaceAll('+', '%20');
  return address.href;
}

export function odataAuthorization({ user, password }: Pick<ODataClientOptions, 'user' | 'password'>): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

const rowsAtOnce = 1000;
/** More than any small office has, and an end for a server that never says that it has given all. */
const mostRows = 1_000_000;

/**
 * Reads sets of 1C's standard OData interface (version 3, JSON). Rejects with `directory.*`: `bad-answer` where something
 * else than OData answers, e.g. a page of the web server's.
 */
export class ODataClient {
  private readonly options: ODataClientOptions;
  private readonly host: string;

  constructor(options: ODataClientOptions) {
    this.options = options;
    this.host = new URL(options.url).host;
  }

  /** Names of the sets that the administrator has published. */
  async sets(): Promise<string[]> {
    const { value } = await this.get('');
    return value.flatMap(({ name, url }) => (typeof url === 'string' ? [url] : typeof name === 'string' ? [name] : []));
  }

  /** Every row, some at a time, in the order of keys so that none is missed or met twice while others are added. */
  async *rows(set: string, query: { filter?: string; orderBy: string; limit?: number }): AsyncGenerator<ODataRow[]> {
    const limit = query.limit ?? mostRows;
    for (let skip = 0; skip < limit;) {
      const top = Math.min(rowsAtOnce, limit - skip);
      const { value } = await this.get(set, {
        ...(query.filter ? { $filter: query.filter } : {}),
        $orderby: query.orderBy,
        $top: String(top),
        $skip: String(skip),
      });
      if (value.length > 0) yield value;
      if (value.length < top) return;
      skip += value.length;
    }
  }

  async count(set: string, filter: string): Promise<number | null> {
    const { value, count } = await this.get(set, { $filter: filter, $top: '1', $inlinecount: 'allpages' });
    return count ?? (value.length === 0 ? 0 : null);
  }

  private async get(
    set: string,
    query: Record<string, string> = {},
  ): Promise<{ value: ODataRow[]; count: number | null }> {
    const { fetch, url } = this.options;
    const address = odataAddress(url, set, { ...query, $format: 'json' });
    const authorization = odataAuthorization(this.options);
    const response = await fetch(address, { headers: { authorization, accept: 'application/json' } });
    const body = await response.text();
    if (response.status !== 200) throw this.refused(response.status, body, set);
    return this.read(body, set);
  }

  private read(body: string, set: string): { value: ODataRow[]; count: number | null } {
    let answer: unknown;
    try {
      answer = JSON.parse(body.replace(/^\ufeff/, ''));
    } catch (cause) {
      throw this.badAnswer(
        `${set}: ${body.trimStart().startsWith('<') ? 'HTML or XML instead of JSON' : 'no JSON'}`,
        cause,
      );
    }
    const { value } = (answer ?? {}) as { value?: unknown };
    if (!Array.isArray(value)) throw this.badAnswer(`${set}: no list of values`);
    const count = Number((answer as ODataRow)['odata.count']);
    return {
      value: value.filter((row): row is ODataRow => typeof row === 'object' && row !== null),
      count: Number.isSafeInteger(count) && 'odata.count' in (answer as ODataRow) ? count : null,
    };
  }

  private badAnswer(detail: string, cause?: unknown): OffhookError {
    return new OffhookError('directory.bad-answer', {
      values: { host: this.host },
      detail: detail.slice(0, 300),
      cause,
    });
  }

  private refused(status: number, body: string, set: string): OffhookError {
    const values = { host: this.host, status };
    const detail = `HTTP ${status} ${set} ${readODataError(body)?.message ?? ''}`.trim();
    if (status === 401) return new OffhookError('directory.wrong-password', { values, detail });
    if (status === 403) return new OffhookError('directory.forbidden', { values, detail });
    if (status === 404) return new OffhookError('directory.bad-answer', { values, detail });
    if (status === 400) return new OffhookError('directory.invalid', { values, detail });
    return new OffhookError('directory.server-failed', { values, detail });
  }
}

/** What 1C says of an error: `{"odata.error":{"code":"8","message":{"lang":"ru","value":"…"}}}`; null for a page for people. */
export function readODataError(body: string): { message: string } | null {
  try {
    const { 'odata.error': error } = JSON.parse(body.replace(/^\ufeff/, '')) as {
      'odata.error'?: { message?: { value?: unknown } };
    };
    if (!error) return null;
    return { message: typeof error.message?.value === 'string' ? error.message.value.slice(0, 200) : '' };
  } catch {
    // A page for people; the status says enough.
    return null;
  }
}
