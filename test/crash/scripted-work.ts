import { OffhookError } from '#contract/errors.ts';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import type { ScriptedClient } from '#test/support/scripted-client.ts';
import { pause } from '#test/support/until.ts';
import type { SeededRandom } from './seeded-random.ts';

// Enough for two calls that overlap and one that comes in; more would only wait for each other.
const callers = 2;

/** What a busy person does all day, without a pause: calls out, and takes, refuses and misses what comes in. */
export class ScriptedWork {
  private readonly client: ScriptedClient;
  private readonly random: SeededRandom;
  private readonly targets: readonly string[];
  private readonly met = new Set<string>();
  private stopped = false;

  constructor(options: { client: ScriptedClient; random: SeededRandom; targets: readonly string[] }) {
    this.client = options.client;
    this.random = options.random;
    this.targets = options.targets;
  }

  /** Resolves when it was stopped and the last calls are over. */
  async run(): Promise<void> {
    const outgoing = Array.from({ length: callers }, () => this.callAgainAndAgain());
    await Promise.all([...outgoing, this.receive()]);
  }

  stop(): void {
    this.stopped = true;
  }

  private async callAgainAndAgain(): Promise<void> {
    while (!this.stopped) {
      const [first = '', ...others] = this.targets;
      const text = this.random.pick([first, ...others]);
      const callId = await this.attempt(async () => (await this.client.call('calls.place', { text })).callId);
      if (callId) await this.endLater(callId, this.random.between(5, 250));
      await pause(this.random.between(1, 30));
    }
  }

  private async receive(): Promise<void> {
    while (!this.stopped) {
      for (const call of this.client.calls)
        if (call.state === 'offering' && !this.met.has(call.id)) void this.meet(call);
      await pause(5);
    }
  }

  private async meet({ id: callId }: CallSnapshot): Promise<void> {
    this.met.add(callId);
    await pause(this.random.between(0, 40));
    const choice = this.random.pick(['answer', 'answer', 'decline', 'busy', 'miss']);
    if (choice === 'miss') return;
    if (choice !== 'answer')
      return void (await this.attempt(() => this.client.call('calls.decline', { callId, reason: choice })));
    await this.attempt(() => this.client.call('calls.answer', { callId }));
    if (this.random.chance(0.5)) await this.endLater(callId, this.random.between(10, 150));
  }

  /** Hangs up unless the far end has done so before. */
  private async endLater(callId: string, milliseconds: number): Promise<void> {
    const isOver = () => !this.client.calls.some((call) => call.id === callId && call.endedAt === null);
    const end = performance.now() + milliseconds;
    while (performance.now() < end && !isOver()) await pause(5);
    if (!isOver()) await this.attempt(() => this.client.call('calls.hangUp', { callId }));
  }

  /** What the agent refuses (too many calls at once, a call that is over just now) is part of the work. */
  private async attempt<T>(run: () => Promise<T>): Promise<T | null> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof OffhookError) return null;
      throw error;
    }
  }
}
