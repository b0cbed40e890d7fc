import { OffhookError } from '#contract/errors.ts';
import { Emitter, type Disposable } from '#core/foundation/index.ts';
import type { CodecName } from '#core/media/index.ts';
import { headerValue, type SipMessage } from '#core/sip/messages/sip-message.ts';
import type { LegMedia } from '#servers/pbx/media/leg-media.ts';
import { repeatUntilAcknowledged } from './acknowledged-answer.ts';
import { allowed, sdpBody, sdpOf, type Body, type HeaderList } from './compose-message.ts';
import { sequenceOf, type Dialog } from './dialog.ts';
import { contactFor, type DialogUser, type LegEnvironment } from './leg-environment.ts';
import { readInfoDigit } from './info-digit.ts';
import type { ServerRequest } from './server-request.ts';

export interface LegEnd {
  by: 'us' | 'them' | 'network';
}

/**
 * One party of a call once it is up: a dialog, its audio, holds from either side, digits, the end. What comes before
 * differs by who called whom: `IncomingLeg` and `OutgoingLeg`.
 */
export abstract class CallLeg implements DialogUser, Disposable {
  media: LegMedia | null = null;
  protected dialog: Dialog | null = null;
  protected readonly environment: LegEnvironment;
  protected up = false;
  private over = false;
  private unacknowledged: Disposable | null = null;
  /** What the next ACK is to bring: the answer to an offer in our 2xx. */
  private awaitsAnswer = false;
  private reoffering = false;
  private wishHeld = false;
  private toldHeld = false;
  private retry: Disposable | null = null;
  private readonly ended = new Emitter<LegEnd>();
  private readonly held = new Emitter<boolean>();
  private readonly digit = new Emitter<string>();
  private readonly infoDigit = new Emitter<string>();
  private readonly refer = new Emitter<ServerRequest>();
  readonly onEnded = this.ended.event;
  /** The far end put the call on hold, or took it back. */
  readonly onHeld = this.held.event;
  /** By RFC 4733 or INFO. */
  readonly onDigit = this.digit.event;
  /** By INFO alone, which the other party does not get with the audio. */
  readonly onInfoDigit = this.infoDigit.event;
  /** REFER while the call is up; the listener answers it. */
  readonly onRefer = this.refer.event;
  private referable = false;

  constructor(environment: LegEnvironment) {
    this.environment = environment;
  }

  get isOver(): boolean {
    return this.over;
  }

  get isUp(): boolean {
    return this.up && !this.over;
  }

  get codec(): CodecName | null {
    return this.media?.codec ?? null;
  }

  /** Tells the far end that it is held (or no more) by a re-INVITE. */
  tellHeld(held: boolean): void {
    this.wishHeld = held;
    this.reoffer();
  }

  /** From now on whoever listens to `onRefer` answers that. */
  takeRefers(): void {
    this.referable = true;
  }

  /** How a transfer of the far end's goes (RFC 3515 2.4.4); from 200 on it is the last word. */
  notifyTransfer(status: number, reason: string): void {
    if (!this.isUp) return;
    const state = status < 200 ? 'active;expires=120' : 'terminated;reason=noresource';
    this.request('NOTIFY', {
      headers: [...this.headers, ['Event', 'refer'], ['Subscription-State', state]],
      body: { type: 'message/sipfrag;version=2.0', text: `SIP/2.0 ${status} ${reason}\r\n` },
    });
  }

  /** BYE, when the call is up. */
  hangUp(reason: string | null = null): void {
    if (this.over) return;
    if (this.up && this.dialog) this.request('BYE', { headers: reason === null ? [] : [['Reason', reason]] });
    this.finish('us');
  }

  /** As RFC 4733 where that was negotiated, else by INFO. */
  sendDigit(digit: string): void {
    this.media?.stream.sendDigits(digit).catch(() => {
      if (!this.isUp) return;
      this.request('INFO', { body: { type: 'application/dtmf-relay', text: `Signal=${digit}\r\nDuration=160\r\n` } });
    });
  }

  receive(request: ServerRequest): void {
    const { message } = request;
    if (message.method === 'ACK') return this.receiveAck(message);
    if (this.over || !this.dialog) return void request.respond(481, 'Call Does Not Exist');
    if (!this.dialog.accept(message, request.flow)) return void request.respond(500, 'Out Of Order');
    switch (message.method) {
      case 'BYE':
        request.respond(200, 'OK');
        return this.finish('them');
      case 'INVITE':
      case 'UPDATE':
        return this.receiveOffer(request);
      case 'INFO':
        return this.receiveInfo(request);
      case 'REFER':
        if (!this.isUp || !this.referable) return void request.respond(603, 'Declined');
        return this.refer.fire(request);
      case 'OPTIONS':
        return void request.respond(200, 'OK', { headers: [['Allow', allowed]] });
      default:
        return void request.respond(405, 'Method Not Allowed', { headers: [['Allow', allowed]] });
    }
  }

  /** Asks whether the far end is still there; ends the leg when it is not. */
  probe(): void {
    if (this.isUp) this.request('OPTIONS', {}, ({ status }) => (status === 408 || status === 481 || status === 503) && this.lost());
  }

  dispose(): void {
    this.finish('us');
  }

  protected get headers(): HeaderList {
    return [contactFor(this.environment, this.dialog!.flow), ['Allow', allowed]];
  }

  protected adoptMedia(media: LegMedia): void {
    this.media = media;
    media.stream.onDigit((digit) => this.digit.fire(digit));
    let held = false;
    media.onDirection(() => {
      if (held === media.heldByFarEnd) return;
      held = media.heldByFarEnd;
      this.held.fire(held);
    });
  }

  /** @param answerExpected the 2xx carried an offer of ours */
  protected awaitAck(repeat: () => void, answerExpected: boolean): void {
    this.awaitsAnswer = answerExpected;
    this.unacknowledged?.dispose();
    this.unacknowledged = repeatUntilAcknowledged(this.environment.clock, repeat, () => this.lost());
  }

  protected request(
    method: string,
    options: { headers?: HeaderList; body?: Body },
    listener: (response: SipMessage) => void = () => {},
  ): SipMessage {
    const dialog = this.dialog!;
    if (dialog.flow.closed) dialog.flow = this.environment.wayBack(dialog) ?? dialog.flow;
    const message = dialog.compose(method, options);
    const { flow } = dialog;
    this.environment.transactions.send(flow, this.environment.addressFor(flow), message, listener);
    return message;
  }

  protected acknowledge(dialog: Dialog, invite: SipMessage): void {
    const { flow } = dialog;
    const ack = dialog.compose('ACK', { sequence: sequenceOf(invite) });
    this.environment.transactions.sendUnanswered(flow, this.environment.addressFor(flow), ack);
  }

  protected finish(by: LegEnd['by']): void {
    if (this.over) return;
    this.over = true;
    this.unacknowledged?.dispose();
    this.retry?.dispose();
    this.media?.dispose();
    this.released();
    this.ended.fire({ by });
    for (const emitter of [this.ended, this.held, this.digit, this.infoDigit, this.refer]) emitter.dispose();
  }

  /** Takes the leg's dialog out of the table. */
  protected abstract released(): void;

  private lost(): void {
    if (this.over) return;
    if (this.dialog) this.request('BYE', { headers: [['Reason', 'SIP;cause=408;text="No answer from you"']] });
    this.finish('network');
  }

  private receiveAck(message: SipMessage): void {
    this.unacknowledged?.dispose();
    this.unacknowledged = null;
    if (!this.awaitsAnswer || this.over) return;
    this.awaitsAnswer = false;
    const answer = sdpOf(message);
    try {
      if (answer === null) throw new OffhookError('call.media-not-acceptable', { detail: 'no answer in the ACK' });
      this.media!.applyAnswer(answer);
    } catch (error) {
      this.badMedia(error);
    }
  }

  private receiveOffer(request: ServerRequest): void {
    const { message } = request;
    if (this.reoffering || this.unacknowledged) return void request.respond(491, 'Request Pending');
    const offer = sdpOf(message);
    if (offer === null && message.method === 'UPDATE') return void request.respond(200, 'OK', { headers: this.headers });
    const wish = this.wishHeld ? 'sendonly' : 'sendrecv';
    try {
      const sdp = offer === null ? this.media!.createOffer(wish) : this.media!.createAnswer(offer, wish);
      const repeat = request.respond(200, 'OK', { headers: this.headers, body: sdpBody(sdp) });
      if (message.method === 'INVITE') this.awaitAck(repeat, offer === null);
    } catch (error) {
      if (!(error instanceof OffhookError)) throw error;
      request.respond(488, 'Not Acceptable Here');
    }
  }

  private receiveInfo(request: ServerRequest): void {
    const digit = readInfoDigit(request.message);
    if (digit === 'unsupported') return void request.respond(415, 'Unsupported Media Type', { headers: [['Accept', 'application/dtmf-relay']] });
    request.respond(200, 'OK');
    if (digit === null) return;
    this.digit.fire(digit);
    this.infoDigit.fire(digit);
  }

  private reoffer(): void {
    if (!this.isUp || !this.media || this.reoffering || this.wishHeld === this.toldHeld) return;
    if (this.unacknowledged) return this.reofferLater(500);
    const wish = this.wishHeld;
    this.reoffering = true;
    const sdp = this.media.createOffer(wish ? 'sendonly' : 'sendrecv');
    const invite = this.request('INVITE', { headers: this.headers, body: sdpBody(sdp) }, (response) => {
      if (response.status < 200) return;
      if (response.status < 300) this.acknowledge(this.dialog!, invite);
      if (this.over || !this.reoffering) return;
      this.reoffering = false;
      this.settleReoffer(response, wish);
    });
  }

  private settleReoffer(response: SipMessage, wish: boolean): void {
    const { status } = response;
    if (status < 300) {
      this.toldHeld = wish;
      try {
        this.media!.applyAnswer(sdpOf(response) ?? '');
      } catch (error) {
        return this.badMedia(error);
      }
      return this.reoffer();
    }
    this.media!.rollback();
    if (status === 408 || status === 481 || status === 503) return this.lost();
    // RFC 3261 14.1: both offered at once; wait as the one who does not own the Call-ID may.
    if (status === 491) return this.reofferLater(Math.random() * 2000);
    // RFC 3261 14.2: the far end was not done with the one before.
    const wait = status === 500 ? Number(headerValue(response, 'retry-after') ?? 0) : 0;
    if (wait > 0) return this.reofferLater(Math.min(wait, 10) * 1000);
    // It does not want to be told: it still hears the music.
    this.toldHeld = wish;
  }

  private reofferLater(/* ms */ delay: number): void {
    this.retry?.dispose();
    this.retry = this.environment.clock.after(delay, () => this.reoffer());
  }

  private badMedia(error: unknown): void {
    if (!(error instanceof OffhookError)) throw error;
    this.environment.logger.warn('unusable answer', { detail: error.detail });
    this.hangUp('SIP;cause=488;text="Not Acceptable Here"');
  }
}
