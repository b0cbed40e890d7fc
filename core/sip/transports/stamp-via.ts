import { isIPv6 } from 'node:net';
import type { SipMessage } from '../messages/sip-message.ts';
import { setTopVia, setViaParameter, topVia, viaParameter } from '../messages/via.ts';
import type { SipFlow } from './sip-flow.ts';

// A parameter of our own, put on when a request comes in and taken off when its response goes out: the response
// carries the Via back verbatim, and so finds its flow without a table.
const flowParameter = 'oh-flow';

/**
 * Stamps a request with where it came from (RFC 3261 18.2.1, RFC 3581 4) and with the flow, and forgets a flow
 * stamp that the sender dared to bring.
 */
export function stampRequest(message: SipMessage, flow: SipFlow): void {
  const via = topVia(message);
  if (!via) return;
  const { address, port } = flow.remote;
  const asksForPort = viaParameter(via, 'rport') !== undefined;
  setViaParameter(via, 'rport', asksForPort ? String(port) : undefined);
  const host = via.host.replace(/^\[|\]$/g, '');
  setViaParameter(
    via,
    'received',
    asksForPort || host !== address ? (isIPv6(address) ? `[${address}]` : address) : undefined,
  );
  setViaParameter(via, flowParameter, flow.id);
  setTopVia(message, via);
}

/** Takes the flow stamp off a response; the flow's id, or null when the response was not made from a stamped request. */
export function takeFlowStamp(message: SipMessage): string | null {
  const via = topVia(message);
  const id = via && viaParameter(via, flowParameter);
  if (!via || !id) return null;
  setViaParameter(via, flowParameter, undefined);
  setTopVia(message, via);
  return id;
}

/** Where a UDP response goes when the request had no rport: the sent-by port (RFC 3261 18.2.2). */
export function responsePort(message: SipMessage): number | null {
  const via = topVia(message);
  if (!via || viaParameter(via, 'rport') !== undefined) return null;
  return via.port ?? 5060;
}
