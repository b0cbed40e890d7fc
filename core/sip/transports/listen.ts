import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { FlowBase, FlowOwner } from './flow-base.ts';
import type { SipProtocol, SocketAddress } from './sip-flow.ts';
import { StreamFlow } from './stream-flow.ts';
import { maximumMessageSize } from './stream-framing.ts';
import { UdpEndpoint } from './udp-endpoint.ts';
import { WebSocketFlow } from './web-socket-flow.ts';

export interface ListenOptions {
  protocol: SipProtocol;
  /** Address to bind, e.g. `127.0.0.1`. */
  address: string;
  /** 0 for any free one. */
  port: number;
  /** PEM; for tls and wss. */
  certificate?: { key: string; cert: string };
  /** Only this path is upgraded to a WebSocket; `/ws` when absent. */
  path?: string;
  /** Connections at a time; the next one is refused. 1,000 when absent. */
  maximumConnections?: number;
}

export interface SipListener {
  readonly protocol: SipProtocol;
  readonly local: SocketAddress;
  /** Closes the socket and every flow that came in by it. */
  close(): Promise<void>;
}

/** @param opened told of each connection that comes in; UDP has none to tell */
export async function listenFor(
  owner: FlowOwner,
  options: ListenOptions,
  opened: (flow: FlowBase) => void,
): Promise<SipListener> {
  if (options.protocol !== 'udp') return listenForConnections(owner, options, opened);
  const endpoint = await UdpEndpoint.bind(owner, options.address, options.port, 'accepted');
  return { protocol: 'udp', local: endpoint.local, close: async () => endpoint.close(null) };
}

async function listenForConnections(
  owner: FlowOwner,
  options: ListenOptions,
  opened: (flow: FlowBase) => void,
): Promise<SipListener> {
  const flows = new Set<FlowBase>();
  const adopt = (flow: FlowBase) => {
    flows.add(flow);
    flow.onClosed(() => flows.delete(flow));
    opened(flow);
  };
  const server = createServer(owner, options, adopt);
  server.maxConnections = options.maximumConnections ?? 1000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.address, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address() as { address: string; port: number };
  return {
    protocol: options.protocol,
    local: { address: bound.address, port: bound.port },
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const flow of flows) flow.close();
      if ('closeAllConnections' in server) (server as { closeAllConnections(): void }).closeAllConnections();
      return closed;
    },
  };
}

function createServer(owner: FlowOwner, options: ListenOptions, adopt: (flow: FlowBase) => void): Server {
  const { protocol } = options;
  const stream = (socket: Socket) => {
    const addresses = addressesOf(socket);
    if (addresses) adopt(new StreamFlow(owner, { protocol, role: 'accepted', ...addresses }, socket));
  };
  if (protocol === 'tcp') return createTcpServer(stream);
  if (protocol === 'tls') {
    const server = createTlsServer({ ...options.certificate, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 }, stream);
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }
  return createWebSocketServer(owner, options, adopt);
}

function createWebSocketServer(owner: FlowOwner, options: ListenOptions, adopt: (flow: FlowBase) => void): Server {
  const refuse = { connectionsCheckingInterval: 5000, headersTimeout: 10_000, requestTimeout: 10_000 };
  const server =
    options.protocol === 'wss' ? createHttpsServer({ ...options.certificate, ...refuse }) : createHttpServer(refuse);
  server.on('request', (_request, response) => response.writeHead(426, { Upgrade: 'websocket' }).end());
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageSize,
    perMessageDeflate: false,
    // RFC 7118 4.1: the client offers `sip`; without it the peer is no SIP client.
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?')[0];
    const offered = String(request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
    const addresses = addressesOf(request.socket);
    if (path !== (options.path ?? '/ws') || !offered.includes('sip') || !addresses) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      adopt(new WebSocketFlow(owner, { protocol: options.protocol, role: 'accepted', ...addresses }, webSocket)),
    );
  });
  return server;
}

/** Null when the peer is gone already. */
function addressesOf(socket: Socket): { local: SocketAddress; remote: SocketAddress } | null {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  if (!localAddress || !localPort || !remoteAddress || !remotePort) {
    socket.destroy();
    return null;
  }
  const plain = (address: string) => address.replace(/^::ffff:/, '');
  return {
    local: { address: plain(localAddress), port: localPort },
    remote: { address: plain(remoteAddress), port: remotePort },
  };
}
