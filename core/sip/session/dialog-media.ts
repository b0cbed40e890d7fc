import type { IncomingInviteRequest, IncomingRequestMessage, Session } from 'sip.js/lib/core/index.js';
import { OffhookError } from '#contract/errors.ts';
import type { Disposable } from '#core/foundation/index.ts';
import type { MediaLeg } from '#core/media/index.ts';
import { refuseInvite } from './refuse-invite.ts';
import { callErrorCode } from './session-end.ts';
import { sdpBody, type SessionContext } from './session-context.ts';

const attemptLimit = 8;

type Outcome =
  | { kind: 'accepted'; body: string; message: { data?: string } }
  | { kind: 'refused'; status: number }
  | { kind: 'glare' }
  | { kind: 'closed' };

/** Offers and answers in a confirmed dialog: holds from either side, glare, late offers (RFC 3261 14, RFC 6337). */
export class DialogMedia {
  private readonly context: SessionContext;
  private readonly session: Session;
  private readonly leg: MediaLeg;
  private readonly weCalled: boolean;
  private readonly told: { gone: () => void; identified: (message: { data?: string }) => void };
  private tail: Promise<void> = Promise.resolve();
  private expectsAnswerInAck = false;
  private settle: ((outcome: Outcome) => void) | null = null;
  private wait: Disposable | null = null;
  private closed = false;

  constructor(options: {
    context: SessionContext;
    session: Session;
    leg: MediaLeg;
    weCalled: boolean;
    /** `gone`: the dialog is dead at the other end; `identified`: a message that may carry another identity. */
    told: { gone: () => void; identified: (message: { data?: string }) => void };
  }) {
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
  async answer(request: IncomingInviteRequest): Promise<void> {
    const offer = request.message.body;
    try {
      const own = offer ? await this.leg.createAnswer(offer) : await this.leg.createOffer();
      if (this.closed) return;
      this.expectsAnswerInAck = !offer;
      // sip.js adds no Contact here, which RFC 3261 12.2.2 asks for in a target refresh.
      request.accept({ statusCode: 200, extraHeaders: [this.context.contact], body: sdpBody(own) });
      this.told.identified(request.message);
    } catch (error) {
      this.context.logger.info('re-INVITE refused', { cause: String(error) });
      refuseInvite(request, 488);
    }
  }

  /** The ACK of a late offer carries the answer. */
  async acknowledged(message: IncomingRequestMessage): Promise<void> {
    if (!this.expectsAnswerInAck) return;
    this.expectsAnswerInAck = false;
    if (message.body) await this.leg.applyAnswer(message.body);
    else this.leg.rollback();
  }

  /** Our 200 carried the offer. */
  expectAnswerInAck(): void {
    this.expectsAnswerInAck = true;
  }

  close(): void {
    this.closed = true;
    this.wait?.dispose();
    this.settle?.({ kind: 'closed' });
  }

  private async offer(): Promise<void> {
    for (let attempt = 0; attempt < attemptLimit && !this.closed; attempt += 1) {
      const outcome = await this.send(await this.leg.createOffer());
      if (outcome.kind === 'accepted') {
        await this.leg.applyAnswer(outcome.body);
        this.told.identified(outcome.message);
        return;
      }
      if (outcome.kind === 'closed') break;
      this.leg.rollback();
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

  private send(offer: string): Promise<Outcome> {
    return new Promise((resolve) => {
      this.settle = resolve;
      if (this.closed) return resolve({ kind: 'closed' });
      const refused = (status: number) => resolve(status === 491 ? { kind: 'glare' } : { kind: 'refused', status });
      try {
        this.session.invite(
          {
            onAccept: (response) => {
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
