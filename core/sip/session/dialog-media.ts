import type { IncomingInviteRequest, IncomingRequestMessage, Session } from 'sip.js/lib/core/index.js';
import { OffhookError } from '#contract/errors.ts';
import type { Disposable } from '#core/foundation/index.ts';
import type { MediaLeg } from '#core/media/index.ts';
import { refreshTarget } from './dialog-state.ts';
import { refuseInvite } from './refuse-invite.ts';
import { callErrorCode } from './session-end.ts';
import { sdpBody, type SessionContext } from './session-context.ts';

const attemptLimit = 8;

type Outcome =
  | { kind: 'accepted'; body: string; message: { data?: string } }
  | { kind: 'refused'; status: number }
  | { kind: 'glare' }
  | { kind: 'closed' };

interface Told {
  /** The dialog is dead at the other end. */
  gone: () => void;
  /** A message that may carry another identity. */
  identified: (message: { data?: string }) => void;
  /** The dialog may have another target, or another number for our requests. */
  changed: () => void;
}

/** Offers and answers in a confirmed dialog: holds from either side, glare, late offers (RFC 3261 14, RFC 6337). */
export class DialogMedia {
  private readonly context: SessionContext;
  private readonly session: Session;
  private readonly leg: MediaLeg;
  private readonly weCalled: boolean;
  private readonly told: Told;
  private tail: Promise<void> = Promise.resolve();
  /** Their offer, or the answer to our late one, is being worked on: the leg does one thing at a time. */
  private theirs: Promise<void> = Promise.resolve();
  /** An offer of ours is being made, is on its way, or its answer is being applied. */
  private offering = false;
  /** Which request of theirs had no offer: ours went out in the 200. */
  private answerInAck: 'INVITE' | 're-INVITE' | null = null;
  private settle: ((outcome: Outcome) => void) | null = null;
  private wait: Disposable | null = null;
  private closed = false;

  constructor(options: { context: SessionContext; session: Session; leg: MediaLeg; weCalled: boolean; told: Told }) {
    this.context = options.context;
    this.session = options.session;
    this.leg = options.leg;
    this.weCalled = options.weCalled;
    this.told = options.told;
  }

  /** Our re-INVITE; one at a time, the last wish last. */
  reoffer(): Promise<void> {
    const offered = this.tail.then(() => this.offer());
    this.tail = offered.catch(() => undefined);
    return offered;
  }

  /** Their re-INVITE. */
  answer(request: IncomingInviteRequest): Promise<void> {
    // RFC 3261 14.2; sip.js knows only of an offer that has been sent already.
    if (this.offering) {
      refuseInvite(request, 491);
      return Promise.resolve();
    }
    this.theirs = this.accept(request);
    return this.theirs;
  }

  /**
   * The ACK of a late offer carries the answer. Rejects when that of the initial INVITE brings none that can be used; a
   * re-INVITE that came to nothing leaves the session as it was (RFC 3261 14.2). Null where no answer was due.
   */
  acknowledged(message: IncomingRequestMessage): Promise<void> | null {
    const late = this.answerInAck;
    if (!late) return null;
    this.answerInAck = null;
    const applied = this.applyLateAnswer(message.body);
    this.theirs = applied.catch((error: unknown) =>
      this.context.logger.info('no usable answer in the ACK', { request: late, cause: String(error) }),
    );
    return late === 'INVITE' ? applied : this.theirs;
  }

  /** Our 200 to the initial INVITE carried the offer. */
  expectAnswerInAck(): void {
    this.answerInAck = 'INVITE';
  }

  close(): void {
    this.closed = true;
    this.wait?.dispose();
    this.settle?.({ kind: 'closed' });
  }

  private async accept(request: IncomingInviteRequest): Promise<void> {
    const offer = request.message.body;
    try {
      const own = offer ? await this.leg.createAnswer(offer) : await this.leg.createOffer();
      if (this.closed) return;
      this.answerInAck = offer ? null : 're-INVITE';
      // sip.js adds no Contact here, which RFC 3261 12.2.2 asks for in a target refresh.
      request.accept({ statusCode: 200, extraHeaders: [this.context.contact], body: sdpBody(own) });
      this.told.identified(request.message);
    } catch (error) {
      this.context.logger.info('re-INVITE refused', { cause: String(error) });
      refuseInvite(request, 488);
    } finally {
      this.told.changed();
    }
  }

  private async applyLateAnswer(answer: string): Promise<void> {
    try {
      if (!answer)
        throw new OffhookError('call.media-not-acceptable', { values: { status: 200 }, detail: 'ACK without SDP' });
      await this.leg.applyAnswer(answer);
    } catch (error) {
      this.leg.rollback();
      throw error;
    }
  }

  private async offer(): Promise<void> {
    for (let attempt = 0; attempt < attemptLimit && !this.closed; attempt += 1) {
      await this.theirs;
      // Until their ACK comes the leg has an offer out already.
      const outcome: Outcome = this.answerInAck ? { kind: 'glare' } : await this.exchange();
      if (outcome.kind === 'accepted') return this.told.identified(outcome.message);
      if (outcome.kind === 'closed') break;
      if (outcome.kind === 'refused') {
        // RFC 3261 12.2.1.2: the other end does not know the dialog any more.
        if (outcome.status === 481 || outcome.status === 408) this.told.gone();
        const values = { status: outcome.status };
        throw new OffhookError(callErrorCode(outcome.status, false), {
          values,
          detail: `SIP ${outcome.status} to a re-INVITE`,
        });
      }
      await this.glareDelay();
    }
    throw new OffhookError('call.not-possible-now', { detail: 'the far end is busy with another offer' });
  }

  private async exchange(): Promise<Outcome> {
    this.offering = true;
    try {
      const outcome = await this.send(await this.leg.createOffer());
      if (outcome.kind === 'accepted') await this.leg.applyAnswer(outcome.body);
      else if (outcome.kind !== 'closed') this.leg.rollback();
      return outcome;
    } catch (error) {
      this.leg.rollback();
      throw error;
    } finally {
      this.offering = false;
      this.told.changed();
    }
  }

  private send(offer: string): Promise<Outcome> {
    return new Promise((resolve) => {
      this.settle = resolve;
      if (this.closed) return resolve({ kind: 'closed' });
      const refused = (status: number) => resolve(status === 491 ? { kind: 'glare' } : { kind: 'refused', status });
      try {
        this.session.invite(
          {
            onAccept: (response) => {
              refreshTarget(this.session, response.message);
              response.ack();
              if (response.message.body)
                resolve({ kind: 'accepted', body: response.message.body, message: response.message });
              else refused(488);
            },
            onReject: ({ message }) => refused(message.statusCode ?? 500),
            onRedirect: ({ message }) => refused(message.statusCode ?? 302),
          },
          { extraHeaders: [this.context.contact], body: sdpBody(offer) },
        );
      } catch (error) {
        // sip.js throws while theirs, or the ACK of the first one, is still on its way.
        this.context.logger.debug('re-INVITE put off', { cause: String(error) });
        resolve({ kind: 'glare' });
      }
    });
  }

  /** RFC 3261 14.1: who made the Call-ID waits 2.1 to 4 s, the other one up to 2 s, in units of 10 ms. */
  private glareDelay(): Promise<void> {
    const delay = this.weCalled
      ? 2100 + 10 * Math.floor(this.context.random() * 190)
      : 10 * Math.floor(this.context.random() * 200);
    return new Promise((resolve) => {
      const settle = () => resolve();
      this.settle = settle;
      this.wait = this.context.clock.after(delay, settle);
    });
  }
}
