import { Emitter, type Clock, type Disposable, type Event, type Logger } from '#core/foundation/index.ts';
import type { ServerResolver } from '../dns/resolve-server.ts';
import { localAddressTowards, type SipFlow, type SipTransportLayer, type SocketAddress } from '../transports/index.ts';
import type { SipAccount } from '../user-agent.ts';
import { connectionError } from './connection-errors.ts';

// Below the 30 s that many routers keep a UDP binding (RFC 5626 4.4.2 asks for 24 to 29 s).
const datagramKeepAlive = 25_000;
const streamKeepAlive = 30_000;
/** RFC 5626 4.4.1: a server that answers keep-alives does so within 10 s. */
const answerLimit = 10_000;
const connectLimit = 5000;

/**
 * The flow to an account's server. It is resolved and opened before it is needed, kept alive, and kept: no call waits
 * for DNS or a handshake.
 */
export class ServerConnection {
  private readonly account: SipAccount;
  private readonly layer: SipTransportLayer;
  private readonly resolver: ServerResolver;
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly trusted: readonly string[];
  private readonly lostEmitter = new Emitter<Error | null>();
  private current: SipFlow | null = null;
  private known = new Set<string>();
  private keepAlive: Disposable | null = null;
  private keepAliveAnswer: Disposable | null = null;
  private next = 0;
  private closed = false;
  /** The flow broke; connect again. */
  readonly onLost: Event<Error | null> = this.lostEmitter.event;

  constructor(options: {
    account: SipAccount;
    layer: SipTransportLayer;
    resolver: ServerResolver;
    clock: Clock;
    logger: Logger;
    trustedCertificates: readonly string[];
  }) {
    this.account = options.account;
    this.layer = options.layer;
    this.resolver = options.resolver;
    this.clock = options.clock;
    this.logger = options.logger;
    this.trusted = options.trustedCertificates;
  }

  get flow(): SipFlow | null {
    return this.current && !this.current.closed ? this.current : null;
  }

  /** The host as the user wrote it, for sentences. */
  get host(): string {
    return serverOf(this.account).host;
  }

  /** Whether a message from that address may be from the server; any of the addresses that its name has will do. */
  isServer(address: string): boolean {
    return this.known.has(address);
  }

  /** Rejects with a `line.*` error when no address of the server answers. A later try begins with another address. */
  async connect(): Promise<SipFlow> {
    this.drop();
    const { protocol } = { protocol: this.account.transport };
    const server = serverOf(this.account);
    const candidates = await this.resolver.resolve({ ...server, protocol });
    this.known = new Set(candidates.map(({ address }) => address));
    let failure: unknown = null;
    for (let tried = 0; tried < candidates.length; tried += 1) {
      const remote = candidates[(this.next + tried) % candidates.length]!;
      try {
        const flow = await this.open(remote, server.host);
        this.next = (this.next + tried) % candidates.length;
        return this.adopt(flow);
      } catch (error) {
        failure ??= error;
        this.logger.info('server did not answer', {
          protocol,
          address: remote.address,
          port: remote.port,
          cause: String(error),
        });
      }
    }
    throw connectionError(failure, server.host);
  }

  /** The next `connect` begins with another of the server's addresses: the present one connects but does not answer. */
  preferAnother(): void {
    this.next += 1;
  }

  drop(): void {
    this.keepAlive?.dispose();
    this.keepAliveAnswer?.dispose();
    const flow = this.current;
    this.current = null;
    flow?.close();
  }

  close(): void {
    this.closed = true;
    this.drop();
    this.lostEmitter.dispose();
  }

  private open(remote: SocketAddress, host: string): Promise<SipFlow> {
    return this.layer.connect({
      protocol: this.account.transport,
      remote,
      serverName: host.replace(/^\[|\]$/g, ''),
      path: this.account.webSocketPath,
      verifyCertificate: this.account.verifyCertificate,
      trustedCertificates: this.trusted,
      timeout: connectLimit,
      reachable: this.account.transport === 'tcp',
    });
  }

  private adopt(flow: SipFlow): SipFlow {
    if (this.closed) {
      flow.close();
      throw new Error('stopped');
    }
    this.current = flow;
    flow.onClosed((cause) => {
      if (this.current !== flow) return;
      this.drop();
      this.lostEmitter.fire(cause);
    });
    const interval = flow.protocol === 'udp' ? datagramKeepAlive : streamKeepAlive;
    let answers = false;
    this.keepAlive = this.clock.every(interval, () => {
      const asked = this.clock.monotonic();
      flow.ping();
      if (flow.protocol === 'udp') void this.checkRoute(flow);
      this.keepAliveAnswer = this.clock.after(answerLimit, () => {
        if (flow.lastHeard >= asked) answers = true;
        // Only a server that has answered before is expected to (RFC 5626 4.4.1 without `ob`).
        else if (answers && flow.protocol !== 'udp') flow.close();
      });
    });
    return flow;
  }

  /** The machine moved to another network: the old source address leads nowhere. */
  private async checkRoute(flow: SipFlow): Promise<void> {
    const address = await localAddressTowards(flow.remote).catch(() => null);
    if (address !== null && address !== flow.local.address && !flow.closed) flow.close();
  }
}

/** `host`, `host:port` or `[v6]:port`. */
function splitPort(text: string): { host: string; port: number | null } {
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(text);
  return match
    ? { host: match[1]!, port: match[2] === undefined ? null : Number(match[2]) }
    : { host: text, port: null };
}

/** Where to connect: the outbound proxy, else the server, else whatever the domain's DNS says. */
export function serverOf(account: SipAccount): { host: string; port: number | null } {
  if (account.outboundProxy) return splitPort(account.outboundProxy);
  const named = splitPort(account.serverHost ?? account.domain);
  return { host: named.host, port: account.serverPort ?? named.port };
}
