import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from './stage.ts';

/**
 * A web site of somebody else, for a browser that resolves its name to the loopback. `/` is an empty page,
 * `/redirect?to=…` sends on with the same method and body (307), `/reporting?to=…` is a page that breaks its own policy
 * and has that reported there.
 */
export class ForeignSite implements Actor {
  private readonly server: Server = createServer((request, response) => this.answer(request, response));
  port = 0;

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site.example');
    const to = searchParams.get('to') ?? '';
    if (pathname === '/redirect') return void response.writeHead(307, { Location: to }).end();
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (pathname === '/reporting') {
      response.setHeader('Content-Security-Policy', `img-src 'none'; report-uri ${to}`);
      return void response.end('<!doctype html><title>foreign</title><img src="/picture.png">');
    }
    response.end('<!doctype html><title>foreign</title><body></body>');
  }
}
