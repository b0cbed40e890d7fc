import { OffhookError } from '#contract/errors.ts';
import { DisposableStore, type Disposable } from '#core/foundation/index.ts';
import type { CodecName } from '#core/media/index.ts';
import { allCodecs, describeOffer, type LegMedia, type MediaSecurity } from '#servers/pbx/media/leg-media.ts';
import type { PromptLibrary } from '#servers/pbx/media/prompt-library.ts';
import { MenuService, playEcho, playMusic } from '#servers/pbx/media/services.ts';
import type { Plan, PlanStep, RingTarget } from '#servers/pbx/plan/index.ts';
import { CallTransfer, type Party, type Reached } from './call-transfer.ts';
import type { CallLeg, LegEnd } from './call-leg.ts';
import { connectParties } from './connected-parties.ts';
import type { CallLedger } from './call-ledger.ts';
import type { HeaderList } from './compose-message.ts';
import type { IncomingLeg } from './incoming-leg.ts';
import type { LegEnvironment } from './leg-environment.ts';
import { referTarget } from './refer-target.ts';
import type { ServerRequest } from './server-request.ts';
import { OutgoingLeg, type OutgoingCaller, type OutgoingTarget } from './outgoing-leg.ts';
import { ringPhones, type Ringing, type RingOutcome } from './ring-phones.ts';

export interface CallOptions {
  environment: LegEnvironment;
  caller: IncomingLeg;
  /** Whose phone it is. */
  callerExtension: string;
  callerPhone: string | null;
  plan: Plan;
  ledger: CallLedger;
  prompts: PromptLibrary;
  language: 'ru' | 'en';
  identity: Pick<OutgoingCaller, 'from' | 'identity'>;
  /** Null for a phone that has gone since the plan was made. */
  targetOf(target: RingTarget): OutgoingTarget | null;
  /** P-Asserted-Identity of who rings or answers, and the To value for it. */
  calleeIdentity(extension: string): { to: string; headers: HeaderList };
  /** What is to become of a party that another one sends to a number, and how the called phone sees it. */
  planTransfer(target: { user: string; host: string }, transferor: Party, remaining: Party): {
    plan: Plan;
    identity: Pick<OutgoingCaller, 'from' | 'identity'>;
  };
  onEnded(): void;
}

/** ms that a phone has to hang up by itself once its transfer is done. */
const farewellGrace = 2000;

/** Carries a plan out: rings, answers, connects, plays; and ends every party when one is gone. */
export class Call implements Disposable {
  readonly caller: IncomingLeg;
  private readonly options: CallOptions;
  private readonly parts = new DisposableStore();
  private ringing: Ringing | null = null;
  /** Who is in the call: the caller alone until somebody answers. */
  private parties: Party[];
  /** They have given the other one away, and are about to hang up. */
  private readonly leaving: CallLeg[] = [];
  private transfer: CallTransfer | null = null;
  private over = false;
  private media: LegMedia | null = null;
  private opening: Promise<LegMedia> | null = null;
  private rung = false;
  /** Who hears whom: early, or once answered. */
  private connected: { legs: readonly [CallLeg, CallLeg]; parts: Disposable } | null = null;
  private last: { status: number; reason: string } | null = null;

  constructor(options: CallOptions) {
    this.options = options;
    this.caller = options.caller;
    const { ledger } = options;
    this.caller.onCancelled(() => {
      ledger.cancel();
      this.ringing?.cancel();
    });
    this.parties = [{ leg: this.caller, extension: options.callerExtension, phone: options.callerPhone }];
    this.caller.onEnded(({ by }) => this.gone(this.caller, by));
  }

  get codec(): CodecName | null {
    return this.media?.codec ?? null;
  }

  /** Extensions that this call keeps busy. */
  get extensions(): string[] {
    return this.parties.map(({ extension }) => extension);
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
    this.end();
  }

  private gone(leg: CallLeg, by: LegEnd['by']): void {
    // Who has given the other one away may go.
    if (this.over || !this.parties.some((party) => party.leg === leg)) return;
    if (this.transfer?.transferor.leg === leg) {
      this.parties = this.parties.filter((party) => party.leg !== leg);
      return;
    }
    if (by !== 'us') this.options.ledger.endedBy(by === 'network' ? 'network' : leg === this.caller ? 'caller' : 'callee');
    this.end();
  }

  /** Everybody goes. */
  private end(): void {
    if (this.over) return;
    this.over = true;
    this.ringing?.cancel();
    this.transfer?.cancel();
    for (const leg of [...this.parties.map((party) => party.leg), ...this.leaving]) leg.hangUp();
    this.parts.dispose();
    this.media?.dispose();
    this.options.onEnded();
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
    const codecs = this.media?.codec ? [this.media.codec] : offer.codecs;
    this.ringing = this.ringFor(step, this.options.identity, codecs, (leg, status, sdp) => {
      void this.showProgress(leg, status, sdp, offer.security);
    });
    if (!this.ringing) return false;
    const outcome = await this.ringing.outcome;
    this.ringing = null;
    return this.settle(outcome, offer.security);
  }

  /** Null where nobody of the step is there any more. */
  private ringFor(
    step: Extract<PlanStep, { do: 'ring' }>,
    identity: Pick<OutgoingCaller, 'from' | 'identity'>,
    codecs: readonly CodecName[],
    onProgress: Parameters<typeof ringPhones>[3] = () => {},
  ): Ringing | null {
    const { environment, ledger, calleeIdentity, targetOf } = this.options;
    const targets = step.targets.flatMap((target) => targetOf(target) ?? []);
    if (targets.length === 0) return null;
    const legs = targets.map((target) => {
      const leg = new OutgoingLeg(environment, target, { ...identity, codecs, to: calleeIdentity(target.extension).to });
      ledger.leg(leg);
      return leg;
    });
    return ringPhones(legs, step.seconds, environment.clock, (leg, status, sdp) => onProgress(leg, status, legs.length === 1 ? sdp : null));
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
      this.join(this.caller, leg);
    } catch (error) {
      // The call may still be answered; what is broken for good will show then.
      this.options.environment.logger.warn('early audio was left out', { error });
    }
  }

  private async connect(callee: OutgoingLeg, security: MediaSecurity): Promise<void> {
    const { ledger, calleeIdentity } = this.options;
    this.admit(callee);
    try {
      const media = await this.openMedia(security, [callee.codec!]);
      if (this.caller.isOver || callee.isOver) return callee.hangUp();
      this.caller.answer(media, calleeIdentity(callee.target.extension).headers);
      ledger.answered(callee.target.extension);
      this.join(this.caller, callee);
      this.offerTransfer(this.caller);
    } catch (error) {
      callee.hangUp('SIP;cause=488;text="Not Acceptable Here"');
      throw error;
    }
  }

  /** A phone that answered is in the call from now on. */
  private admit(leg: OutgoingLeg): void {
    this.parties.push({ leg, extension: leg.target.extension, phone: leg.target.phone });
    leg.onEnded(({ by }) => this.gone(leg, by));
    this.offerTransfer(leg);
  }

  private join(a: CallLeg, b: CallLeg): void {
    if (this.connected?.legs[0] === a && this.connected.legs[1] === b) return;
    this.connected?.parts.dispose();
    this.connected = { legs: [a, b], parts: this.parts.add(connectParties(a, b, this.options)) };
  }

  private offerTransfer(leg: CallLeg): void {
    leg.takeRefers();
    this.parts.add(leg.onRefer((request) => this.refer(leg, request)));
  }

  private refer(leg: CallLeg, request: ServerRequest): void {
    const transferor = this.parties.find((party) => party.leg === leg);
    const remaining = this.parties.find((party) => party.leg !== leg);
    if (!transferor || !remaining?.leg.isUp || this.transfer) return void request.respond(491, 'Request Pending');
    const target = referTarget(request.message);
    if (target.kind === 'refused') return void request.respond(target.status, target.reason);
    const { plan, identity } = this.options.planTransfer(target, transferor, remaining);
    request.respond(202, 'Accepted');
    this.transfer = new CallTransfer({
      transferor,
      remaining,
      plan,
      ring: (step) => this.ringFor(step, identity, [remaining.leg.codec!]),
      onReached: (reached) => this.handOver(transferor, remaining, reached),
      onFailed: () => {
        this.transfer = null;
        // Nobody is left to talk to.
        if (!this.parties.includes(transferor)) this.end();
      },
    });
    void this.transfer.run();
  }

  private handOver(transferor: Party, remaining: Party, reached: Reached): void {
    this.transfer = null;
    this.parties = this.parties.filter((party) => party !== transferor);
    this.leaving.push(transferor.leg);
    this.connected?.parts.dispose();
    this.connected = null;
    remaining.leg.tellHeld(false);
    if (reached.kind === 'phone') {
      this.admit(reached.leg);
      this.join(remaining.leg, reached.leg);
    } else this.entertain(remaining.leg, reached.service);
    this.parts.add(this.options.environment.clock.after(farewellGrace, () => transferor.leg.hangUp()));
  }

  /** Echo, menu or music for one who is alone in the call. */
  private entertain(leg: CallLeg, service: 'echo' | 'menu' | 'music'): void {
    const { environment, prompts, language } = this.options;
    const media = leg.media!;
    if (service === 'echo') this.parts.add(playEcho(media));
    if (service === 'music') this.parts.add(playMusic(media, prompts, environment.clock));
    if (service !== 'menu') return;
    const menu = this.parts.add(new MenuService({ media, prompts, clock: environment.clock, language, onEnd: () => leg.hangUp() }));
    leg.onDigit((digit) => menu.press(digit));
    menu.start();
  }

  private async serve(service: 'echo' | 'menu' | 'music', offer: { security: MediaSecurity; codecs: readonly CodecName[] }): Promise<void> {
    const { ledger } = this.options;
    const media = await this.openMedia(offer.security, this.media?.codec ? [this.media.codec] : offer.codecs);
    if (this.caller.isOver) return;
    // The echo is in place before the 200 goes out: not a packet of the caller's is lost.
    if (service === 'echo') this.parts.add(playEcho(media));
    this.caller.answer(media, []);
    ledger.answered(service);
    if (service !== 'echo') this.entertain(this.caller, service);
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
