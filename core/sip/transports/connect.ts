import { createSocket } from 'node:dgram';
import { connect as connectTcp, createServer, isIP, isIPv6, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect as connectTls,
  createSecureContext,
  getCACertificates,
  rootCertificates,
  type SecureContext,
} from 'node:tls';
import { WebSocket } from 'ws';
import type { FlowOwner } from './flow-base.ts';
import { hostForUri, type SipFlow, type SipProtocol, type SocketAddress } from './sip-flow.ts';
import { StreamFlow } from './stream-flow.ts';
import { maximumMessageSize } from './stream-framing.ts';
import { UdpEndpoint } from './udp-endpoint.ts';
import { WebSocketFlow } from './web-socket-flow.ts';

export interface Destination {
  protocol: SipProtocol;
  /** Resolved already: an IP literal. */
  remote: SocketAddress;
  /** Name that the certificate must carry and that SNI and the Host header tell; the address when absent. */
  serverName?: string;
  /** Path of the WebSocket, e.g. `/ws`. */
  path?: string;
  verifyCertificate?: boolean;
  /** PEM of certificate authorities to trust beside the system's. */
  trustedCertificates?: readonly string[];
  /** ms for TCP and TLS or WebSocket handshake together; 5,000 when absent. */
  timeout?: number;
  /** TCP only: peers may connect to the flow's own local port, see `SipTransportLayer.connect`. */
  reachable?: boolean;
}

/** Opens a flow. Rejects with the socket's own error; `certificateErrorCode` tells what it means. */
export async function connectFlow(owner: FlowOwner, destination: Destination): Promise<SipFlow> {
  switch (destination.protocol) {
    case 'udp':
      return connectUdp(owner, destination.remote);
    case 'tcp':
    case 'tls':
      return connectStream(owner, destination);
    default:
      return connectWebSocket(owner, destination);
  }
}

async function connectUdp(owner: FlowOwner, remote: SocketAddress): Promise<SipFlow> {
  const endpoint = await UdpEndpoint.bind(owner, await localAddressTowards(remote), 0, 'connected');
  return endpoint.flowToServer(remote);
}

/** The address of ours that the routing table picks for that peer; nothing is sent. */
export async function localAddressTowards(remote: SocketAddress): Promise<string> {
  const probe = createSocket(isIPv6(remote.address) ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.connect(remote.port, remote.address, () => resolve());
    });
    return probe.address().address;
  } finally {
    probe.close();
  }
}

async function connectStream(owner: FlowOwner, destination: Destination): Promise<SipFlow> {
  const { protocol, remote } = destination;
  const target = { host: remote.address, port: remote.port, ...(await localEnd(destination)) };
  const socket = protocol === 'tcp' ? connectTcp(target) : connectTls({ ...target, ...tlsOptions(destination) });
  await settled(owner, destination, socket, protocol === 'tcp' ? 'connect' : 'secureConnect');
  return new StreamFlow(owner, { protocol, role: 'connected', local: localOf(socket), remote }, socket);
}

/** A port that was bound on purpose can be listened on beside the connection; one that the system chose cannot. */
async function localEnd({
  protocol,
  remote,
  reachable,
}: Destination): Promise<{ localAddress?: string; localPort?: number }> {
  if (!reachable || protocol !== 'tcp') return {};
  const localAddress = await localAddressTowards(remote);
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, localAddress, () => resolve()));
  const { port } = probe.address() as { port: number };
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return { localAddress, localPort: port };
}

async function connectWebSocket(owner: FlowOwner, destination: Destination): Promise<SipFlow> {
  const { protocol, remote } = destination;
  const name = destination.serverName ?? remote.address;
  const url = `${protocol}://${hostForUri(name)}:${remote.port}${destination.path ?? '/'}`;
  const options = protocol === 'wss' ? tlsOptions(destination) : {};
  const socket = new WebSocket(url, 'sip', {
    ...options,
    // The name was resolved already: connect there, whatever DNS says by now.
    lookup: (_host, wanted, done) => {
      const family = isIP(remote.address);
      if (typeof wanted === 'object' && wanted.all) done(null, [{ address: remote.address, family }]);
      else done(null, remote.address, family);
    },
    maxPayload: maximumMessageSize,
    perMessageDeflate: false,
    followRedirects: false,
  });
  let local: SocketAddress = { address: '127.0.0.1', port: 0 };
  socket.once('upgrade', (response) => (local = localOf(response.socket)));
  await settled(owner, destination, socket, 'open');
  return new WebSocketFlow(owner, { protocol, role: 'connected', local, remote }, socket);
}

/** Waits for `event`; on an error or after the timeout the socket is destroyed and the promise rejects. */
function settled(owner: FlowOwner, destination: Destination, socket: Socket | WebSocket, event: string): Promise<void> {
  const emitter: NodeJS.EventEmitter = socket;
  return new Promise((resolve, reject) => {
    const finish = (error: Error | null) => {
      timer.dispose();
      owner.closing.removeEventListener('abort', aborted);
      emitter.off(event, succeeded);
      emitter.off('error', finish);
      if (!error) return resolve();
      // A socket may fail again while it is torn down; the first cause is the one that counts.
      emitter.on('error', () => undefined);
      if ('terminate' in socket) socket.terminate();
      else socket.destroy();
      reject(error);
    };
    const succeeded = () => finish(null);
    const aborted = () => finish(new Error('closed'));
    const { address, port } = destination.remote;
    const late = () => finish(Object.assign(new Error(`no answer from ${address}:${port}`), { code: 'ETIMEDOUT' }));
    const timer = owner.clock.after(destination.timeout ?? 5000, late);
    owner.closing.addEventListener('abort', aborted);
    emitter.on(event, succeeded);
    emitter.on('error', finish);
  });
}

function localOf(socket: Socket): SocketAddress {
  // A dual-stack socket tells IPv4 addresses as mapped ones.
  return { address: (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/, ''), port: socket.localPort ?? 0 };
}

let systemContext: SecureContext | null = null;

function tlsOptions(destination: Destination) {
  const name = destination.serverName ?? destination.remote.address;
  const extra = destination.trustedCertificates ?? [];
  // Offices run authorities of their own, which administrators install in the system's store.
  const authorities = () => [
    ...new Set([...rootCertificates, ...getCACertificates('system'), ...getCACertificates('extra'), ...extra]),
  ];
  const secureContext =
    extra.length > 0
      ? createSecureContext({ ca: authorities() })
      : (systemContext ??= createSecureContext({ ca: authorities() }));
  return {
    secureContext,
    ...(isIP(name) ? {} : { servername: name }),
    checkServerIdentity: (_host: string, certificate: Parameters<typeof checkServerIdentity>[1]) =>
      checkServerIdentity(name, certificate),
    rejectUnauthorized: destination.verifyCertificate ?? true,
  };
}
