import { OffhookError } from '#contract/errors.ts';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { DisposableStore, Emitter, type Clock } from '#core/foundation/index.ts';
import type { Call } from './call.ts';

/** How long an ended call stays to be seen: long enough to read a sentence when it failed. */
const ENDED_STAYS_MS = 3_000;
const FAILED_STAYS_MS = 20_000;
/** A busy tone is heard this long, unless the user hangs up first. */
const BUSY_TONE_MS = 6_000;

/** The calls of this phone, newest last; ended ones stay for a moment. */
export class CallRegistry {
  private readonly calls = new Map<string, Call>();
  private readonly changed = new Emitter<CallSnapshot[]>();
  private readonly added = new Emitter<Call>();
  private readonly clock: Clock;
  /** What an ended call still waits for, by call. */
  private readonly timers = new Map<string, DisposableStore>();
  private announcing = false;

  readonly onChanged = this.changed.event;
  readonly onAdded = this.added.event;
  /** Id of the call that the user turned to last: placed, answered or taken back. */
  focus: string | null = null;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  add(call: Call): void {
    this.calls.set(call.id, call);
    call.onChanged(() => this.announce());
    call.onEnded(() => this.retire(call));
    this.added.fire(call);
    this.announce();
  }

  snapshots(): CallSnapshot[] {
    return [...this.calls.values()].map((call) => call.snapshot());
  }

  live(): Call[] {
    return [...this.calls.values()].filter((call) => call.live);
  }

  find(callId: string): Call | undefined {
    return this.calls.get(callId);
  }

  /** @throws OffhookError `call.unknown` for a call that is not there any more */
  required(callId: string): Call {
    const call = this.calls.get(callId);
    if (!call) throw new OffhookError('call.unknown');
    return call;
  }

  /** Takes an ended call off the list before its time. */
  forget(callId: string): void {
    const call = this.calls.get(callId);
    if (!call || call.live) return;
    this.calls.delete(callId);
    this.timers.get(callId)?.dispose();
    this.timers.delete(callId);
    call.dispose();
    this.announce();
  }

  dispose(): void {
    for (const timers of this.timers.values()) timers.dispose();
    for (const call of this.calls.values()) call.dispose();
    this.calls.clear();
  }

  private retire(call: Call): void {
    const { state, ending } = call.snapshot();
    const timers = new DisposableStore();
    this.timers.set(call.id, timers);
    if (state === 'busy') timers.add(this.clock.after(BUSY_TONE_MS, () => call.leaveBusy()));
    timers.add(this.clock.after(ending?.error ? FAILED_STAYS_MS : ENDED_STAYS_MS, () => this.forget(call.id)));
  }

  /** Several changes of one turn reach the windows as one. */
  private announce(): void {
    if (this.announcing) return;
    this.announcing = true;
    queueMicrotask(() => {
      this.announcing = false;
      this.changed.fire(this.snapshots());
    });
  }
}
