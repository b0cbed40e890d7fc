import { Agent, request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { LocalApiAccess } from '#core/office/local-api/index.ts';

/** One of Offhook's own programs at the local API, on a connection that stays open. */
export class ApiClient {
  private readonly access: LocalApiAccess;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(access: LocalApiAccess) {
    this.access = access;
  }

  async ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const { port, secret } = this.access;
    const sent = request({
      ...{ host: '127.0.0.1', port, method, path, agent: this.agent },
      headers: {
        Authorization: `Bearer ${secret}`,
        ...(text === ''
          ? {}
          : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
      },
    });
    sent.end(text);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    let answer = '';
    for await (const chunk of response.setEncoding('utf8')) answer += chunk;
    return { status: response.statusCode ?? 0, json: answer === '' ? null : JSON.parse(answer) };
  }

  close(): void {
    this.agent.destroy();
  }
}
