import { OffhookError } from '#contract/errors.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { CodecName } from '#core/media/index.ts';
import { headerValue, type SipMessage } from '#core/sip/messages/sip-message.ts';
import type { SipFlow } from '#core/sip/transports/index.ts';
import type { MediaSecurity } from '#servers/pbx/media/leg-media.ts';
import { CallLeg } from './call-leg.ts';
import type { ClientTransaction } from './client-transaction.ts';
import { allowed, composeRequest, sdpBody, sdpOf, type HeaderList } from './compose-message.ts';
import { Dialog } from './dialog.ts';
import { contactFor, type LegEnvironment } from './leg-environment.ts';
import { tagOf } from './name-address.ts';

export interface OutgoingTarget {
  extension: string;
  /** Binding that is called. */
  phone: string;
  contact: string;
  flow: SipFlow;
  /** Tried in order, the next when the phone says 488, 415 or 606. */
  security: readonly MediaSecurity[];
}

export interface OutgoingCaller {
  /** Whole From value, without tag. */
  from: string;
  /** Whole To value. */
  to: string;
  /** P-Asserted-Identity or Privacy. */
  identity: HeaderList;
  codecs: readonly CodecName[];
}

const wrongMedia = [415, 488, 606];

/** The party that we call: the client side of an INVITE. */
export class OutgoingLeg extends CallLeg {
  readonly target: OutgoingTarget;
  private readonly caller: OutgoingCaller;
  private readonly callId: string;
  private readonly tag: string;
  private transaction: ClientTransaction | null = null;
  private invite: SipMessage | null = null;
  private cancelling: HeaderList | null = null;
  private attempt = 0;
  private sequence = 0;
  private readonly progress = new Emitter<{ status: number; sdp: string | null }>();
  private readonly answered = new Emitter<void>();
  private readonly failed = new Emitter<{ status: number; reason: string }>();
  readonly onProgress = this.progress.event;
  /** 2xx, acknowledged, its audio in place. */
  readonly onAnswered = this.answered.event;
  readonly onFailed = this.failed.event;

  constructor(environment: LegEnvironment, target: OutgoingTarget, caller: OutgoingCaller) {
    super(environment);
    this.target = target;
    this.caller = caller;
    this.callId = environment.createToken();
    this.tag = environment.createToken();
    environment.dialogs.add(this.callId, this.tag, this);
  }

  /** Opens audio and sends the INVITE. Never rejects: what fails is told by `onFailed`. */
  async start(): Promise<void> {
    const security = this.target.security[this.attempt] ?? 'rtp';
    try {
      const media = await this.environment.openMedia(security, this.caller.codecs, this.target.flow);
      this.media?.dispose();
      if (this.isOver || this.cancelling) return media.dispose();
      this.adoptMedia(media);
      this.sendInvite(media.createOffer('sendrecv'));
    } catch (error) {
      this.environment.logger.error('no audio for a call', { error });
      this.fail(500, 'No Audio Port');
    }
  }

  /** CANCEL before the answer, BYE after. `Reason` tells the phone why (RFC 3326). */
  cancel(reason: string | null): void {
    if (this.isOver) return;
    if (this.up) return this.hangUp(reason);
    this.cancelling = reason === null ? [] : [['Reason', reason]];
    // The CANCEL may have to wait for a provisional answer; the audio has nothing to wait for.
    this.media?.dispose();
    if (!this.transaction) return this.fail(487, 'Request Terminated');
    this.transaction.cancel(this.cancelling);
  }

  override hangUp(reason: string | null = null): void {
    if (!this.up) this.cancel(reason);
    else super.hangUp(reason);
  }

  protected override released(): void {
    this.environment.dialogs.remove(this.callId, this.tag);
    for (const emitter of [this.progress, this.answered, this.failed]) emitter.dispose();
  }

  private sendInvite(sdp: string): void {
    const { flow, contact } = this.target;
    this.sequence += 1;
    const headers: HeaderList = [
      ['From', `${this.caller.from};tag=${this.tag}`],
      ['To', this.caller.to],
      ['Call-ID', this.callId],
      ['CSeq', `${this.sequence} INVITE`],
      contactFor(this.environment, flow),
      ['Allow', allowed],
      ...this.caller.identity,
    ];
    const invite = composeRequest('INVITE', contact, headers, sdpBody(sdp));
    this.invite = invite;
    this.transaction = this.environment.transactions.send(flow, this.environment.addressFor(flow), invite, (response) =>
      this.receiveResponse(invite, response),
    );
  }

  private receiveResponse(invite: SipMessage, response: SipMessage): void {
    const { status } = response;
    if (status >= 200 && status < 300) return this.receiveAnswer(invite, response);
    if (this.isOver || invite !== this.invite) return;
    if (status < 200) {
      if (status > 100 && !this.cancelling) this.progress.fire({ status, sdp: sdpOf(response) });
      return;
    }
    if (wrongMedia.includes(status) && this.attempt + 1 < this.target.security.length && !this.cancelling) {
      this.attempt += 1;
      void this.start();
      return;
    }
    this.fail(status, response.startLine.replace(/^SIP\/2\.0 \d{3} ?/, '') || 'Failed');
  }

  private receiveAnswer(invite: SipMessage, response: SipMessage): void {
    const dialog = Dialog.ofResponse(invite, response, this.target.flow);
    this.acknowledge(dialog, invite);
    const isAnother = this.dialog !== null && this.dialog.remoteTag !== tagOf(headerValue(response, 'to')!);
    // A repeated 2xx only wanted its ACK again.
    if (this.up && !isAnother) return;
    // Crossed with our CANCEL, or a second phone behind a forking proxy: it is taken back at once (RFC 3261 13.2.2.4).
    if (this.isOver || this.cancelling || isAnother) {
      const { flow } = dialog;
      const bye = dialog.compose('BYE', { headers: this.cancelling ?? [] });
      this.environment.transactions.send(flow, this.environment.addressFor(flow), bye, () => {});
      if (!isAnother && !this.isOver) this.fail(487, 'Request Terminated');
      return;
    }
    this.dialog = dialog;
    this.up = true;
    try {
      this.media!.applyAnswer(sdpOf(response) ?? '');
    } catch (error) {
      if (!(error instanceof OffhookError)) throw error;
      this.failed.fire({ status: 488, reason: 'Not Acceptable Here' });
      return this.hangUp('SIP;cause=488;text="Not Acceptable Here"');
    }
    this.answered.fire();
  }

  private fail(status: number, reason: string): void {
    if (this.isOver) return;
    this.failed.fire({ status, reason });
    this.finish('them');
  }
}
