import { OffhookError } from '#contract/errors.ts';
import { DisposableStore, type Disposable } from '#core/foundation/index.ts';
import type { CodecName } from '#core/media/index.ts';
import { allCodecs, describeOffer, type LegMedia, type MediaSecurity } from '#servers/pbx/media/leg-media.ts';
import type { PromptLibrary } from '#servers/pbx/media/prompt-library.ts';
import { MenuService, playEcho, playMusic } from '#servers/pbx/media/services.ts';
import type { Plan, PlanStep, RingTarget } from '#servers/pbx/plan/index.ts';
import { connectParties } from './connected-parties.ts';
import type { CallLedger } from './call-ledger.ts';
import type { HeaderList } from './compose-message.ts';
import type { IncomingLeg } from './incoming-leg.ts';
import type { LegEnvironment } from './leg-environment.ts';
import { OutgoingLeg, type OutgoingCaller, type OutgoingTarget } from './outgoing-leg.ts';
import { ringPhones, type Ringing, type RingOutcome } from './ring-phones.ts';

export interface CallOptions {
  environment: LegEnvironment;
  caller: IncomingLeg;
  plan: Plan;
  ledger: CallLedger;
  prompts: PromptLibrary;
  language: 'ru' | 'en';
  identity: Pick<OutgoingCaller, 'from' | 'identity'>;
  /** Null for a phone that has gone since the plan was made. */
  targetOf(target: RingTarget): OutgoingTarget | null;
  /** P-Asserted-Identity of who rings or answers, and the To value for it. */
  calleeIdentity(extension: string): { to: string; headers: HeaderList };
  onEnded(): void;
}

/** Carries a plan out: rings, answers, connects, plays; and ends every party when one is gone. */
export class Call implements Disposable {
  readonly caller: IncomingLeg;
  private readonly options: CallOptions;
  private readonly parts = new DisposableStore();
  private ringing: Ringing | null = null;
  private callee: OutgoingLeg | null = null;
  private media: LegMedia | null = null;
  private opening: Promise<LegMedia> | null = null;
  private rung = false;
  /** Whose audio the caller hears: early, or of the one who answered. */
  private connected: { leg: OutgoingLeg; parts: Disposable } | null = null;
  private last: { status: number; reason: string } | null = null;

  constructor(options: CallOptions) {
    this.options = options;
    this.caller = options.caller;
    const { ledger } = options;
    this.caller.onCancelled(() => {
      ledger.cancel();
      this.ringing?.cancel();
    });
    this.caller.onEnded(({ by }) => {
      if (by !== 'us') ledger.endedBy(by === 'them' ? 'caller' : 'network');
      this.ringing?.cancel();
      this.callee?.hangUp();
      this.parts.dispose();
      this.media?.dispose();
      options.onEnded();
    });
  }

  get codec(): CodecName | null {
    return this.media?.codec ?? null;
  }

  /** Extension that this call keeps busy beside the caller's. */
  get calleeExtension(): string | null {
    return this.callee?.target.extension ?? null;
  }

  async run(): Promise<void> {
    let offer: { security: MediaSecurity; codecs: readonly CodecName[] };
    try {
      offer = this.caller.offer === null ? { security: 'rtp', codecs: allCodecs } : describeOffer(this.caller.offer);
      if (offer.codecs.length === 0) throw new OffhookError('call.media-not-acceptable', { detail: 'no codec in common' });
      for (const step of this.options.plan.steps) {
        if (this.caller.isOver) return;
        if (await this.carryOut(step, offer)) return;
      }
    } catch (error) {
      if (!(error instanceof OffhookError)) this.options.environment.logger.error('a call failed', { error });
      this.reject(error instanceof OffhookError ? 488 : 500, error instanceof OffhookError ? 'Not Acceptable Here' : 'Server Internal Error');
    }
  }

  dispose(): void {
    this.caller.hangUp();
  }

  /** True when the plan is at its end. */
  private async carryOut(step: PlanStep, offer: { security: MediaSecurity; codecs: readonly CodecName[] }): Promise<boolean> {
    if (step.do === 'reject') {
      // What a phone itself said is truer than what the plan foresaw.
      this.reject(this.last?.status ?? step.status, this.last?.reason ?? step.reason);
      return true;
    }
    if (step.do !== 'ring') {
      await this.serve(step.do, offer);
      return true;
    }
    return this.ring(step, offer);
  }

  private async ring(step: Extract<PlanStep, { do: 'ring' }>, offer: { security: MediaSecurity; codecs: readonly CodecName[] }): Promise<boolean> {
    const targets = step.targets.flatMap((target) => this.options.targetOf(target) ?? []);
    if (targets.length === 0) return false;
    const { environment, identity, ledger, calleeIdentity } = this.options;
    const codecs = this.media?.codec ? [this.media.codec] : offer.codecs;
    const legs = targets.map((target) => {
      const leg = new OutgoingLeg(environment, target, { ...identity, codecs, to: calleeIdentity(target.extension).to });
      ledger.leg(leg);
      return leg;
    });
    this.ringing = ringPhones(legs, step.seconds, environment.clock, (leg, status, sdp) => {
      void this.showProgress(leg, status, legs.length === 1 ? sdp : null, offer.security);
    });
    const outcome = await this.ringing.outcome;
    this.ringing = null;
    return this.settle(outcome, offer.security);
  }

  private async settle(outcome: RingOutcome, security: MediaSecurity): Promise<boolean> {
    if (outcome.kind === 'cancelled') return true;
    if (outcome.kind === 'answered') {
      await this.connect(outcome.leg, security);
      return true;
    }
    this.last = outcome.kind === 'failed' ? { status: outcome.status, reason: outcome.reason } : { status: 480, reason: 'No Answer' };
    return false;
  }

  private async showProgress(leg: OutgoingLeg, status: number, sdp: string | null, security: MediaSecurity): Promise<void> {
    const { headers } = this.options.calleeIdentity(leg.target.extension);
    if (sdp === null || this.caller.offer === null) {
      if (status !== 180 || this.rung || this.caller.isOver) return;
      this.rung = true;
      return this.caller.ring(headers);
    }
    try {
      leg.media!.applyAnswer(sdp);
      const media = await this.openMedia(security, [leg.codec!]);
      if (leg.isUp || leg.isOver || this.caller.isOver) return;
      this.caller.progress(media, headers);
      this.join(leg);
    } catch (error) {
      // The call may still be answered; what is broken for good will show then.
      this.options.environment.logger.warn('early audio was left out', { error });
    }
  }

  private async connect(callee: OutgoingLeg, security: MediaSecurity): Promise<void> {
    const { ledger, calleeIdentity } = this.options;
    this.callee = callee;
    callee.onEnded(({ by }) => {
      if (by !== 'us') ledger.endedBy(by === 'them' ? 'callee' : 'network');
      this.caller.hangUp();
    });
    try {
      const media = await this.openMedia(security, [callee.codec!]);
      if (this.caller.isOver || callee.isOver) return callee.hangUp();
      this.caller.answer(media, calleeIdentity(callee.target.extension).headers);
      ledger.answered(callee.target.extension);
      this.join(callee);
    } catch (error) {
      callee.hangUp('SIP;cause=488;text="Not Acceptable Here"');
      throw error;
    }
  }

  private join(leg: OutgoingLeg): void {
    if (this.connected?.leg === leg) return;
    this.connected?.parts.dispose();
    this.connected = { leg, parts: this.parts.add(connectParties(this.caller, leg, this.options)) };
  }

  private async serve(service: 'echo' | 'menu' | 'music', offer: { security: MediaSecurity; codecs: readonly CodecName[] }): Promise<void> {
    const { environment, ledger, prompts, language } = this.options;
    const media = await this.openMedia(offer.security, this.media?.codec ? [this.media.codec] : offer.codecs);
    if (this.caller.isOver) return;
    // The echo is in place before the 200 goes out: not a packet of the caller's is lost.
    if (service === 'echo') this.parts.add(playEcho(media));
    this.caller.answer(media, []);
    ledger.answered(service);
    if (service === 'music') this.parts.add(playMusic(media, prompts, environment.clock));
    if (service !== 'menu') return;
    const menu = this.parts.add(new MenuService({ media, prompts, clock: environment.clock, language, onEnd: () => this.caller.hangUp() }));
    this.caller.onDigit((digit) => menu.press(digit));
    menu.start();
  }

  private reject(status: number, reason: string): void {
    if (this.caller.isOver) return;
    if (this.caller.isUp) return this.caller.hangUp();
    this.options.ledger.rejected(status);
    this.caller.reject(status, reason);
  }

  /** Early audio and the answer may both ask for it while it is being opened: there is one. */
  private openMedia(security: MediaSecurity, codecs: readonly CodecName[]): Promise<LegMedia> {
    this.opening ??= this.openOnce(security, codecs).catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  private async openOnce(security: MediaSecurity, codecs: readonly CodecName[]): Promise<LegMedia> {
    const flow = this.options.caller.flow;
    this.media = await this.options.environment.openMedia(security === 'srtp' ? 'rtp' : security, codecs, flow);
    if (this.caller.isOver) this.media.dispose();
    return this.media;
  }
}
