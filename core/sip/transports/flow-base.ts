import { Emitter, type Clock } from '#core/foundation/index.ts';
import type { SipFlow, SipProtocol, SocketAddress } from './sip-flow.ts';

let count = 0;

/** What a flow needs of whoever owns it. */
export interface FlowOwner {
  readonly clock: Clock;
  /** Aborted when the layer closes: no connection is waited for any more. */
  readonly closing: AbortSignal;
  /** One whole message, not checked yet. */
  received(flow: SipFlow, bytes: Buffer): void;
  /** The stream lost its frame: it is closed after this. */
  broken(flow: SipFlow, cause: string, head: Buffer): void;
}

export interface FlowDescription {
  protocol: SipProtocol;
  role: SipFlow['role'];
  local: SocketAddress;
  remote: SocketAddress;
}

/** What all flows have in common: identity, the one-time end, and when the peer was last heard. */
export abstract class FlowBase implements SipFlow {
  readonly id: string;
  readonly protocol: SipProtocol;
  readonly role: SipFlow['role'];
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  closed = false;
  lastHeard: number;
  protected readonly owner: FlowOwner;
  private readonly closedEmitter = new Emitter<Error | null>();
  readonly onClosed = this.closedEmitter.event;

  constructor(owner: FlowOwner, description: FlowDescription) {
    count += 1;
    this.id = `f${count.toString(36)}`;
    this.owner = owner;
    this.protocol = description.protocol;
    this.role = description.role;
    this.local = description.local;
    this.remote = description.remote;
    this.lastHeard = owner.clock.monotonic();
  }

  abstract send(message: string): void;
  abstract ping(): void;
  protected abstract release(): void;

  close(): void {
    this.finish(null);
  }

  heard(): void {
    this.lastHeard = this.owner.clock.monotonic();
  }

  /** Ends the flow once, and tells. */
  finish(cause: Error | null): void {
    if (this.closed) return;
    this.closed = true;
    this.release();
    this.closedEmitter.fire(cause);
    this.closedEmitter.dispose();
  }
}
