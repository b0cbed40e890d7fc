import { toReport, type ErrorReport } from '#contract/errors.ts';
import type { Delivery, DeliveryKind } from '#contract/ipc/index.ts';
import { DisposableStore, Emitter, type Clock } from '#core/foundation/index.ts';
import type { Carry, Outbox, OutboxItem } from './outbox.ts';
import { isSetAside } from './set-aside.ts';

type Kept = OutboxItem & {
  state: 'waiting' | 'trying' | 'refused' | 'done';
  again: boolean;
  error: ErrorReport | null;
  nextAt: number | null;
};

/** ms between two tries. */
const pause = 60_000;

/** An outbox that forgets: carries what it is given at once, one of a target after the other, and again a minute later. */
export class MemoryOutbox implements Outbox {
  readonly items = new Map<string, Kept>();
  private readonly clock: Clock;
  private readonly carriers = new Map<DeliveryKind, Carry>();
  private readonly turns = new Map<string, Promise<void>>();
  private readonly timers = new DisposableStore();
  private readonly changed = new Emitter<{ waiting: number; refused: number }>();
  private readonly abort = new AbortController();
  private ids = 0;

  readonly onChanged = this.changed.event;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async put(item: Parameters<Outbox['put']>[0]): Promise<void> {
    const kept = this.items.get(item.key) ?? this.made(item);
    Object.assign(kept, item);
    if (kept.state === 'trying') kept.again = true;
    else kept.state = 'waiting';
    this.items.set(item.key, kept);
    this.begin(kept);
  }

  async known(keys: readonly string[]): Promise<Set<string>> {
    return new Set(keys.filter((key) => this.items.has(key)));
  }

  carry(kind: DeliveryKind, carry: Carry): void {
    this.carriers.set(kind, carry);
    for (const item of this.items.values()) if (item.kind === kind) this.begin(item);
  }

  async list(): Promise<{ total: number; deliveries: Delivery[] }> {
    const open = [...this.items.values()].filter(({ state }) => state !== 'done');
    const deliveries = open.map(
      ({ id, kind, targetId, targetLabel, subject, state, attempts, createdAt, nextAt, error }) => ({
        ...{ id, kind, targetId, targetLabel, subject, attempts, createdAt, nextAt, error },
        state: state as Delivery['state'],
      }),
    );
    return { total: deliveries.length, deliveries };
  }

  async retry(ids: readonly number[]): Promise<void> {
    for (const item of this.items.values()) {
      if (item.state === 'done' || (ids.length > 0 && !ids.includes(item.id))) continue;
      item.state = 'waiting';
      this.begin(item);
    }
  }

  async drop(ids: readonly number[]): Promise<void> {
    for (const item of this.items.values()) if (ids.includes(item.id)) item.state = 'done';
    this.tell();
  }

  async dropTarget(targetId: string): Promise<void> {
    for (const [key, item] of this.items) if (item.targetId === targetId) this.items.delete(key);
    this.tell();
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.turns.values());
  }

  dispose(): void {
    this.abort.abort();
    this.timers.dispose();
  }

  private made(item: Parameters<Outbox['put']>[0]): Kept {
    const id = (this.ids += 1);
    const fresh = { id, reference: null, attempts: 0, createdAt: this.clock.now(), error: null, nextAt: null };
    return { ...item, ...fresh, state: 'waiting', again: false };
  }

  private begin(item: Kept): void {
    const turn = this.turns.get(item.targetId) ?? Promise.resolve();
    const next = turn.then(() => this.attempt(item));
    this.turns.set(item.targetId, next);
    this.tell();
  }

  private async attempt(item: Kept): Promise<void> {
    const carry = this.carriers.get(item.kind);
    if (!carry || item.state !== 'waiting' || !this.items.has(item.key)) return;
    item.state = 'trying';
    try {
      item.reference = (await carry({ ...item }, this.abort.signal)).reference;
      Object.assign(item, { state: item.again ? 'waiting' : 'done', error: null, nextAt: null });
    } catch (error) {
      this.failed(item, toReport(error));
    }
    const again = item.again;
    item.again = false;
    if (again) this.begin(item);
    this.tell();
  }

  private failed(item: Kept, error: ErrorReport): void {
    const attempts = item.attempts + 1;
    const state = isSetAside(error, item.error, attempts) ? 'refused' : 'waiting';
    Object.assign(item, { attempts, error, state });
    if (item.state === 'refused') return;
    const delay = Math.max(pause, Number(error.values['retryAfter'] ?? 0) * 1000);
    item.nextAt = this.clock.now() + delay;
    this.timers.add(this.clock.after(delay, () => this.begin(item)));
  }

  private tell(): void {
    const states = [...this.items.values()].map(({ state }) => state);
    const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
    this.changed.fire({ waiting: count('waiting', 'trying'), refused: count('refused') });
  }
}
