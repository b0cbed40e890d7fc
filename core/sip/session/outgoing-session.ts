import type {
  AckableIncomingResponseWithSession,
  IncomingResponse,
  OutgoingInviteRequest,
  PrackableIncomingResponseWithSession,
} from 'sip.js/lib/core/index.js';
import { OffhookError, toReport } from '#contract/errors.ts';
import type { MediaLeg } from '#core/media/index.ts';
import { headerValue } from '../messages/sip-message.ts';
import { parseNameAddress, parseUri } from '../messages/name-address.ts';
import { requestUri } from '../messages/request-uri.ts';
import { targetUri } from '../messages/target-uri.ts';
import { untoldTag } from '../signalling/rewrite-incoming.ts';
import { BaseSession } from './base-session.ts';
import { refreshTarget } from './dialog-state.ts';
import { callError, failedEnd, refusedEnd } from './session-end.ts';
import { plainMessage, sdpBody, type SessionContext } from './session-context.ts';

/** An INVITE of ours. */
export class OutgoingSession extends BaseSession {
  readonly direction = 'outgoing';
  private readonly target: string;
  private request: OutgoingInviteRequest | null = null;
  private rang = false;
  private redirected = false;
  /** Answers that came early, by dialog: each fork has its own (RFC 3261 13.2.2.4). */
  private readonly early = new Map<string, string>();
  private applied: string | null = null;
  /** An abandoned INVITE has come to its end. */
  private parted = () => {};

  /** @param target Request-URI, escaped already */
  constructor(context: SessionContext, leg: MediaLeg, target: string) {
    const uri = parseUri(target);
    super(context, leg, context.newToken(), {
      user: uri?.user ?? null,
      host: uri?.host ?? null,
      displayName: null,
      withheld: false,
      asserted: false,
      diversion: null,
    });
    this.target = target;
  }

  /** Sends the INVITE as soon as the leg has its offer: with a relay leg within this turn of the loop. */
  start(): void {
    this.leg.createOffer().then(
      (offer) => {
        if (!this.ended) this.send(this.target, offer);
      },
      (error: unknown) => this.finish(failedEnd(toReport(error))),
    );
  }

  ring(): void {}

  answer(): Promise<void> {
    return Promise.reject(new OffhookError('call.not-possible-now'));
  }

  reject(): void {
    this.end();
  }

  protected abandon(): void {
    const { request } = this;
    if (!request) return;
    this.context.farewell(new Promise((resolve) => (this.parted = resolve)));
    forgoCredentials(request);
    // Before any provisional answer sip.js keeps the CANCEL until there is one (RFC 3261 9.1).
    request.cancel();
  }

  private send(target: string, offer: string): void {
    const { core, account, contact, newToken } = this.context;
    try {
      const uri = requestUri(target);
      if (!uri) throw new OffhookError('call.not-found', { values: { status: 0 }, detail: 'not a SIP address' });
      const from = core.configuration.aor;
      const options = {
        callId: this.sipCallId,
        fromTag: newToken(),
        fromDisplayName: headerSafe(account.displayName),
        cseq: this.redirected ? 100 : 1,
      };
      const message = core.makeOutgoingRequestMessage(
        'INVITE',
        uri,
        from,
        uri,
        options,
        [contact, 'Allow: INVITE'],
        sdpBody(offer),
      );
      this.request = core.invite(message, {
        onTrying: () => this.progressEmitter.fire({ status: 100, earlyMedia: false }),
        onProgress: (response) => this.progressed(response),
        onAccept: (response) => this.accepted(response),
        onReject: (response) => this.refused(response),
        onRedirect: (response) => this.redirect(response, offer),
      });
    } catch (error) {
      this.fail(error);
    }
  }

  private progressed({ message, session }: PrackableIncomingResponseWithSession): void {
    if (this.ended) return;
    const status = message.statusCode ?? 180;
    if (status === 180) this.rang = true;
    if (!this.dialog && session.remoteTag !== untoldTag) this.noteDialog(session);
    const answer = message.body ?? '';
    if (answer) {
      this.early.set(session.id, answer);
      this.apply(answer).catch((error: unknown) =>
        this.context.logger.info('early media not usable', { cause: String(error) }),
      );
    }
    this.updateIdentity(message);
    this.progressEmitter.fire({ status, earlyMedia: answer !== '' });
  }

  private accepted(response: AckableIncomingResponseWithSession): void {
    const { session, message } = response;
    refreshTarget(session, message);
    response.ack();
    // A second fork answered too, or our CANCEL came too late: RFC 3261 13.2.2.4 asks for a BYE.
    if (this.ended || this.dialog) {
      let done = () => {};
      this.context.farewell(new Promise((resolve) => (done = resolve)));
      session.bye({ onAccept: done, onReject: done, onRedirect: done });
      this.parted();
      return;
    }
    this.confirm(session, true);
    this.updateIdentity(message);
    const answer = message.body || this.early.get(session.id);
    this.answeredEmitter.fire();
    if (answer) this.apply(answer).catch((error: unknown) => this.fail(error));
    else
      this.fail(new OffhookError('call.media-not-acceptable', { values: { status: 200 }, detail: '200 without SDP' }));
  }

  private async apply(answer: string): Promise<void> {
    if (this.applied === answer) return;
    this.applied = answer;
    await this.leg.applyAnswer(answer);
  }

  private refused({ message }: IncomingResponse): void {
    this.parted();
    const plain = plainMessage(message);
    if (plain) return this.finish(refusedEnd(plain, this.rang));
    // sip.js made it up: 408 for no answer at all, 503 for a broken connection.
    const values = { host: this.context.account.domain, status: message.statusCode ?? 0 };
    this.finish(failedEnd({ code: 'call.unreachable', values, detail: message.reasonPhrase ?? null }));
  }

  /** Followed once, and only within the own domain: anywhere else it could send calls to expensive numbers. */
  private redirect({ message }: IncomingResponse, offer: string): void {
    this.parted();
    const plain = plainMessage(message);
    const contact = plain ? parseUri(parseNameAddress(headerValue(plain, 'contact') ?? '')?.uri ?? '') : null;
    if (!this.ended && !this.redirected && contact?.user && contact.host && this.context.isOwnDomain(contact.host)) {
      const target = targetUri(contact.user, this.context.account.domain);
      this.redirected = true;
      if (target) return this.send(target, offer);
    }
    const status = message.statusCode ?? 302;
    this.finish(failedEnd(callError(status, message.reasonPhrase ?? null, this.rang), 'them', status));
  }
}

/** A challenge would make sip.js send the INVITE anew, and the CANCEL that waits would never follow it. */
function forgoCredentials(request: OutgoingInviteRequest): void {
  // What sip.js hands out is this class; its types hide the field.
  (request as unknown as { credentials: { authenticate(): boolean } }).credentials = { authenticate: () => false };
}

/** sip.js quotes a display name without escaping what is in it. */
function headerSafe(name: string): string {
  // eslint-disable-next-line no-control-regex
  return name.replace(/["\\\u0000-\u001f\u007f]/g, '').trim();
}
