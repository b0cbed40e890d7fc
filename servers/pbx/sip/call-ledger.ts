import type { Clock } from '#core/foundation/index.ts';
import type { Plan, PlanStep } from '#servers/pbx/plan/index.ts';
import type { CallDisposition, CallRecord, LegRecord } from '#servers/pbx/records/index.ts';
import type { OutgoingLeg } from './outgoing-leg.ts';

/** Writes down what happens in a call, until it makes one record of it. */
export class CallLedger {
  private readonly clock: Clock;
  private readonly record: CallRecord;
  private cancelled = false;

  constructor(
    clock: Clock,
    facts: Pick<CallRecord, 'id' | 'sipCallId' | 'caller' | 'withheld' | 'dialled'>,
    plan: Plan | null,
  ) {
    this.clock = clock;
    this.record = {
      ...facts,
      steps: plan?.steps.map(describe) ?? [],
      startedAt: clock.now(),
      answeredAt: null,
      endedAt: 0,
      answeredBy: null,
      disposition: 'failed',
      status: null,
      endedBy: 'exchange',
      codec: null,
      legs: [],
    };
  }

  leg(leg: OutgoingLeg): void {
    const entry: LegRecord = {
      extension: leg.target.extension,
      protocol: leg.target.flow.protocol,
      startedAt: this.clock.now(),
      answeredAt: null,
      endedAt: null,
      status: null,
    };
    this.record.legs.push(entry);
    leg.onAnswered(() => {
      entry.answeredAt = this.clock.now();
      entry.status = 200;
    });
    leg.onFailed(({ status }) => (entry.status = status));
    leg.onEnded(() => (entry.endedAt = this.clock.now()));
  }

  answered(by: string): void {
    this.record.answeredAt = this.clock.now();
    this.record.answeredBy = by;
    this.record.status = 200;
  }

  cancel(): void {
    this.cancelled = true;
    this.record.status = 487;
    this.record.endedBy = 'caller';
  }

  rejected(status: number): void {
    this.record.status = status;
  }

  endedBy(who: CallRecord['endedBy']): void {
    this.record.endedBy = who;
  }

  /** @param codec what was spoken; null when it did not come to that */
  close(codec: string | null): CallRecord {
    const { record } = this;
    record.codec = record.answeredAt === null ? null : codec;
    record.endedAt = this.clock.now();
    record.disposition = this.cancelled ? 'cancelled' : record.answeredAt !== null ? 'answered' : dispositionOf(record);
    for (const leg of record.legs) leg.endedAt ??= record.endedAt;
    return { ...record, legs: record.legs.map((leg) => ({ ...leg })) };
  }
}

function dispositionOf({ status, legs }: CallRecord): CallDisposition {
  if (status === 486 || status === 600) return 'busy';
  if (status === 603) return 'declined';
  if (status === 480 || status === 408) return legs.length > 0 ? 'no-answer' : 'failed';
  return status === 403 ? 'refused' : 'failed';
}

function describe(step: PlanStep): string {
  if (step.do === 'ring') return `ring ${[...new Set(step.targets.map(({ extension }) => extension))].join('+')} ${step.seconds} s`;
  return step.do === 'reject' ? `reject ${step.status}` : step.do;
}
