import { setTimeout as pause } from 'node:timers/promises';
import { OffhookError } from '#contract/errors.ts';
import type { HttpClient } from '#core/network/index.ts';

export interface GraphPage {
  value: Record<string, unknown>[];
  nextLink: string | null;
  deltaLink: string | null;
}

export interface GraphClientOptions {
  fetch: HttpClient;
  /** With its version; links of other servers are not followed. */
  endpoint: string;
  accessToken: string;
  signal: AbortSignal;
}

const mostTries = 5;
/** Seconds that a busy server may ask for. */
const longestPause = 60;

/** The server says that the link of an earlier refresh is too old (HTTP 410): everything is to be read anew. */
export class ExpiredLink extends Error {}

/** Asks Graph, waits as it asks to when it is busy. Rejects with `directory.*`. */
export class GraphClient {
  private readonly options: GraphClientOptions;
  private readonly host: string;

  constructor(options: GraphClientOptions) {
    this.options = options;
    this.host = new URL(options.endpoint).host;
  }

  /** @param address relative to Graph's, or a link that Graph gave */
  async page(address: string): Promise<GraphPage> {
    const { endpoint } = this.options;
    const url = address.startsWith('/') ? endpoint + address : address;
    if (!URL.canParse(url) || new URL(url).origin !== new URL(endpoint).origin)
      throw new OffhookError('directory.bad-answer', {
        values: { host: this.host },
        detail: 'a link to another server',
      });
    const body = await this.get(url);
    return readPage(body, this.host);
  }

  private async get(url: string): Promise<string> {
    const { fetch, accessToken, signal } = this.options;
    const headers = {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json',
      prefer: 'odata.maxpagesize=200',
    };
    for (let tries = 1; ; tries++) {
      const response = await fetch(url, { headers });
      const body = await response.text();
      if (response.status === 200) return body;
      const busy = response.status === 429 || response.status === 503 || response.status === 504;
      if (!busy || tries === mostTries) throw refusal(response.status, body, this.host);
      const asked = Number(response.headers.get('retry-after') ?? 2 ** tries);
      await pause(Math.min(Number.isFinite(asked) ? asked : 2 ** tries, longestPause) * 1000, undefined, {
        signal,
      }).catch((cause) => {
        throw new OffhookError('directory.cancelled', { cause });
      });
    }
  }
}

function refusal(status: number, body: string, host: string): Error {
  const code = errorCode(body);
  if (status === 410 || code === 'syncStateNotFound' || code === 'SyncStateNotFound') return new ExpiredLink(code);
  const values = { host, status };
  const detail = `HTTP ${status} ${code}`.trim();
  if (status === 401) return new OffhookError('directory.sign-in-needed', { values, detail });
  if (status === 403) return new OffhookError('directory.forbidden', { values, detail });
  return new OffhookError('directory.server-failed', { values, detail });
}

function errorCode(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown } };
    return typeof error?.code === 'string' ? error.code.slice(0, 100) : '';
  } catch {
    // Some page of a proxy; the status says enough.
    return '';
  }
}

function readPage(body: string, host: string): GraphPage {
  let answer: Record<string, unknown>;
  try {
    answer = JSON.parse(body) as Record<string, unknown>;
  } catch (cause) {
    const detail = body.trimStart().startsWith('<') ? 'HTML instead of JSON' : 'no JSON';
    throw new OffhookError('directory.bad-answer', { values: { host }, detail, cause });
  }
  const { value } = answer;
  if (!Array.isArray(value))
    throw new OffhookError('directory.bad-answer', { values: { host }, detail: 'no list of values' });
  const link = (name: string) => (typeof answer[name] === 'string' ? answer[name] : null);
  return {
    value: value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null),
    nextLink: link('@odata.nextLink'),
    deltaLink: link('@odata.deltaLink'),
  };
}
