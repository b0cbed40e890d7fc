import { isDeepStrictEqual } from 'node:util';
import type { IncomingByeRequest, IncomingInfoRequest, Session } from 'sip.js/lib/core/index.js';
import { OffhookError, toReport } from '#contract/errors.ts';
import { Emitter } from '#core/foundation/index.ts';
import type { MediaLeg } from '#core/media/index.ts';
import { readIdentity } from '../identity/read-identity.ts';
import type { SessionEnd, SipDialog, SipIdentity, SipSession } from '../user-agent.ts';
import { DialogMedia } from './dialog-media.ts';
import { readDialog } from './dialog-state.ts';
import { DialogTransfer, referable } from './dialog-transfer.ts';
import { failedEnd, farEnd, ownEnd } from './session-end.ts';
import { plainMessage, type SessionContext } from './session-context.ts';

/**
 * A session once its dialog is confirmed, the same whichever side called:
 *
 *     pending ──▶ confirmed ──▶ ended
 *        └──────────────────────▲
 */
export abstract class BaseSession implements SipSession {
  abstract readonly direction: 'incoming' | 'outgoing';
  readonly sipCallId: string;
  identity: SipIdentity;
  protected readonly context: SessionContext;
  protected readonly leg: MediaLeg;
  protected readonly progressEmitter = new Emitter<{ status: number; earlyMedia: boolean }>();
  protected readonly answeredEmitter = new Emitter<void>();
  private readonly dialogEmitter = new Emitter<SipDialog>();
  private readonly identityEmitter = new Emitter<SipIdentity>();
  private readonly endedEmitter = new Emitter<SessionEnd>();
  protected dialog: Session | null = null;
  protected media: DialogMedia | null = null;
  private transferring: DialogTransfer | null = null;
  /** A BYE waits for the ACK of our 200; to be called once it is on its way. */
  private byeAfterAck: (() => void) | null = null;
  protected over = false;
  dialogState: SipDialog | null = null;
  readonly onDialogState = this.dialogEmitter.event;
  readonly onProgress = this.progressEmitter.event;
  readonly onAnswered = this.answeredEmitter.event;
  readonly onIdentity = this.identityEmitter.event;
  readonly onEnded = this.endedEmitter.event;

  constructor(context: SessionContext, leg: MediaLeg, sipCallId: string, identity: SipIdentity) {
    this.context = context;
    this.leg = leg;
    this.sipCallId = sipCallId;
    this.identity = identity;
  }

  abstract ring(): void;
  abstract answer(): Promise<void>;
  abstract reject(status: number, reason: string): void;
  /** Ends what is not confirmed yet: CANCEL or a refusal. */
  protected abstract abandon(): void;

  get ended(): boolean {
    return this.over;
  }

  /** The dialog is up. */
  get confirmed(): boolean {
    return this.dialog !== null;
  }

  end(): void {
    if (this.over) return;
    if (this.dialog) this.sayBye();
    else this.abandon();
    this.finish(ownEnd());
  }

  /** Something broke that the protocol has no answer for: say goodbye as far as possible. */
  fail(error: unknown): void {
    if (this.over) return;
    this.context.logger.warn('session failed', { callId: this.sipCallId, cause: String(error) });
    try {
      if (this.dialog) this.sayBye();
      else this.abandon();
    } catch (second) {
      this.context.logger.warn('and could not be ended', { callId: this.sipCallId, cause: String(second) });
    }
    const report =
      error instanceof OffhookError
        ? toReport(error)
        : { code: 'call.failed' as const, values: {}, detail: String(error) };
    this.finish(failedEnd(report));
  }

  reoffer(): Promise<void> {
    if (this.over || !this.media) return Promise.reject(new OffhookError('call.not-possible-now'));
    return this.media.reoffer();
  }

  async transfer(target: string): Promise<void> {
    const uri = referable(target, this.context.account);
    if (!uri) throw new OffhookError('number.unreadable');
    if (this.over || !this.dialog || !this.transferring) throw new OffhookError('call.not-possible-now');
    const given = this.transferring.refer(uri);
    this.noteDialog(this.dialog);
    await given;
  }

  async sendDigitsByInfo(digits: string): Promise<void> {
    for (const digit of digits.toUpperCase()) {
      if (digit === ',') await new Promise<void>((resolve) => this.context.clock.after(2000, resolve));
      else if (/^[0-9*#A-D]$/.test(digit)) await this.sendDigit(digit);
    }
  }

  dispose(): void {
    this.end();
    for (const emitter of [
      this.dialogEmitter,
      this.progressEmitter,
      this.answeredEmitter,
      this.identityEmitter,
      this.endedEmitter,
    ])
      emitter.dispose();
  }

  protected confirm(dialog: Session, weCalled: boolean): DialogMedia {
    this.dialog = dialog;
    const identified = (message: { data?: string }) => this.updateIdentity(message);
    this.media = new DialogMedia({
      context: this.context,
      session: dialog,
      leg: this.leg,
      weCalled,
      told: { gone: () => this.gone(), identified, changed: () => this.noteDialog(dialog) },
    });
    const transferring = new DialogTransfer(this.context, dialog);
    this.transferring = transferring;
    dialog.delegate = {
      onAck: ({ message }) => this.acknowledged(message),
      onAckTimeout: () => {
        if (!this.sayDelayedBye()) this.fail(new OffhookError('call.failed', { detail: 'no ACK for the 200' }));
      },
      onBye: (request) => this.receiveBye(request),
      onInfo: (request) => this.receiveInfo(request),
      onInvite: (request) => void this.media?.answer(request),
      onMessage: (request) => request.reject({ statusCode: 405 }),
      onNotify: (request) => void (transferring.notified(request) || request.reject({ statusCode: 481 })),
      onRefer: (request) => request.reject({ statusCode: 603 }),
    };
    this.noteDialog(dialog);
    return this.media;
  }

  /** Tells of the dialog when it is not as it was told last. */
  protected noteDialog(dialog: Session): void {
    const state = readDialog(dialog);
    if (this.over || isDeepStrictEqual(state, this.dialogState)) return;
    this.dialogState = state;
    this.dialogEmitter.fire(state);
  }

  /** Fires `onEnded` once, and stops all that waits. */
  protected finish(end: SessionEnd): void {
    if (this.over) return;
    this.over = true;
    this.media?.close();
    this.transferring?.ended();
    this.endedEmitter.fire(end);
  }

  /** Takes over the identity that a trusted server asserts in this message. */
  protected updateIdentity(raw: { data?: string }): void {
    const message = plainMessage(raw);
    if (!message || !this.context.account.trustIdentity) return;
    const own = message.kind === 'request' ? 'from' : 'to';
    const identity = readIdentity(message, { own, trusted: true });
    if (!identity.asserted) return;
    if (identity.user === this.identity.user && identity.displayName === this.identity.displayName) return;
    this.identity = { ...identity, diversion: this.identity.diversion };
    this.identityEmitter.fire(this.identity);
  }

  protected sayBye(): void {
    const dialog = this.dialog;
    if (!dialog) return;
    let done = () => {};
    this.context.farewell(new Promise((resolve) => (done = resolve)));
    try {
      dialog.bye({ onAccept: done, onReject: done, onRedirect: done });
    } catch {
      // RFC 3261 15: not before the ACK of our 200, or its time is over.
      this.byeAfterAck = done;
    }
  }

  private sayDelayedBye(): boolean {
    const underWay = this.byeAfterAck;
    if (!underWay) return false;
    this.byeAfterAck = null;
    this.sayBye();
    underWay();
    return true;
  }

  /**
   * sip.js answers a re-INVITE that comes before a promise returned here settles with 500 and Retry-After: there is one
   * only while the ACK's own SDP is worked on, since a stream may bring the ACK and the next re-INVITE at once.
   */
  private acknowledged(message: Parameters<DialogMedia['acknowledged']>[0]): Promise<void> | void {
    if (this.dialog) stopRepeating(this.dialog);
    if (this.sayDelayedBye()) return;
    return this.media?.acknowledged(message)?.catch((error: unknown) => this.fail(error));
  }

  private receiveBye(request: IncomingByeRequest): void {
    request.accept();
    this.finish(farEnd(plainMessage(request.message), null));
  }

  private receiveInfo(request: IncomingInfoRequest): void {
    const type = (request.message.getHeader('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
    if (type === '' || type === 'application/dtmf-relay' || type === 'application/dtmf') request.accept();
    else request.reject({ statusCode: 415 });
  }

  private gone(): void {
    this.sayBye();
    this.finish(
      failedEnd({ code: 'call.cut', values: {}, detail: 'the far end does not know the call any more' }, 'them'),
    );
  }

  private sendDigit(digit: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const dialog = this.dialog;
      if (this.over || !dialog) return reject(new OffhookError('call.not-possible-now'));
      const refused = ({ message }: { message: { statusCode?: number } }) =>
        reject(
          new OffhookError('call.not-possible-now', {
            values: { status: message.statusCode ?? 0 },
            detail: `SIP ${message.statusCode} to INFO`,
          }),
        );
      const body = {
        contentDisposition: 'render',
        contentType: 'application/dtmf-relay',
        content: `Signal=${digit}\r\nDuration=160\r\n`,
      };
      try {
        dialog.info({ onAccept: () => resolve(), onReject: refused, onRedirect: refused }, { body });
        this.noteDialog(dialog);
      } catch (error) {
        reject(new OffhookError('call.not-possible-now', { cause: error }));
      }
    });
  }
}

/**
 * sip.js lets the timer that repeats an acknowledged 200 run out: a re-INVITE that comes before that would keep it
 * going, and the old 200 with it.
 */
function stopRepeating(dialog: Session): void {
  const timed = dialog as unknown as { invite2xxTimer: ReturnType<typeof setTimeout> | undefined };
  clearTimeout(timed.invite2xxTimer);
  timed.invite2xxTimer = undefined;
}
