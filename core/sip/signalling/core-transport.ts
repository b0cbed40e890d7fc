import type { Clock, Logger } from '#core/foundation/index.ts';
import type { Transport } from 'sip.js/lib/core/index.js';
import type { SipMessage } from '../messages/sip-message.ts';
import { parseMessage } from '../messages/parse-message.ts';
import { topVia, viaParameter } from '../messages/via.ts';
import type { RetransmittingPort } from '../retransmission/index.ts';
import type { SipFlow, SipTransportLayer, SocketAddress } from '../transports/index.ts';
import type { SipAccount } from '../user-agent.ts';
import { nextHop } from './request-routing.ts';
import { contactAddress, rewriteOwnHeaders, stampOwnVia, takeLentBranch } from './rewrite-outgoing.ts';
import type { ServerConnection } from './server-connection.ts';

/** Bytes, RFC 3261 18.1.1: a larger request goes by a transport with congestion control. */
const largestDatagram = 1300;
const connectLimit = 2000;
const refusalKeptFor = 600_000;
const branchesKept = 500;

/** What sip.js sends through: picks the flow, puts the flow's addresses into Via and Contact. */
export class CoreTransport implements Transport {
  readonly protocol: string;
  /** Where the server saw us, when that differs from our own address. */
  seen: SocketAddress | null = null;
  readonly branchSuffix: string;
  private readonly account: SipAccount;
  private readonly connection: ServerConnection;
  private readonly layer: SipTransportLayer;
  private readonly port: RetransmittingPort;
  private readonly clock: Clock;
  private readonly logger: Logger;
  // CANCEL, and the ACK to a refusal, follow their INVITE (RFC 3261 9.1, 17.1.1.3).
  private readonly flowOfBranch = new Map<string, SipFlow | Promise<SipFlow>>();
  private readonly streams = new Map<string, SipFlow | Promise<SipFlow>>();
  private readonly refusedAt = new Map<string, number>();

  constructor(options: {
    account: SipAccount;
    connection: ServerConnection;
    layer: SipTransportLayer;
    port: RetransmittingPort;
    clock: Clock;
    logger: Logger;
    branchSuffix: string;
  }) {
    this.account = options.account;
    this.connection = options.connection;
    this.layer = options.layer;
    this.port = options.port;
    this.clock = options.clock;
    this.logger = options.logger;
    this.branchSuffix = options.branchSuffix;
    this.protocol = options.account.transport.toUpperCase();
  }

  /** On the wire before it returns, unless the request is too large for a datagram or its dialog needs a connection. */
  async send(text: string): Promise<void> {
    const parsed = parseMessage(text);
    if (!parsed.ok) throw new Error(`not sent: ${parsed.malformed.cause}`);
    const { message } = parsed;
    const server = this.connection.flow;
    if (message.kind === 'response') return this.sendResponse(message, server);
    if (!server) throw new Error('no connection to the server');
    const flow = this.flowFor(message, server, Buffer.byteLength(text));
    this.sendRequest(message, flow instanceof Promise ? await flow : flow);
  }

  private sendResponse(message: SipMessage, server: SipFlow | null): void {
    const flow = this.port.flowForResponse(message);
    if (!flow) throw new Error('the connection that the request came by is gone');
    takeLentBranch(message);
    rewriteOwnHeaders(message, contactAddress(server ?? flow, this.seen));
    this.port.send(flow, message);
  }

  private sendRequest(message: SipMessage, flow: SipFlow): void {
    stampOwnVia(message, flow, this.branchSuffix);
    rewriteOwnHeaders(message, contactAddress(this.connection.flow ?? flow, this.seen));
    this.port.send(flow, message);
  }

  private flowFor(message: SipMessage, server: SipFlow, size: number): SipFlow | Promise<SipFlow> {
    const via = topVia(message);
    const branch = (via && viaParameter(via, 'branch')) ?? '';
    const followed =
      message.method === 'ACK' || message.method === 'CANCEL' ? this.flowOfBranch.get(branch) : undefined;
    if (followed && (followed instanceof Promise || !followed.closed)) return followed;
    const flow = this.largeEnough(size, this.hopFlow(message, server));
    this.flowOfBranch.set(branch, flow);
    if (this.flowOfBranch.size > branchesKept) this.flowOfBranch.delete(this.flowOfBranch.keys().next().value!);
    return flow;
  }

  private hopFlow(message: SipMessage, server: SipFlow): SipFlow | Promise<SipFlow> {
    const hop = nextHop(message, server, this.account);
    if (!hop) return server;
    if (hop.protocol === 'udp') return this.layer.sibling(server, hop) ?? server;
    return this.stream(hop, server);
  }

  private largeEnough(size: number, flow: SipFlow | Promise<SipFlow>): SipFlow | Promise<SipFlow> {
    if (flow instanceof Promise || flow.protocol !== 'udp') return flow;
    // The Via and Contact that are put in are a little longer than the placeholders.
    if (size + 60 <= largestDatagram) return flow;
    return this.stream(flow.remote, flow);
  }

  /** A TCP flow to that address, kept for later; `otherwise` where it was refused or did not come in time. */
  private stream(remote: SocketAddress, otherwise: SipFlow): SipFlow | Promise<SipFlow> {
    const key = `${remote.address} ${remote.port}`;
    const kept = this.streams.get(key);
    if (kept && (kept instanceof Promise || !kept.closed)) return kept;
    const refused = this.refusedAt.get(key);
    if (refused !== undefined && this.clock.monotonic() - refused < refusalKeptFor) return otherwise;
    const opened = this.layer
      .connect({ protocol: 'tcp', remote: { address: remote.address, port: remote.port }, timeout: connectLimit })
      .then(
        (flow) => {
          this.streams.set(key, flow);
          return flow;
        },
        (error: unknown) => {
          this.logger.info('no TCP for a large request or a direct dialog', {
            address: remote.address,
            cause: String(error),
          });
          this.streams.delete(key);
          if (this.refusedAt.size > branchesKept) this.refusedAt.clear();
          this.refusedAt.set(key, this.clock.monotonic());
          return otherwise;
        },
      );
    this.streams.set(key, opened);
    return opened;
  }
}
