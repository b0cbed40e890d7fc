import type { Event } from '#core/foundation/index.ts';
import type { SipMessage } from '../messages/sip-message.ts';

export type SipProtocol = 'udp' | 'tcp' | 'tls' | 'ws' | 'wss';

export interface SocketAddress {
  /** IPv4 or IPv6 literal, no brackets. */
  address: string;
  port: number;
}

/** Whether the transport itself delivers or fails: then nothing is retransmitted (RFC 3261 17.1). */
export function isReliable(protocol: SipProtocol): boolean {
  return protocol !== 'udp';
}

/** `10.0.0.1` as it is, `::1` in brackets: as a SIP URI and a Via want it. */
export function hostForUri(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** The protocol's name in Via (RFC 3261 20.42, RFC 7118 4.1). */
export function viaProtocol(protocol: SipProtocol): string {
  return protocol.toUpperCase();
}

/**
 * A way to one peer (RFC 5626): a stream or WebSocket connection, or a pair of UDP addresses. Sending never throws; a
 * flow that breaks says so once by `onClosed`.
 */
export interface SipFlow {
  /** Unique in the process; letters and digits only. */
  readonly id: string;
  readonly protocol: SipProtocol;
  /** `connected`: we opened it; `accepted`: the peer did. */
  readonly role: 'connected' | 'accepted';
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly closed: boolean;
  /** Fires once, with the cause when it was not `close()`. */
  readonly onClosed: Event<Error | null>;
  /** @param message a whole SIP message, its Content-Length right in bytes */
  send(message: string): void;
  /** Keep-alive: double CRLF (RFC 5626 3.5.1), on WebSockets a ping frame (RFC 6455 5.5.2). */
  ping(): void;
  /** Clock's monotonic ms of the last byte that came in; keep-alive answers count. */
  readonly lastHeard: number;
  close(): void;
}

/** A well-formed message and the flow it came by. */
export interface ReceivedMessage {
  message: SipMessage;
  flow: SipFlow;
}

/** Sends and receives whole messages by flow. The transport layer is one; retransmission decorates it. */
export interface SipMessagePort {
  readonly onMessage: Event<ReceivedMessage>;
  send(flow: SipFlow, message: SipMessage): void;
  /** Takes the flow stamp off a response and finds its flow; null when the connection is gone. */
  flowForResponse(message: SipMessage): SipFlow | null;
  /** Sends a response by the flow that its request came by; false when that is gone. */
  respond(message: SipMessage): boolean;
}
