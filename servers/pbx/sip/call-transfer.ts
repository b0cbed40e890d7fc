import type { Plan, PlanStep } from '#servers/pbx/plan/index.ts';
import type { CallLeg } from './call-leg.ts';
import type { OutgoingLeg } from './outgoing-leg.ts';
import type { Ringing } from './ring-phones.ts';

/** One who talks: the leg, and whose phone it is. */
export interface Party {
  leg: CallLeg;
  extension: string;
  /** Binding of the phone; null for one that is not registered. */
  phone: string | null;
}

/** What came of it: a phone that answered, or a service of the exchange. */
export type Reached = { kind: 'phone'; leg: OutgoingLeg } | { kind: 'service'; service: 'echo' | 'menu' | 'music' };

export interface CallTransferOptions {
  /** Who gives the other one away, and hears of how it goes. */
  transferor: Party;
  remaining: Party;
  plan: Plan;
  /** Rings what a step names; null where nobody of it is there any more. */
  ring(step: Extract<PlanStep, { do: 'ring' }>): Ringing | null;
  onReached(reached: Reached): void;
  /** Nobody was reached; the transferor, if still there, has been told. */
  onFailed(): void;
}

/** A call being given away (RFC 3515): rings the number while the remaining party waits. */
export class CallTransfer {
  readonly transferor: Party;
  readonly remaining: Party;
  private readonly options: CallTransferOptions;
  private ringing: Ringing | null = null;
  private over = false;

  constructor(options: CallTransferOptions) {
    this.options = options;
    this.transferor = options.transferor;
    this.remaining = options.remaining;
  }

  async run(): Promise<void> {
    this.transferor.leg.notifyTransfer(100, 'Trying');
    let last = { status: 480, reason: 'No Answer' };
    for (const step of this.options.plan.steps) {
      if (this.over) return;
      if (step.do === 'reject') return this.fail(last.status === 480 ? step : last);
      if (step.do !== 'ring') return this.reach({ kind: 'service', service: step.do });
      this.ringing = this.options.ring(step);
      const outcome = await this.ringing?.outcome;
      this.ringing = null;
      if (outcome?.kind === 'answered') return this.reach({ kind: 'phone', leg: outcome.leg });
      if (outcome?.kind === 'failed') last = outcome;
    }
  }

  /** One of the two has gone for good: nobody is rung any more. */
  cancel(): void {
    if (this.over) return;
    this.over = true;
    this.ringing?.cancel();
    this.transferor.leg.notifyTransfer(487, 'Request Terminated');
  }

  private reach(reached: Reached): void {
    if (this.over) return void (reached.kind === 'phone' && reached.leg.hangUp());
    this.over = true;
    this.transferor.leg.notifyTransfer(200, 'OK');
    this.options.onReached(reached);
  }

  private fail({ status, reason }: { status: number; reason: string }): void {
    if (this.over) return;
    this.over = true;
    this.transferor.leg.notifyTransfer(status, reason);
    this.options.onFailed();
  }
}
