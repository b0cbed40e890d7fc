import { headerValue, headerValues, splitList, type SipMessage } from '#core/sip/messages/sip-message.ts';
import type { SipFlow } from '#core/sip/transports/index.ts';
import { composeRequest, type Body, type HeaderList } from './compose-message.ts';
import { parseNameAddress, tagOf } from './name-address.ts';

/** RFC 3261 12: what both ends of a dialog remember of it. */
export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** Whole From and To values, tags included, as requests of ours carry them. */
  private readonly local: string;
  private readonly remote: string;
  private readonly routes: readonly string[];
  private remoteTarget: string;
  private localSequence: number;
  private remoteSequence: number | null;
  /** The way to the far end; a request that comes by another one moves it. */
  flow: SipFlow;

  private constructor(options: {
    callId: string;
    local: string;
    remote: string;
    routes: readonly string[];
    remoteTarget: string;
    localSequence: number;
    remoteSequence: number | null;
    flow: SipFlow;
  }) {
    this.callId = options.callId;
    this.local = options.local;
    this.remote = options.remote;
    this.localTag = tagOf(options.local) ?? '';
    this.remoteTag = tagOf(options.remote) ?? '';
    this.routes = options.routes;
    this.remoteTarget = options.remoteTarget;
    this.localSequence = options.localSequence;
    this.remoteSequence = options.remoteSequence;
    this.flow = options.flow;
  }

  /** As the side that was called (12.1.1). */
  static ofRequest(invite: SipMessage, flow: SipFlow, tag: string): Dialog {
    return new Dialog({
      callId: headerValue(invite, 'call-id')!,
      local: `${headerValue(invite, 'to')!};tag=${tag}`,
      remote: headerValue(invite, 'from')!,
      routes: headerValues(invite, 'record-route').flatMap((value) => splitList(value)),
      remoteTarget: contactOf(invite) ?? parseNameAddress(headerValue(invite, 'from')!)!.uri,
      localSequence: 0,
      remoteSequence: sequenceOf(invite),
      flow,
    });
  }

  /** As the side that called (12.1.2). */
  static ofResponse(invite: SipMessage, response: SipMessage, flow: SipFlow): Dialog {
    return new Dialog({
      callId: headerValue(invite, 'call-id')!,
      local: headerValue(invite, 'from')!,
      remote: headerValue(response, 'to')!,
      routes: headerValues(response, 'record-route').flatMap((value) => splitList(value)).reverse(),
      remoteTarget: contactOf(response) ?? invite.requestUri,
      localSequence: sequenceOf(invite),
      remoteSequence: null,
      flow,
    });
  }

  /** The far end's Contact. */
  get target(): string {
    return this.remoteTarget;
  }

  /** A request inside the dialog; without Via, which the transaction puts on. ACK takes the number of the INVITE it acknowledges. */
  compose(method: string, options: { headers?: HeaderList; body?: Body | null; sequence?: number } = {}): SipMessage {
    const sequence = options.sequence ?? (this.localSequence += 1);
    const routes = this.routes.map((value) => ['Route', value] as const);
    return composeRequest(
      method,
      this.remoteTarget,
      [
        ...routes,
        ['From', this.local],
        ['To', this.remote],
        ['Call-ID', this.callId],
        ['CSeq', `${sequence} ${method}`],
        ...(options.headers ?? []),
      ],
      options.body ?? null,
    );
  }

  /** Takes note of a request's number; false when it is older than what came before (12.2.2). */
  accept(request: SipMessage, flow: SipFlow): boolean {
    const sequence = sequenceOf(request);
    if (this.remoteSequence !== null && sequence <= this.remoteSequence) return false;
    this.remoteSequence = sequence;
    this.flow = flow;
    if (request.method === 'INVITE' || request.method === 'UPDATE') this.remoteTarget = contactOf(request) ?? this.remoteTarget;
    return true;
  }
}

export function sequenceOf(message: SipMessage): number {
  return Number.parseInt(headerValue(message, 'cseq')!, 10);
}

function contactOf(message: SipMessage): string | null {
  return parseNameAddress(splitList(headerValue(message, 'contact') ?? '')[0] ?? '')?.uri ?? null;
}
