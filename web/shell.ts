import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Clock, Disposable, Logger } from '#core/foundation/index.ts';
import { isOwnPeer } from '#core/network/peer-user.ts';
import type { ClientPort } from '#core/bridge/index.ts';
import { webSocketClient } from './bridge.ts';
import { cookieOf, Guard, type Refusal } from './guard.ts';
import { answer, createRoutes } from './routes.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { Sessions, Tickets } from './tickets.ts';

export interface WebShellOptions {
  /** Built renderer. */
  staticDirectory: string;
  /** Loopback port; 0 takes any free one. */
  port: number;
  connect(client: ClientPort): Disposable;
  /** Secret of the file that only this user reads; it lets a second start in. */
  attachSecret: string;
  /** A second start asks for a window on its own screen; true when one was opened. */
  onAttach(screen: Record<string, string>): Promise<boolean>;
  /** Session hashes of a shell that died, so that its windows come back. */
  sessions?: readonly string[];
  onSession?(hashes: string[]): void;
  clock: Clock;
  logger: Logger;
}

export interface WebShell {
  readonly port: number;
  /** Address with a fresh single-use ticket, good for `lifetime` ms. */
  address(lifetime: number): string;
  windows(): number;
  close(): Promise<void>;
}

const mostWindows = 16;
/** The longest message is an SDP of 64 KiB, with room for its JSON escapes. */
const longestMessage = 256 * 1024;

async function refusalByUser(request: IncomingMessage): Promise<Refusal | null> {
  return (await isOwnPeer(request.socket)) ? null : { status: 403, why: 'another system user' };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Serves the window and its bridge to the agent: on loopback, to this user's own browser only. */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const { logger } = options;
  const tickets = new Tickets(options.clock);
  const sessions = new Sessions(options.sessions);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage, perMessageDeflate: false });
  const server = createServer({ headersTimeout: 5000, requestTimeout: 10_000 });
  const port = await listen(server, options.port);
  const guard = new Guard(port);
  const cookie = `offhook-${port}`;
  const address = (lifetime: number) => `http://127.0.0.1:${port}/#ticket=${tickets.issue(lifetime)}`;
  const routes = createRoutes({ ...options, guard, tickets, sessions, cookie, address, refusalByUser });

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    setSecurityHeaders(response, port);
    routes(request, response).catch((error: unknown) => {
      logger.error('a request failed', { error: String(error) });
      answer(response, 500, 'internal error');
    });
  });

  const refuseUpgrade = (socket: Duplex, refusal: Refusal) => {
    logger.warn('a bridge was refused', { why: refusal.why });
    socket.end(`HTTP/1.1 ${refusal.status} ${refusal.why}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };
  const checkUpgrade = async (request: IncomingMessage): Promise<Refusal | null> => {
    if (request.url !== '/bridge') return { status: 403, why: 'no such bridge' };
    const refusal = guard.checkOrigin(request);
    if (refusal) return refusal;
    if (!sessions.has(cookieOf(request, cookie) ?? '')) return { status: 401, why: 'no session' };
    if (sockets.clients.size >= mostWindows) return { status: 403, why: 'too many windows' };
    return await refusalByUser(request);
  };
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', (error) => logger.debug('a bridge broke while opening', { error: error.message }));
    const upgrade = async () => {
      const refusal = await checkUpgrade(request);
      if (refusal) return refuseUpgrade(socket, refusal);
      sockets.handleUpgrade(request, socket, head, (client) => {
        const connection = options.connect(webSocketClient(client, logger));
        client.on('close', () => connection.dispose());
      });
    };
    upgrade().catch((error: unknown) => {
      logger.error('a bridge could not be opened', { error });
      socket.destroy();
    });
  });

  return {
    port,
    address,
    windows: () => sockets.clients.size,
    async close() {
      for (const client of sockets.clients) client.close(1001, 'Offhook stopped');
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      options.clock.after(300, () => {
        for (const client of sockets.clients) client.terminate();
        server.closeAllConnections();
      });
      await closed;
      sockets.close();
    },
  };
}
