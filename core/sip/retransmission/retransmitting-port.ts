import { Emitter, type Clock, type Disposable, type Event } from '#core/foundation/index.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import { isReliable, type ReceivedMessage, type SipFlow, type SipMessagePort } from '../transports/sip-flow.ts';
import { t1, t2, transactionLife } from './timers.ts';
import { transactionKey } from './transaction-key.ts';

/** Traces of one transaction: what is repeated, and what is replayed when the other side repeats itself. */
interface Trace {
  /** Our request that waits for its response, or our final response to INVITE that waits for its ACK. */
  repeating: Disposable | null;
  /** To replay: our last response to their request, or our ACK to their final response. */
  replay: { flow: SipFlow; message: SipMessage } | null;
  /** Set once a final response was seen or sent. */
  final: boolean;
  expiry: Disposable | null;
  /** Monotonic ms. */
  born: number;
}

const longestRinging = 600_000;

// A flood of requests must not fill the memory; the oldest traces go first.
const maximumTraces = 20_000;

/**
 * The retransmission that RFC 3261 asks for over UDP, as a decorator around a message port: timers A and E for
 * requests, G for refused INVITEs, the ACK replayed on a repeated refusal, and for 64 T1 the last response replayed on
 * a repeated request, which then goes no further. sip.js has none of this; it does cover B, F, H, the repeated 2xx
 * and its ACK. Messages on streams pass through.
 */
export class RetransmittingPort implements SipMessagePort, Disposable {
  private readonly inner: SipMessagePort;
  private readonly clock: Clock;
  private readonly clients = new Map<string, Trace>();
  private readonly servers = new Map<string, Trace>();
  private readonly emitter: Emitter<ReceivedMessage>;
  private readonly subscription: Disposable;
  readonly onMessage: Event<ReceivedMessage>;

  constructor(inner: SipMessagePort, options: { clock: Clock; onError?: (error: unknown) => void }) {
    this.inner = inner;
    this.clock = options.clock;
    this.emitter = new Emitter(options.onError);
    this.onMessage = this.emitter.event;
    this.subscription = inner.onMessage((received) => {
      if (this.isNews(received)) this.emitter.fire(received);
    });
  }

  send(flow: SipFlow, message: SipMessage): void {
    this.inner.send(flow, message);
    if (isReliable(flow.protocol)) return;
    if (message.kind === 'request') this.keepRequest(flow, message);
    else this.keepResponse(flow, message);
  }

  flowForResponse(message: SipMessage): SipFlow | null {
    return this.inner.flowForResponse(message);
  }

  respond(message: SipMessage): boolean {
    const flow = this.flowForResponse(message);
    if (flow) this.send(flow, message);
    return flow !== null;
  }

  /** Transactions whose traces are still kept. */
  get traceCount(): number {
    return this.clients.size + this.servers.size;
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
    for (const traces of [this.clients, this.servers]) for (const key of [...traces.keys()]) this.forget(traces, key);
  }

  private keepRequest(flow: SipFlow, message: SipMessage): void {
    if (message.method === 'ACK') {
      // The ACK to a refusal carries the INVITE's branch (17.1.1.3); that to a 2xx has one of its own.
      const key = transactionKey(message, 'INVITE');
      const trace = key === null ? undefined : this.clients.get(key);
      if (trace) trace.replay = { flow, message };
      return;
    }
    const key = transactionKey(message);
    if (key === null) return;
    const trace = this.trace(this.clients, key);
    // Timer A doubles without limit (17.1.1.2), timer E up to T2 (17.1.2.2).
    const limit = message.method === 'INVITE' ? transactionLife : t2;
    trace.repeating?.dispose();
    trace.repeating = this.repeat(flow, message, limit);
  }

  private keepResponse(flow: SipFlow, message: SipMessage): void {
    const key = transactionKey(message);
    if (key === null) return;
    const trace = this.trace(this.servers, key);
    trace.replay = { flow, message };
    if (message.status < 200) return;
    trace.final = true;
    this.expireLater(this.servers, key, trace);
    if (message.method !== 'INVITE' || message.status < 300) return;
    trace.repeating?.dispose();
    trace.repeating = this.repeat(flow, message, t2);
  }

  /** False for what the layers above have seen already. */
  private isNews({ message, flow }: ReceivedMessage): boolean {
    if (isReliable(flow.protocol)) return true;
    return message.kind === 'request' ? this.isNewRequest(message) : this.isNewResponse(message);
  }

  private isNewRequest(message: SipMessage): boolean {
    const key = transactionKey(message);
    if (key === null) return true;
    if (message.method === 'ACK') {
      const invite = this.servers.get(transactionKey(message, 'INVITE') ?? '');
      invite?.repeating?.dispose();
      if (invite) invite.repeating = null;
    }
    const known = this.servers.get(key);
    if (!known) {
      this.trace(this.servers, key);
      return true;
    }
    if (known.replay) this.inner.send(known.replay.flow, known.replay.message);
    return false;
  }

  private isNewResponse(message: SipMessage): boolean {
    const key = transactionKey(message);
    const trace = key === null ? undefined : this.clients.get(key);
    if (key === null || !trace) return true;
    const isInvite = message.method === 'INVITE';
    // A provisional answer stops timer A; timer E goes on at T2 (17.1.2.2), which the doubling reaches soon enough.
    if (isInvite || message.status >= 200) {
      trace.repeating?.dispose();
      trace.repeating = null;
    }
    if (message.status < 200) return !trace.final;
    const repeated = trace.final;
    trace.final = true;
    this.expireLater(this.clients, key, trace);
    if (!isInvite) return !repeated;
    // A repeated 2xx goes up: the user agent owns its ACK (13.2.2.4), and a fork may be another 2xx.
    if (message.status < 300) return true;
    if (repeated && trace.replay) this.inner.send(trace.replay.flow, trace.replay.message);
    return !repeated;
  }

  private repeat(flow: SipFlow, message: SipMessage, limit: number): Disposable {
    const end = this.clock.monotonic() + transactionLife;
    let interval = t1;
    let timer: Disposable;
    const again = () => {
      if (flow.closed || this.clock.monotonic() >= end) return;
      this.inner.send(flow, message);
      interval = Math.min(interval * 2, limit);
      timer = this.clock.after(interval, again);
    };
    timer = this.clock.after(interval, again);
    return { dispose: () => timer.dispose() };
  }

  private trace(traces: Map<string, Trace>, key: string): Trace {
    const known = traces.get(key);
    if (known) return known;
    const trace: Trace = { repeating: null, replay: null, final: false, expiry: null, born: this.clock.monotonic() };
    traces.set(key, trace);
    this.expireLater(traces, key, trace);
    const oldest = traces.size > maximumTraces ? traces.keys().next().value : undefined;
    if (oldest !== undefined) this.forget(traces, oldest);
    return trace;
  }

  /** An INVITE may ring for minutes: its trace lives on until 64 T1 after the final response. */
  private expireLater(traces: Map<string, Trace>, key: string, trace: Trace): void {
    trace.expiry?.dispose();
    const ringing = () =>
      !trace.final && key.endsWith(' INVITE') && this.clock.monotonic() - trace.born < longestRinging;
    trace.expiry = this.clock.after(transactionLife, () => {
      if (ringing()) this.expireLater(traces, key, trace);
      else this.forget(traces, key);
    });
  }

  private forget(traces: Map<string, Trace>, key: string): void {
    const trace = traces.get(key);
    trace?.repeating?.dispose();
    trace?.expiry?.dispose();
    traces.delete(key);
  }
}
