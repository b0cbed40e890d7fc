import { createSocket, type Socket, type SocketOptions } from 'node:dgram';
import { lookup } from 'node:dns';
import { isIP, isIPv6 } from 'node:net';
import { FlowBase, type FlowDescription, type FlowOwner } from './flow-base.ts';
import type { SocketAddress } from './sip-flow.ts';

// Of each kind: a flood from invented addresses drives out other strangers, and nobody who has registered.
const maximumFlows = 20_000;

/** One UDP socket, and a flow for each address that it talks with. */
export class UdpEndpoint {
  readonly local: SocketAddress;
  private primary: UdpFlow | null = null;
  private readonly owner: FlowOwner;
  private readonly socket: Socket;
  private readonly role: FlowDescription['role'];
  // In order of last use, so that the one forgotten first is the one longest silent.
  private readonly strangers = new Map<string, UdpFlow>();
  private readonly retained = new Map<string, UdpFlow>();
  private closed = false;

  private constructor(owner: FlowOwner, socket: Socket, role: FlowDescription['role']) {
    const bound = socket.address();
    this.owner = owner;
    this.socket = socket;
    this.role = role;
    this.local = { address: bound.address, port: bound.port };
    socket.on('message', (bytes, from) => this.read(bytes, { address: from.address, port: from.port }));
    socket.on('error', (error) => this.close(error));
  }

  /** @param port 0 for any free one */
  static async bind(
    owner: FlowOwner,
    address: string,
    port: number,
    role: FlowDescription['role'],
  ): Promise<UdpEndpoint> {
    const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', reuseAddr: false, lookup: literalFirst });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, address, () => {
        socket.off('error', reject);
        resolve();
      });
    });
    return new UdpEndpoint(owner, socket, role);
  }

  flowTo(remote: SocketAddress): UdpFlow {
    const key = keyOf(remote);
    const retained = this.retained.get(key);
    const flow =
      retained ??
      this.strangers.get(key) ??
      new UdpFlow(this.owner, { protocol: 'udp', role: this.role, local: this.local, remote }, this, this.socket);
    this.use(retained ? this.retained : this.strangers, flow);
    return flow;
  }

  /** That flow gives way to no stranger from now on. */
  retain(flow: UdpFlow): void {
    if (flow.closed) return;
    this.strangers.delete(keyOf(flow.remote));
    this.use(this.retained, flow);
  }

  /** Of a client: the flow whose end closes the socket. */
  flowToServer(remote: SocketAddress): UdpFlow {
    this.primary = this.flowTo(remote);
    this.retain(this.primary);
    return this.primary;
  }

  forget(flow: UdpFlow): void {
    this.strangers.delete(keyOf(flow.remote));
    this.retained.delete(keyOf(flow.remote));
    if (this.primary === flow) this.close(null);
  }

  close(cause: Error | null): void {
    if (this.closed) return;
    this.closed = true;
    for (const flow of [...this.strangers.values(), ...this.retained.values()]) flow.finish(cause);
    this.socket.close();
  }

  private use(flows: Map<string, UdpFlow>, flow: UdpFlow): void {
    const key = keyOf(flow.remote);
    flows.delete(key);
    flows.set(key, flow);
    if (flows.size > maximumFlows) flows.values().next().value?.close();
  }

  private read(bytes: Buffer, from: SocketAddress): void {
    if (this.closed) return;
    const flow = this.flowTo(from);
    flow.heard();
    // Keep-alives: CRLF, CRLFCRLF, or a few zero bytes as some phones send.
    if (bytes.length <= 4 && bytes.every((byte) => byte === 13 || byte === 10 || byte === 0)) return;
    this.owner.received(flow, bytes);
  }
}

/** Node would look up literal addresses too, and send after all else that this turn of the loop has to do. */
const literalFirst: NonNullable<SocketOptions['lookup']> = (address, options, found) => {
  const family = isIP(address);
  if (family === 0) lookup(address, options, found);
  else found(null, address, family);
};

function keyOf(remote: SocketAddress): string {
  return `${remote.address} ${remote.port}`;
}

/** The pair of our socket and one peer's address. */
export class UdpFlow extends FlowBase {
  readonly endpoint: UdpEndpoint;
  private readonly socket: Socket;

  constructor(owner: FlowOwner, description: FlowDescription, endpoint: UdpEndpoint, socket: Socket) {
    super(owner, description);
    this.endpoint = endpoint;
    this.socket = socket;
  }

  send(message: string): void {
    this.write(message);
  }

  ping(): void {
    this.write('\r\n\r\n');
  }

  /** See `UdpEndpoint.retain`. */
  retain(): void {
    this.endpoint.retain(this);
  }

  protected release(): void {
    this.endpoint.forget(this);
  }

  private write(text: string): void {
    if (this.closed) return;
    // A datagram that could not be sent is a lost datagram; only a dead network ends the flow.
    this.socket.send(text, this.remote.port, this.remote.address, (error) => {
      const code = (error as NodeJS.ErrnoException | null)?.code;
      if (code === 'ENETUNREACH' || code === 'EHOSTUNREACH' || code === 'ENETDOWN' || code === 'EADDRNOTAVAIL')
        this.finish(error);
    });
  }
}
