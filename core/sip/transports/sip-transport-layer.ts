import { Emitter, type Clock, type Disposable, type Event, type Logger } from '#core/foundation/index.ts';
import { answerMalformed } from '../messages/answer-malformed.ts';
import { parseMessage, type Malformed } from '../messages/parse-message.ts';
import { serialiseMessage, type SipMessage } from '../messages/sip-message.ts';
import { connectFlow, type Destination } from './connect.ts';
import type { FlowBase, FlowOwner } from './flow-base.ts';
import { listenFor, type ListenOptions, type SipListener } from './listen.ts';
import type { ReceivedMessage, SipFlow, SipMessagePort, SocketAddress } from './sip-flow.ts';
import { responsePort, stampRequest, takeFlowStamp } from './stamp-via.ts';
import { UdpFlow } from './udp-endpoint.ts';

/**
 * SIP over UDP, TCP, TLS, WS and WSS (RFC 3261 18, RFC 7118), both for a client (`connect`) and for a server
 * (`listen`). Whole, checked messages come out with the flow they came by; malformed ones are counted, logged once a
 * cause, and answered to where they came from, where an answer is due.
 *
 * A server uses it like this:
 *
 *     const layer = new SipTransportLayer({ clock, logger });
 *     const port = new RetransmittingPort(layer, { clock });          // UDP only; streams pass through
 *     const listener = await layer.listen({ protocol: 'udp', address: '127.0.0.1', port: 5060 });
 *     port.onMessage(({ message, flow }) => core.receive(serialiseMessage(message), flow));
 *     port.send(flow, message);                                       // a request, to a registered phone's flow
 *     port.respond(message);                                          // a response finds its flow by its Via
 *
 * A request that comes in carries `received`, `rport` and a private flow stamp in its top Via; a response made from
 * it (Via copied verbatim) is sent with `respond`, which takes the stamp off again. Keep a phone's `flow` (or its
 * `id`, see `flow(id)`) with its binding: over TCP, TLS and WS it is the only way back, over UDP it is the address
 * behind the NAT.
 */
export class SipTransportLayer implements SipMessagePort, Disposable {
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly listeners = new Set<SipListener>();
  private readonly flows = new Map<string, SipFlow>();
  private readonly connected = new Set<SipFlow>();
  private readonly closing = new AbortController();
  private readonly counts = new Map<string, number>();
  private readonly messageEmitter: Emitter<ReceivedMessage>;
  private readonly openedEmitter: Emitter<SipFlow>;
  readonly onMessage: Event<ReceivedMessage>;
  /** A connection came in by a listener. */
  readonly onFlowOpened: Event<SipFlow>;
  private readonly owner: FlowOwner;

  constructor(options: { clock: Clock; logger: Logger }) {
    this.clock = options.clock;
    this.logger = options.logger.child('transport');
    // What a message does to a listener must never take the process down.
    const failed = (error: unknown) => this.logger.error('a message was not handled', { error });
    this.messageEmitter = new Emitter(failed);
    this.openedEmitter = new Emitter(failed);
    this.onMessage = this.messageEmitter.event;
    this.onFlowOpened = this.openedEmitter.event;
    this.owner = {
      clock: this.clock,
      closing: this.closing.signal,
      received: (flow, bytes) => this.received(flow, bytes),
      broken: (flow, cause, head) => {
        const parsed = parseMessage(head);
        const message = parsed.ok ? parsed.message : parsed.malformed.message;
        this.refuse(flow, { cause, status: cause === 'message is too large' ? 513 : 400, message });
      },
    };
  }

  /** Rejects with the socket's error, e.g. `EADDRINUSE`. */
  async listen(options: ListenOptions): Promise<SipListener> {
    const inner = await listenFor(this.owner, options, (flow) => {
      this.remember(flow);
      this.openedEmitter.fire(flow);
    });
    const listener: SipListener = {
      protocol: inner.protocol,
      local: inner.local,
      close: () => {
        this.listeners.delete(listener);
        return inner.close();
      },
    };
    this.listeners.add(listener);
    return listener;
  }

  /**
   * Opens a flow to a resolved address; UDP opens a socket of its own. Rejects with the socket's error. With `reachable`
   * a TCP flow's local port is listened on too, where the system allows it: a dialog whose proxy did not record its
   * route is continued by the peer itself, at our Contact (RFC 3261 18.1.1).
   */
  async connect(destination: Destination): Promise<SipFlow> {
    const flow = await connectFlow(this.owner, destination);
    this.remember(flow);
    this.connected.add(flow);
    if (destination.reachable && flow.protocol === 'tcp') this.listenBeside(flow);
    flow.onClosed(() => this.connected.delete(flow));
    return flow;
  }

  /** Another peer through the socket of a UDP flow (a dialog that goes past the proxy); null when it is no UDP flow. */
  sibling(flow: SipFlow, remote: SocketAddress): SipFlow | null {
    if (!(flow instanceof UdpFlow) || flow.closed) return null;
    const other = flow.endpoint.flowTo(remote);
    this.remember(other);
    return other;
  }

  /** A flow that is still open, by its id. */
  flow(id: string): SipFlow | null {
    const flow = this.flows.get(id);
    return flow && !flow.closed ? flow : null;
  }

  send(flow: SipFlow, message: SipMessage): void {
    // Who was let register is called by this flow.
    const registered = message.kind === 'response' && message.method === 'REGISTER' && message.status < 300;
    if (registered && message.status >= 200 && flow instanceof UdpFlow) flow.retain();
    flow.send(serialiseMessage(message));
  }

  respond(message: SipMessage): boolean {
    const flow = this.flowForResponse(message);
    if (flow) this.send(flow, message);
    return flow !== null;
  }

  flowForResponse(message: SipMessage): SipFlow | null {
    const id = takeFlowStamp(message);
    const flow = id === null ? null : this.flow(id);
    // A phone answers to where the datagram came from, whatever its Via asks for.
    if (!flow || flow.protocol !== 'udp' || flow.role === 'connected') return flow;
    const port = responsePort(message);
    return port === null || port === flow.remote.port
      ? flow
      : this.sibling(flow, { address: flow.remote.address, port });
  }

  /** Malformed messages since the start, by cause. */
  get malformedCounts(): ReadonlyMap<string, number> {
    return this.counts;
  }

  /** Closes every listener and every flow. */
  async close(): Promise<void> {
    this.closing.abort();
    for (const flow of [...this.connected]) flow.close();
    await Promise.all([...this.listeners].map((listener) => listener.close()));
    this.flows.clear();
  }

  dispose(): void {
    this.messageEmitter.dispose();
    this.openedEmitter.dispose();
    void this.close();
  }

  private listenBeside(flow: SipFlow): void {
    this.listen({ protocol: 'tcp', ...flow.local, maximumConnections: 20 }).then(
      (listener) => {
        if (flow.closed) void listener.close();
        else flow.onClosed(() => void listener.close());
      },
      (error: unknown) => this.logger.info('not reachable beside the connection', { cause: String(error) }),
    );
  }

  private remember(flow: SipFlow | FlowBase): void {
    if (this.flows.has(flow.id)) return;
    this.flows.set(flow.id, flow);
    flow.onClosed(() => this.flows.delete(flow.id));
  }

  private received(flow: SipFlow, bytes: Buffer): void {
    const parsed = parseMessage(bytes);
    if (!parsed.ok) return this.refuse(flow, parsed.malformed);
    if (parsed.message.kind === 'request') {
      this.remember(flow);
      stampRequest(parsed.message, flow);
    }
    this.messageEmitter.fire({ message: parsed.message, flow });
  }

  private refuse(flow: SipFlow, malformed: Malformed): void {
    const count = (this.counts.get(malformed.cause) ?? 0) + 1;
    this.counts.set(malformed.cause, count);
    if (count === 1)
      this.logger.warn('malformed message', {
        cause: malformed.cause,
        protocol: flow.protocol,
        from: flow.remote.address,
      });
    const answer = answerMalformed(malformed);
    if (answer) flow.send(answer);
  }
}
