import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { createRequire } from 'node:module';
import type { ErrorReport } from '#contract/errors.ts';
import type { OperationInput, OperationResult } from '#contract/local-api/index.ts';
import { AgentGone, AgentRefusal } from '../command-failure.ts';
import { fillRoute, routes, type UsedOperation } from './routes.ts';

/** Where the local API is, as its agent announces it for this user alone. */
export interface AgentAccess {
  port: number;
  secret: string;
}

/** What a command needs of the agent. */
export interface AgentClient {
  /** @throws AgentRefusal with the agent's code, AgentGone */
  call<N extends UsedOperation>(name: N, input: OperationInput<N>): Promise<OperationResult<N>>;
  /** Everything that happens, as texts of server-sent events, until the agent or `signal` ends it. @throws AgentGone */
  events(signal: AbortSignal): AsyncIterable<string>;
}

// An import would bring all that hangs on the module, browsers' WebSocket included: 25 ms, half of a whole command.
const http = createRequire(import.meta.url)('node:http') as typeof import('node:http');

const mostAnswer = 16 * 1024 * 1024;

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > mostAnswer) throw new Error('the answer does not end');
  }
  return text;
}

function refusalIn(status: number, text: string): AgentRefusal {
  try {
    const { error } = JSON.parse(text) as { error?: Partial<ErrorReport> };
    if (error?.code)
      return new AgentRefusal({ code: error.code, values: error.values ?? {}, detail: error.detail ?? null });
  } catch {
    // Not our API's words: the status says all there is.
  }
  return new AgentRefusal({ code: 'local-api.failed', values: {}, detail: `HTTP ${status}` });
}

/** Speaks to the agent over loopback, one connection a request, so that the process can end at once. */
export class LocalApiClient implements AgentClient {
  private readonly access: AgentAccess;
  private readonly patience: number;

  /** @param patience ms without a byte after which a request is given up */
  constructor(access: AgentAccess, patience = 60_000) {
    this.access = access;
    this.patience = patience;
  }

  async call<N extends UsedOperation>(name: N, input: OperationInput<N>): Promise<OperationResult<N>> {
    const { method, path, body } = fillRoute(routes[name], input);
    const response = await this.send(method, path, body, { timeout: this.patience });
    const status = response.statusCode ?? 0;
    try {
      const text = await textOf(response);
      if (status < 200 || status > 299) throw refusalIn(status, text);
      return (text === '' ? {} : JSON.parse(text)) as OperationResult<N>;
    } catch (error) {
      throw error instanceof AgentRefusal ? error : new AgentGone(error);
    }
  }

  async *events(signal: AbortSignal): AsyncIterable<string> {
    const response = await this.send('GET', '/v1/events', null, { signal, accept: 'text/event-stream' });
    const status = response.statusCode ?? 0;
    try {
      if (status !== 200) throw refusalIn(status, await textOf(response));
      for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) yield chunk;
    } catch (error) {
      if (signal.aborted) return;
      throw error instanceof AgentRefusal ? error : new AgentGone(error);
    } finally {
      response.destroy();
    }
  }

  private send(
    method: string,
    path: string,
    body: string | null,
    options: { timeout?: number; signal?: AbortSignal; accept?: string },
  ): Promise<IncomingMessage> {
    const { accept = 'application/json', ...rest } = options;
    const headers: OutgoingHttpHeaders = { authorization: `Bearer ${this.access.secret}`, accept };
    if (body !== null) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = Buffer.byteLength(body);
    }
    return new Promise((resolve, reject) => {
      const request = http.request(
        { host: '127.0.0.1', port: this.access.port, method, path, headers, agent: false, ...rest },
        resolve,
      );
      request.once('timeout', () => request.destroy(new Error('no answer in time')));
      request.once('error', (error) => reject(new AgentGone(error)));
      request.end(body ?? undefined);
    });
  }
}
