import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock, Logger } from '#core/foundation/index.ts';

export interface LoopbackHandlers {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface LoopbackListener {
  readonly port: number;
  close(): Promise<void>;
}

/** PEM texts. */
export interface SecureWith {
  cert: string;
  key: string;
}

/** Enough for all who may listen, and for programs that ask. */
const mostConnections = 600;
/** ms that open connections have to end by themselves. */
const farewell = 300;

/** Who sends slowly is cut off: headers within 5 s, the whole request within 10 s. */
function createLimitedServer(handlers: LoopbackHandlers, secure: SecureWith | null): Server {
  const limits = {
    headersTimeout: 5000,
    requestTimeout: 10_000,
    connectionsCheckingInterval: 2500,
    keepAliveTimeout: 30_000,
    maxHeaderSize: 16 * 1024,
    requireHostHeader: true,
  };
  const server = secure
    ? createSecureServer({ ...limits, ...secure, minVersion: 'TLSv1.2', handshakeTimeout: 5000 })
    : createServer(limits);
  server.maxConnections = mostConnections;
  server.on('request', (request, response) => handlers.request(request, response));
  server.on('upgrade', (request, socket, head) => handlers.upgrade(request, socket, head));
  return server;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const limit = clock.after(farewell, () => server.closeAllConnections());
    server.close(() => {
      limit.dispose();
      resolve();
    });
    server.closeIdleConnections();
  });
}

/**
 * HTTP, or HTTPS, on 127.0.0.1, and on ::1 where that is there: nobody outside of this computer can reach it.
 * @param port 0 takes any free one
 * @throws what `listen` of 127.0.0.1 met, e.g. EADDRINUSE
 */
export async function listenOnLoopback(
  port: number,
  handlers: LoopbackHandlers,
  { clock, logger, secure = null }: { clock: Clock; logger: Logger; secure?: SecureWith | null },
): Promise<LoopbackListener> {
  const server = createLimitedServer(handlers, secure);
  const taken = await listen(server, '127.0.0.1', port);
  const servers = [server];
  const second = createLimitedServer(handlers, secure);
  try {
    await listen(second, '::1', taken);
    servers.push(second);
  } catch (error) {
    logger.info('not on ::1', { error });
  }
  return {
    port: taken,
    close: async () => void (await Promise.all(servers.map((each) => closeServer(each, clock)))),
  };
}
