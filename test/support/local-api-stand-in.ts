import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OffhookError, toReport } from '#contract/errors.ts';
import {
  operations,
  type ApiCall,
  type ApiEventData,
  type ApiEventName,
  type OperationArguments,
  type OperationName,
  type OperationResult,
} from '#contract/local-api/index.ts';

/** How the stand-in answers; what is left out is answered with `call.not-supported`. */
export type Answers = { [N in OperationName]?: (given: OperationArguments<N>) => OperationResult<N> };

interface Heard {
  name: OperationName;
  given: unknown;
}

/** A call as the API tells it, with what matters to a test. */
export function apiCallOf(given: Partial<ApiCall>): ApiCall {
  return {
    id: 'call-1',
    lineId: 'line-1',
    direction: 'outgoing',
    state: 'connected',
    number: '+74951234567',
    display: '+7 495 123-45-67',
    name: null,
    firm: null,
    personId: null,
    muted: false,
    startedAt: 1_000,
    answeredAt: 2_000,
    endedAt: null,
    disposition: null,
    error: null,
    possible: [],
    ...given,
  };
}

async function jsonOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** The local API over real HTTP, held to the contract's table, without an agent behind it. */
export class LocalApiStandIn {
  readonly secret = 'a-secret-of-this-run';
  readonly heard: Heard[] = [];
  answers: Answers = {};
  port = 0;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly listeners = new Set<ServerResponse>();
  private lastEvent = 0;
  /** Told to each new listener. */
  calls: ApiCall[] = [];

  async start(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  get listening(): number {
    return this.listeners.size;
  }

  tell<N extends ApiEventName>(event: N, data: ApiEventData<N>): void {
    for (const listener of this.listeners) this.write(listener, event, data);
  }

  private write<N extends ApiEventName>(listener: ServerResponse, event: N, data: ApiEventData<N>): void {
    this.lastEvent += 1;
    listener.write(`id: ${this.lastEvent}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      if (request.headers.authorization !== `Bearer ${this.secret}`) throw new OffhookError('program.not-paired');
      const url = new URL(request.url ?? '', 'http://127.0.0.1');
      if (url.pathname === '/v1/events') return this.listen(response);
      answer(200, await this.answer(request, url));
    } catch (error) {
      const report = toReport(error);
      answer(report.code === 'program.not-paired' ? 401 : 409, { error: report, message: report.code });
    }
  }

  private listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.listeners.add(response);
    response.once('close', () => this.listeners.delete(response));
    this.write(response, 'calls.snapshot', { calls: this.calls });
  }

  private async answer(request: IncomingMessage, url: URL): Promise<unknown> {
    for (const name of Object.keys(operations) as OperationName[]) {
      const { method, path, parameters, query, body, result } = operations[name];
      const pattern = new RegExp(`^/v1${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
      const match = pattern.exec(url.pathname);
      if (!match || request.method !== method) continue;
      const named = Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
      const given = {
        ...parameters.parse(Object.fromEntries(named)),
        ...query.parse(Object.fromEntries(url.searchParams)),
        ...(body ? (body.parse(await jsonOf(request)) as object) : {}),
      };
      this.heard.push({ name, given });
      const answers = this.answers[name] as ((given: unknown) => unknown) | undefined;
      if (!answers) throw new OffhookError('call.not-supported');
      return result.parse(answers(given));
    }
    throw new OffhookError('bridge.unknown-command', { detail: `${request.method} ${url.pathname}` });
  }
}
