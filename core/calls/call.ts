import type { ErrorReport } from '#contract/errors.ts';
import type { AudioQuality, CallDirection, CallSnapshot, CallState, PartyMatch, RemoteParty } from '#contract/ipc/index.ts';
import { DisposableStore, Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { MediaLeg } from '#core/media/index.ts';
import type { SessionEnd, SipIdentity, SipSession } from '#core/sip/index.ts';
import { accepts, isEstablished, isLive, transition, type CallInput } from './call-state.ts';
import { dispositionOf } from './disposition.ts';

export interface CallOptions {
  id: string;
  lineId: string;
  direction: CallDirection;
  remote: RemoteParty;
  emergency: boolean;
  /** Digits to send as DTMF after the answer: an extension. */
  pendingDigits: string | null;
  session: SipSession;
  leg: MediaLeg;
  clock: Clock;
  /** Reads a new identity, e.g. of who has really answered. */
  readIdentity: (identity: SipIdentity) => RemoteParty;
  /** Who that is by the directories; answers at once. */
  matchParty: (remote: RemoteParty) => PartyMatch | null;
}

/** One call: its SIP session, its media leg, and the state machine that both drive. */
export class Call implements Disposable {
  readonly id: string;
  readonly lineId: string;
  readonly direction: CallDirection;
  readonly emergency: boolean;
  readonly session: SipSession;
  readonly leg: MediaLeg;
  private readonly clock: Clock;
  private readonly matchParty: CallOptions['matchParty'];
  private readonly store = new DisposableStore();
  private readonly changed = new Emitter<void>();
  private readonly endedEmitter = new Emitter<SessionEnd>();
  private readonly startedAt: number;
  private state: CallState = 'idle';
  private remote: RemoteParty;
  private match: PartyMatch | null;
  private muted = false;
  private answering = false;
  private earlyMedia = false;
  private heldByThem = false;
  private pendingDigits: string | null;
  private sentDigits = '';
  private codec: string | null = null;
  private encrypted = false;
  private audio: CallSnapshot['audio'] = 'none';
  private quality: AudioQuality | null = null;
  private answeredAt: number | null = null;
  private endedAt: number | null = null;
  private ending: CallSnapshot['ending'] = null;
  private endValue: SessionEnd | null = null;
  private failure: ErrorReport | null = null;
  /** Whom the far end was given to, and when (Unix ms). */
  transferredTo: { remote: RemoteParty; at: number } | null = null;

  readonly onChanged = this.changed.event;
  /** Fires once, after the state is `busy` or `disconnected`. */
  readonly onEnded = this.endedEmitter.event;

  constructor(options: CallOptions) {
    this.id = options.id;
    this.lineId = options.lineId;
    this.direction = options.direction;
    this.remote = options.remote;
    this.match = options.matchParty(options.remote);
    this.matchParty = options.matchParty;
    this.emergency = options.emergency;
    this.pendingDigits = options.pendingDigits;
    this.session = options.session;
    this.leg = options.leg;
    this.clock = options.clock;
    this.startedAt = options.clock.now();
    this.apply(options.direction === 'outgoing' ? 'dial' : 'offer');
    this.listen(options);
  }

  snapshot(): CallSnapshot {
    return {
      id: this.id,
      lineId: this.lineId,
      direction: this.direction,
      state: this.state,
      remote: this.remote,
      match: this.match,
      heldByThem: this.heldByThem,
      muted: this.muted,
      earlyMedia: this.earlyMedia,
      answering: this.answering,
      pendingDigits: this.pendingDigits,
      sentDigits: this.sentDigits,
      codec: this.codec,
      encrypted: this.encrypted,
      audio: this.audio,
      quality: this.quality,
      emergency: this.emergency,
      startedAt: this.startedAt,
      answeredAt: this.answeredAt,
      endedAt: this.endedAt,
      ending: this.ending,
    };
  }

  get callState(): CallState {
    return this.state;
  }

  get established(): boolean {
    return isEstablished(this.state);
  }

  get live(): boolean {
    return isLive(this.state);
  }

  /** How the session ended; null while it is up. */
  get end(): SessionEnd | null {
    return this.endValue;
  }

  get waitingDigits(): string | null {
    return this.pendingDigits;
  }

  setAnswering(answering: boolean): void {
    this.answering = answering;
    this.changed.fire();
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    this.leg.setMuted(muted);
    this.changed.fire();
  }

  /** Our hold: audio stops at once, the state follows, the far end is told by a re-INVITE. */
  setHold(held: boolean): void {
    this.apply(held ? 'hold' : 'unhold');
    this.leg.setHold(held);
    this.changed.fire();
  }

  /** It is being given away: the far end waits meanwhile. */
  setTransferring(): void {
    this.apply('transfer');
    this.leg.setHold(true);
    this.changed.fire();
  }

  /** It was given away: the far end talks with this one from now on, without us. */
  noteTransfer(to: RemoteParty): void {
    this.transferredTo = { remote: to, at: Math.max(this.clock.now(), this.answeredAt ?? this.startedAt) };
  }

  noteDigits(digits: string): void {
    this.sentDigits = (this.sentDigits + digits).slice(-128);
    this.changed.fire();
  }

  clearPendingDigits(): void {
    this.pendingDigits = null;
    this.changed.fire();
  }

  /** What the window says of its own connection. */
  reportAudio(state: CallSnapshot['audio']): void {
    if (this.audio === state || this.endedAt !== null) return;
    this.audio = state;
    this.changed.fire();
  }

  /** `busy` gives way to `disconnected` when its tone has been heard. */
  leaveBusy(): void {
    if (this.state !== 'busy') return;
    this.apply('ended');
    this.changed.fire();
  }

  dispose(): void {
    this.store.dispose();
    this.leg.dispose();
    this.session.dispose();
    this.changed.dispose();
    this.endedEmitter.dispose();
  }

  private listen(options: CallOptions): void {
    const { session, leg } = this;
    this.store.add(session.onProgress(({ status, earlyMedia }) => this.progressed(status, earlyMedia)));
    this.store.add(session.onAnswered(() => this.answered()));
    this.store.add(session.onEnded((end) => this.ended(end)));
    this.store.add(session.onIdentity((identity) => this.identified(options.readIdentity(identity))));
    this.store.add(
      leg.onNegotiated(({ codec, encrypted, direction }) => {
        this.codec = codec;
        this.encrypted = encrypted;
        const silenced = direction === 'recvonly' || direction === 'inactive';
        // While we hold, `inactive` says nothing of the far end's own hold.
        if (this.state !== 'onHold') this.heldByThem = silenced && this.answeredAt !== null;
        this.changed.fire();
      }),
    );
    this.store.add(leg.onEndpointState((state) => this.reportAudio(state)));
    if (leg.onQuality) this.store.add(leg.onQuality((quality) => this.measured(quality)));
    if (leg.onFailed) this.store.add(leg.onFailed((error) => this.fail(error)));
  }

  private identified(remote: RemoteParty): void {
    this.remote = remote;
    this.recognise();
  }

  /** Looks again who the far end is: the identity or the directories have changed. */
  recognise(): void {
    this.match = this.matchParty(this.remote);
    this.changed.fire();
  }

  private progressed(status: number, earlyMedia: boolean): void {
    const input: CallInput = status === 100 ? 'trying' : 'alerting';
    if (!accepts(this.state, input)) return;
    this.apply(input);
    this.earlyMedia ||= earlyMedia;
    this.changed.fire();
  }

  private answered(): void {
    if (!accepts(this.state, 'answered')) return;
    this.apply('answered');
    this.answering = false;
    this.answeredAt = Math.max(this.clock.now(), this.startedAt);
    this.changed.fire();
  }

  private measured(quality: AudioQuality): void {
    this.quality = quality;
    this.changed.fire();
  }

  /** The media is beyond repair: the call ends, and says why. */
  private fail(error: ErrorReport): void {
    this.failure ??= error;
    this.session.end();
  }

  private ended(sessionEnd: SessionEnd): void {
    if (this.endValue) return;
    const end = this.failure ? { ...sessionEnd, by: 'network' as const, error: this.failure } : sessionEnd;
    const disposition = dispositionOf(this.direction, this.answeredAt !== null, end);
    const error: ErrorReport | null = end.by === 'us' && disposition !== 'failed' ? null : end.error;
    this.endValue = end;
    // A clock that was set back must not make a call end before it began.
    this.endedAt = Math.max(this.clock.now(), this.answeredAt ?? this.startedAt);
    this.ending = { disposition, by: end.by, error };
    this.answering = false;
    this.pendingDigits = null;
    this.audio = 'none';
    this.apply(disposition === 'busy' && accepts(this.state, 'busy') ? 'busy' : 'ended');
    this.leg.dispose();
    this.changed.fire();
    this.endedEmitter.fire(end);
  }

  private apply(input: CallInput): void {
    this.state = transition(this.state, input);
  }
}
