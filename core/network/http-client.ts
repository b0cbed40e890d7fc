import http from 'node:http';
import https from 'node:https';
import { OffhookError } from '#contract/errors.ts';
import { networkFailure } from './network-failures.ts';
import { trustedContext } from './trusted-certificates.ts';

export interface HttpEnvironment {
  /** Address of the proxy for a server, e.g. `http://proxy:3128`; null to go straight. By the system's settings. */
  proxyFor: (url: string) => string | null;
}

export interface HttpClientOptions {
  /** Ends every request. */
  signal: AbortSignal;
  /** ms for which a server may say nothing. */
  timeout?: number;
  /** The longest answer that is taken, in bytes. */
  mostBytes?: number;
}

export interface HttpRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** `manual` gives the answer that leads elsewhere. */
  redirect?: 'follow' | 'manual';
}

/** Like `fetch`, with the whole answer there when it resolves. */
export type HttpClient = (url: string | URL, request?: HttpRequest) => Promise<Response>;

/** Beyond what is taken: whoever can, asks for less. */
export class AnswerTooLong extends OffhookError {
  constructor(host: string, mostBytes: number) {
    super('directory.bad-answer', { values: { host }, detail: `an answer of more than ${mostBytes} bytes` });
  }
}

const quiet = 30_000;
const longest = 64 * 1024 * 1024;
const mostRedirects = 5;

/**
 * Asks servers of HTTP by the system's proxy and certificates. It follows to the same host or by HTTPS alone, never from
 * HTTPS to HTTP, and gives no other host what authorises it. Rejects with a `directory.*` code in which there is no
 * secret; any status is an answer.
 */
export function openHttpClient(environment: HttpEnvironment, options: HttpClientOptions): HttpClient {
  return async (address, request = {}) => {
    let url = new URL(address);
    let current = request;
    for (let turn = 0; turn <= mostRedirects; turn += 1) {
      const answer = await ask(url, current, environment, options);
      const location = answer.headers.get('location');
      if (request.redirect === 'manual' || answer.status < 300 || answer.status > 399 || location === null)
        return answer;
      [url, current] = follow(url, current, location, answer.status);
    }
    throw badAnswer(url, 'more redirects than anybody needs');
  };
}

function follow(from: URL, request: HttpRequest, location: string, status: number): [URL, HttpRequest] {
  const to = URL.parse(location, from.href);
  const allowed = to?.protocol === 'https:' || (to?.protocol === from.protocol && to.hostname === from.hostname);
  if (!to || !allowed) throw badAnswer(from, `a redirect to ${to?.origin ?? 'nowhere'}`);
  // After 303 it is another thing that is asked for; all others are asked again as they were.
  const { body, ...rest } = request;
  const again = status === 303 ? { ...rest, method: 'GET' } : { ...rest, body };
  return [to, to.origin === from.origin || to.hostname === from.hostname ? again : withoutSecrets(again)];
}

function withoutSecrets(request: HttpRequest): HttpRequest {
  const kept = Object.entries(request.headers ?? {}).filter(([name]) => !/^(?:authorization|cookie)$/i.test(name));
  return { ...request, headers: Object.fromEntries(kept) };
}

function badAnswer({ host }: URL, detail: string): OffhookError {
  return new OffhookError('directory.bad-answer', { values: { host }, detail });
}

function ask(
  url: URL,
  { method = 'GET', headers = {}, body }: HttpRequest,
  environment: HttpEnvironment,
  { signal, timeout = quiet, mostBytes = longest }: HttpClientOptions,
): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const { host } = url;
  if (signal.aborted) return Promise.reject(new OffhookError('directory.cancelled'));
  const request = openRequest(url, { method, headers, timeout, signal }, environment.proxyFor(url.href));
  const stop = (error: OffhookError) => {
    reject(error);
    request.destroy();
  };
  const silent = setTimeout(() => stop(new OffhookError('directory.timed-out', { values: { host } })), timeout);
  request.on('response', (answer) => {
    const chunks: Buffer[] = [];
    let size = 0;
    answer.on('data', (chunk: Buffer) => {
      silent.refresh();
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
      else stop(new AnswerTooLong(host, mostBytes));
    });
    answer.on('end', () => resolve(toResponse(answer, Buffer.concat(chunks))));
    answer.on('error', reject);
    answer.on('close', () => reject(Object.assign(new Error('cut off'), { code: 'ECONNRESET' })));
  });
  request.on('error', reject);
  request.end(body);
  return promise
    .catch((error: unknown) => {
      throw signal.aborted ? new OffhookError('directory.cancelled') : networkFailure(host, error);
    })
    .finally(() => clearTimeout(silent));
}

/** A proxy is asked for a tunnel by HTTPS; Node's own agent does that (since 24.5). */
function openRequest(url: URL, options: http.RequestOptions, proxy: string | null): http.ClientRequest {
  const proxyEnv = proxy === null ? undefined : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
  if (url.protocol === 'http:') return http.request(url, { ...options, agent: new http.Agent({ proxyEnv }) });
  const agent = new https.Agent({ proxyEnv, secureContext: trustedContext() });
  return https.request(url, { ...options, agent });
}

function toResponse(answer: http.IncomingMessage, bytes: Buffer): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2)
    headers.append(answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? '');
  const status = answer.statusCode ?? 0;
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : new Uint8Array(bytes), {
    status,
    statusText: answer.statusMessage ?? '',
    headers,
  });
}
