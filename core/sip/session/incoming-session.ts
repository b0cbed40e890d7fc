import type { IncomingInviteRequest } from 'sip.js/lib/core/index.js';
import { OffhookError, toReport } from '#contract/errors.ts';
import type { MediaLeg } from '#core/media/index.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import type { SipIdentity, SipInvitation, SipSession } from '../user-agent.ts';
import { readIdentity } from '../identity/read-identity.ts';
import { BaseSession } from './base-session.ts';
import { failedEnd, farEnd, ownEnd } from './session-end.ts';
import { plainMessage, sdpBody, type SessionContext } from './session-context.ts';
import { isPending, refuseInvite } from './refuse-invite.ts';

const anonymous: SipIdentity = {
  user: null,
  host: null,
  displayName: null,
  withheld: true,
  asserted: false,
  diversion: null,
};

/** An INVITE that came in and that nobody has taken yet. */
export class Invitation implements SipInvitation {
  readonly identity: SipIdentity;
  readonly sipCallId: string;
  readonly hasOffer: boolean;
  private readonly context: SessionContext;
  private readonly request: IncomingInviteRequest;
  private readonly taken: (session: IncomingSession) => void;
  private settled = false;
  private canceled: SipMessage | null = null;

  constructor(context: SessionContext, request: IncomingInviteRequest, taken: (session: IncomingSession) => void) {
    const message = plainMessage(request.message);
    this.context = context;
    this.request = request;
    this.taken = taken;
    this.identity = message
      ? readIdentity(message, { own: 'from', trusted: context.account.trustIdentity })
      : anonymous;
    this.sipCallId = request.message.callId;
    this.hasOffer = Boolean(request.message.body);
    request.delegate = {
      onCancel: (cancel) => {
        this.settled = true;
        this.canceled = plainMessage(cancel);
        refuseInvite(request, 487);
      },
    };
  }

  /** Whether somebody took or refused it. */
  get handled(): boolean {
    return this.settled;
  }

  take(leg: MediaLeg): SipSession {
    this.settled = true;
    const session = new IncomingSession(this.context, leg, this.request, this.identity);
    this.taken(session);
    // Given up already: whoever takes it hears so once they listen.
    if (this.canceled) queueMicrotask(() => session.abandonedBy(this.canceled));
    return session;
  }

  refuse(status: number, reason: string): void {
    if (this.settled) return;
    this.settled = true;
    refuseInvite(this.request, status, reason);
  }
}

/** An INVITE of theirs. */
export class IncomingSession extends BaseSession {
  readonly direction = 'incoming';
  private readonly request: IncomingInviteRequest;
  private answering = false;

  constructor(context: SessionContext, leg: MediaLeg, request: IncomingInviteRequest, identity: SipIdentity) {
    super(context, leg, request.message.callId, identity);
    this.request = request;
    request.delegate = {
      onCancel: (cancel) => this.abandonedBy(plainMessage(cancel)),
      onTransportError: (error) => this.fail(error),
    };
  }

  /** CANCEL. */
  abandonedBy(cancel: SipMessage | null): void {
    if (this.ended || this.dialog) return;
    refuseInvite(this.request, 487);
    this.finish(farEnd(cancel, 487));
  }

  /** Nobody is called to a phone that could not speak with the caller: such an offer is refused instead (488). */
  ring(): void {
    if (this.ended || !isPending(this.request)) return;
    const offer = this.request.message.body;
    try {
      if (offer) this.leg.checkOffer?.(offer);
      this.request.progress({ statusCode: 180 });
    } catch (error) {
      this.refuseMedia(error);
    }
  }

  async answer(): Promise<void> {
    if (this.ended || this.answering) throw new OffhookError('call.not-possible-now');
    this.answering = true;
    const offer = this.request.message.body;
    try {
      const own = offer ? await this.leg.createAnswer(offer) : await this.leg.createOffer();
      // They may have given up while the answer was made.
      if (this.ended) throw new OffhookError('call.not-possible-now', { detail: 'the caller has gone' });
      const { session } = this.request.accept({ statusCode: 200, body: sdpBody(own) });
      const media = this.confirm(session, false);
      if (!offer) media.expectAnswerInAck();
      this.answeredEmitter.fire();
    } catch (error) {
      if (!this.ended) this.refuseMedia(error);
      throw error instanceof OffhookError
        ? error
        : new OffhookError('call.failed', { detail: String(error), cause: error });
    }
  }

  reject(status: number, reason: string): void {
    if (this.ended || this.dialog) return;
    refuseInvite(this.request, status, reason);
    this.finish(ownEnd(status, reason || null));
  }

  protected abandon(): void {
    refuseInvite(this.request, 480);
  }

  private refuseMedia(error: unknown): void {
    if (this.dialog) return this.fail(error);
    refuseInvite(this.request, 488);
    this.finish(failedEnd(toReport(error), 'us', 488));
  }
}
