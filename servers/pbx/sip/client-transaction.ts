import type { Clock, Disposable } from '#core/foundation/index.ts';
import { headerValue, type SipMessage } from '#core/sip/messages/sip-message.ts';
import { topVia, viaParameter } from '#core/sip/messages/via.ts';
import { transactionLife } from '#core/sip/retransmission/timers.ts';
import { hostForUri, viaProtocol, type SipFlow, type SipMessagePort } from '#core/sip/transports/index.ts';
import { composeCompanion, composeResponse, type HeaderList } from './compose-message.ts';

export type ResponseListener = (response: SipMessage) => void;

/** A request on its way; `cancel` is for an INVITE that has no final answer yet. */
export interface ClientTransaction {
  cancel(headers?: HeaderList): void;
}

/** RFC 3261 17.1.1.2 timer C, ours: how long a phone may ring at all. ms */
const maximumRinging = 330_000;

interface Pending extends ClientTransaction {
  request: SipMessage;
  flow: SipFlow;
  receive(response: SipMessage): void;
  end: Disposable;
}

/**
 * Requests that we send, and their responses: timeouts (B and F), a flow that breaks, CANCEL, and the ACK to refusals.
 * Retransmission is the port's. A timeout is told as a 408 of our own, a broken flow as a 503 (RFC 3261 8.1.3.1).
 */
export class ClientTransactions implements Disposable {
  private readonly port: SipMessagePort;
  private readonly clock: Clock;
  private readonly createBranch: () => string;
  private readonly pending = new Map<string, Pending>();

  constructor(options: { port: SipMessagePort; clock: Clock; createBranch: () => string }) {
    this.port = options.port;
    this.clock = options.clock;
    this.createBranch = options.createBranch;
  }

  /** Puts a Via on top of the request and sends it. Provisional responses come to the listener too; after a final one nothing does, but repeated 2xx of an INVITE. */
  send(flow: SipFlow, local: { address: string; port: number }, request: SipMessage, listener: ResponseListener): ClientTransaction {
    const branch = this.stamp(flow, local, request);
    const isInvite = request.method === 'INVITE';
    let cancelling: HeaderList | null = null;
    let provisional = false;
    let final = false;
    const finish = (response: SipMessage) => {
      final = true;
      pending.end.dispose();
      // An answered INVITE stays a while: its 2xx may be repeated, and each repetition wants its ACK.
      pending.end = this.clock.after(isInvite ? transactionLife : 0, () => this.pending.delete(branch));
      if (isInvite && response.status >= 300) this.port.send(flow, composeCompanion('ACK', request, headerValue(response, 'to')!));
      listener(response);
    };
    const cancel = (headers: HeaderList) => {
      const message = composeCompanion('CANCEL', request, headerValue(request, 'to')!, headers);
      this.port.send(flow, message);
      // The phone owes a 487 now; one that stays silent is not waited for longer than a transaction lives.
      pending.end.dispose();
      pending.end = this.clock.after(transactionLife, () => fail(408, 'Request Timeout'));
    };
    const fail = (status: number, reason: string) => {
      if (!final) this.failed(branch, request, status, reason, listener);
      final = true;
    };
    const closed = flow.onClosed(() => fail(503, 'Connection Lost'));
    const timeout = this.clock.after(transactionLife, () => fail(408, 'Request Timeout'));
    const pending: Pending = {
      request,
      flow,
      end: both(timeout, closed),
      cancel: (headers = []) => {
        if (final || cancelling) return;
        cancelling = headers;
        // 9.1: not before a provisional response came.
        if (provisional) cancel(headers);
      },
      receive: (response) => {
        if (final) {
          if (isInvite && response.status >= 200 && response.status < 300) listener(response);
          return;
        }
        if (response.status >= 200) return finish(response);
        if (!provisional && isInvite) {
          pending.end.dispose();
          pending.end = both(this.clock.after(maximumRinging, () => fail(408, 'Request Timeout')), flow.onClosed(() => fail(503, 'Connection Lost')));
          if (cancelling) cancel(cancelling);
        }
        provisional = true;
        listener(response);
      },
    };
    this.pending.set(branch, pending);
    if (flow.closed) this.clock.after(0, () => fail(503, 'Connection Lost'));
    else this.port.send(flow, request);
    return pending;
  }

  /** ACK to a 2xx: a request that nobody answers. */
  sendUnanswered(flow: SipFlow, local: { address: string; port: number }, request: SipMessage): void {
    this.stamp(flow, local, request);
    if (!flow.closed) this.port.send(flow, request);
  }

  /** False for a response to nothing of ours. */
  receive(response: SipMessage): boolean {
    const via = topVia(response);
    const pending = this.pending.get((via && viaParameter(via, 'branch')) ?? '');
    // CANCEL shares the INVITE's branch: its own response is of no interest.
    if (!pending || pending.request.method !== response.method) return false;
    pending.receive(response);
    return true;
  }

  get count(): number {
    return this.pending.size;
  }

  dispose(): void {
    for (const { end } of this.pending.values()) end.dispose();
    this.pending.clear();
  }

  private stamp(flow: SipFlow, local: { address: string; port: number }, request: SipMessage): string {
    const branch = this.createBranch();
    // RFC 7118 asks for no address in a browser's Via, but a server's own is real on every transport.
    const via = `SIP/2.0/${viaProtocol(flow.protocol)} ${hostForUri(local.address)}:${local.port};branch=${branch};rport`;
    request.headers.unshift({ name: 'via', value: via });
    return branch;
  }

  private failed(branch: string, request: SipMessage, status: number, reason: string, listener: ResponseListener): void {
    this.pending.get(branch)?.end.dispose();
    this.pending.delete(branch);
    listener(composeResponse(request, status, reason));
  }
}

function both(...items: Disposable[]): Disposable {
  return { dispose: () => items.forEach((item) => item.dispose()) };
}
