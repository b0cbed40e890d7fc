import type { SipMessage } from '#core/sip/messages/sip-message.ts';
import { headerValue } from '#core/sip/messages/sip-message.ts';
import type { LegMedia } from '#servers/pbx/media/leg-media.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { SipFlow } from '#core/sip/transports/index.ts';
import { CallLeg } from './call-leg.ts';
import { sdpBody, sdpOf, type HeaderList } from './compose-message.ts';
import { Dialog } from './dialog.ts';
import type { LegEnvironment } from './leg-environment.ts';
import type { ServerRequest } from './server-request.ts';

/** The party that calls us: the server side of an INVITE. */
export class IncomingLeg extends CallLeg {
  readonly invite: SipMessage;
  /** Null for an offer that is to come from us (RFC 3261 13.2.1). */
  readonly offer: string | null;
  private readonly initial: ServerRequest;
  private readonly cancelled = new Emitter<void>();
  /** CANCEL came; the 487 is sent. */
  readonly onCancelled = this.cancelled.event;
  private early: string | null = null;

  constructor(environment: LegEnvironment, request: ServerRequest) {
    super(environment);
    this.initial = request;
    this.invite = request.message;
    this.offer = sdpOf(request.message);
    this.dialog = Dialog.ofRequest(request.message, request.flow, request.tag);
    environment.dialogs.add(this.dialog.callId, this.dialog.localTag, this);
  }

  get flow(): SipFlow {
    return this.dialog!.flow;
  }

  get callId(): string {
    return headerValue(this.invite, 'call-id')!;
  }

  /** 180. */
  ring(headers: HeaderList): void {
    this.initial.respond(180, 'Ringing', { headers: [...this.headers, ...headers] });
  }

  /** 183 with audio; the same answer goes into the 200 (RFC 3261 13.2.1). Throws when the media does not fit. */
  progress(media: LegMedia, headers: HeaderList): void {
    if (this.offer === null || this.isOver) return;
    this.early ??= this.prepare(media).createAnswer(this.offer, 'sendrecv');
    this.initial.respond(183, 'Session Progress', { headers: [...this.headers, ...headers], body: sdpBody(this.early) });
  }

  /** 200. Throws an `OffhookError` when the media does not fit. */
  answer(media: LegMedia, headers: HeaderList): void {
    if (this.isOver || this.initial.answered) return;
    const prepared = this.prepare(media);
    const sdp = this.early ?? (this.offer === null ? prepared.createOffer('sendrecv') : prepared.createAnswer(this.offer, 'sendrecv'));
    this.up = true;
    const repeat = this.initial.respond(200, 'OK', { headers: [...this.headers, ...headers], body: sdpBody(sdp) });
    this.awaitAck(repeat, this.offer === null);
  }

  reject(status: number, reason: string, headers: HeaderList = []): void {
    if (this.isOver || this.up) return;
    this.initial.respond(status, reason, { headers });
    this.finish('us');
  }

  override receive(request: ServerRequest): void {
    // A caller may end what is not answered yet by BYE as well (RFC 3261 15), e.g. one that died and was started again.
    if (request.message.method !== 'BYE' || this.up || this.isOver) return super.receive(request);
    request.respond(200, 'OK');
    this.cancel();
  }

  /** A CANCEL for this INVITE; its own 200 is the exchange's. */
  cancel(): void {
    if (this.isOver || this.up) return;
    this.initial.respond(487, 'Request Terminated');
    this.cancelled.fire();
    this.finish('them');
  }

  override hangUp(reason: string | null = null): void {
    if (!this.up) this.reject(480, 'Temporarily Unavailable');
    else super.hangUp(reason);
  }

  protected override released(): void {
    this.environment.dialogs.remove(this.dialog!.callId, this.dialog!.localTag);
    this.cancelled.dispose();
  }

  private prepare(media: LegMedia): LegMedia {
    if (this.media !== media) this.adoptMedia(media);
    return media;
  }
}
