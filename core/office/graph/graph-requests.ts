import { OffhookError, type ErrorCode } from '#contract/errors.ts';
import type { HttpClient } from '#core/network/index.ts';
import { readRetryAfter } from '#core/sync/index.ts';

/** The account whose journal it is. */
export interface GraphAccess {
  /** Of Graph, with its version. */
  readonly endpoint: string;
  client(signal: AbortSignal): Promise<HttpClient>;
  /** @param fresh the one given before was refused */
  token(signal: AbortSignal, fresh?: boolean): Promise<string>;
  /** Unix ms. */
  now(): number;
}

export type GraphObject = Record<string, unknown>;

export interface GraphAnswer {
  status: number;
  /** Graph's own word for a failure, e.g. `ErrorItemNotFound`; empty for none. */
  code: string;
  body: GraphObject;
}

const unreachable: readonly ErrorCode[] = ['directory.unreachable', 'directory.name-not-found', 'directory.timed-out'];

/** Asks Graph for things and changes them. What keeps it from an answer is a `delivery.*` or `directory.*` code. */
export class GraphRequests {
  private readonly access: GraphAccess;
  private readonly host: string;

  constructor(access: GraphAccess) {
    this.access = access;
    this.host = new URL(access.endpoint).host;
  }

  /**
   * @param path relative to Graph's address, or a link of its own
   * @returns any answer that is not about rights, load or outages
   */
  async ask(method: string, path: string, signal: AbortSignal, body?: GraphObject): Promise<GraphAnswer> {
    const url = path.startsWith('/') ? this.access.endpoint + path : path;
    if (URL.parse(url)?.origin !== new URL(this.access.endpoint).origin)
      throw this.failure('delivery.failed', 'a link to another server');
    const fetch = await this.access.client(signal);
    for (const fresh of [false, true]) {
      const response = await this.send(fetch, url, method, await this.access.token(signal, fresh), body);
      if (response.status === 401 && !fresh) continue;
      return this.read(response, await response.text());
    }
    throw this.failure('directory.sign-in-needed', 'HTTP 401');
  }

  failure(code: ErrorCode, detail: string, values: Record<string, string | number> = {}): OffhookError {
    return new OffhookError(code, { values: { host: this.host, object: '', ...values }, detail: detail.slice(0, 300) });
  }

  /** What is to be said of an answer that did not do what was asked for. */
  refusal({ status, code }: GraphAnswer): OffhookError {
    return this.failure('delivery.refused', `HTTP ${status} ${code}`.trim());
  }

  private async send(
    fetch: HttpClient,
    url: string,
    method: string,
    token: string,
    body: GraphObject | undefined,
  ): Promise<Response> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      // An entry that the user moves to another folder stays known.
      prefer: 'IdType="ImmutableId"',
      ...(json === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(json)) }),
    };
    try {
      return await fetch(url, { method, headers, ...(json === undefined ? {} : { body: json }) });
    } catch (error) {
      if (!(error instanceof OffhookError) || !unreachable.includes(error.code)) throw error;
      throw this.failure('delivery.unreachable', error.detail ?? error.code);
    }
  }

  private read(response: Response, text: string): GraphAnswer {
    const { status } = response;
    const body = readJson(text);
    const code = (body?.['error'] as { code?: unknown } | undefined)?.code;
    const answer = { status, code: typeof code === 'string' ? code.slice(0, 100) : '', body: body ?? {} };
    const detail = `HTTP ${status} ${answer.code}`.trim();
    if (status === 401) throw this.failure('directory.sign-in-needed', detail);
    if (status === 403) throw this.failure('delivery.not-allowed', detail);
    if (status === 408 || status === 429 || status >= 500) {
      const wait = readRetryAfter(response.headers.get('retry-after'), this.access.now());
      throw this.failure('delivery.failed', detail, wait === null ? {} : { retryAfter: wait });
    }
    // Some page of a proxy has nothing to say of what was asked for.
    if (body === null && status !== 204) throw this.failure('delivery.failed', `${detail}, no JSON`);
    return answer;
  }
}

function readJson(text: string): GraphObject | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as GraphObject) : null;
  } catch {
    return null;
  }
}
