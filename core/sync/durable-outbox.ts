import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import type { Delivery, DeliveryKind } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { DeliveryStore, PutItem, StoredDelivery } from './delivery-store.ts';
import type { Carry, Outbox } from './outbox.ts';
import { retryDelay } from './retry-delay.ts';
import { isSetAside } from './set-aside.ts';

/** ms that one delivery may take. */
const patience = 60_000;
/** ms until a disk that takes nothing is tried again. */
const diskRetry = 5000;
const shown = 200;
/** What was done is remembered this long, so that it is not told twice. */
const remembered = 90 * 24 * 3_600_000;
const longestPayload = 64 * 1024;

interface Target {
  id: string;
  kind: DeliveryKind;
  busy: boolean;
  /** Something was put while it was busy, or shall be tried at once. */
  again: boolean;
  timer: Disposable | null;
}

export interface DurableOutboxOptions {
  store: DeliveryStore;
  clock: Clock;
  logger: Logger;
  random: () => number;
}

/** Deliveries by a store on the disk; each target has a queue of its own, so that one that is down holds up no other. */
export class DurableOutbox implements Outbox {
  private readonly options: DurableOutboxOptions;
  private readonly carriers = new Map<DeliveryKind, Carry>();
  private readonly targets = new Map<string, Target>();
  private readonly changed = new Emitter<{ waiting: number; refused: number }>();
  private readonly ending = new AbortController();
  private readonly under = new Set<Promise<void>>();
  private readonly trying = new Set<number>();
  private told = '';

  readonly onChanged = this.changed.event;

  constructor(options: DurableOutboxOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    const { store, clock, logger } = this.options;
    if (this.ending.signal.aborted) return;
    try {
      await store.prune(clock.now() - remembered);
      for (const { targetId, kind, nextAt } of await store.targets())
        this.wake(this.target(targetId, kind), nextAt - clock.now());
      await this.tell();
    } catch (error) {
      logger.warn('deliveries could not be read; they are looked for again', { error });
      this.later(diskRetry, () => void this.start());
    }
  }

  /** The database is another than before. */
  async reload(): Promise<void> {
    for (const target of this.targets.values()) target.timer?.dispose();
    this.targets.clear();
    await this.start();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    for (const target of this.targets.values()) target.timer?.dispose();
    await Promise.all(this.under);
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.under.size > 0) await Promise.all(this.under);
  }

  async put(item: PutItem): Promise<void> {
    if (Buffer.byteLength(item.payload) > longestPayload) throw new RangeError('a delivery of more than 64 KiB');
    await this.saved(() => this.options.store.put(item, this.options.clock.now()));
    this.wake(this.target(item.targetId, item.kind), 0);
    await this.tell();
  }

  known(keys: readonly string[]): Promise<Set<string>> {
    return this.options.store.known(keys);
  }

  carry(kind: DeliveryKind, carry: Carry): void {
    this.carriers.set(kind, carry);
    for (const target of this.targets.values()) if (target.kind === kind) this.wake(target, 0);
  }

  async list(): Promise<{ total: number; deliveries: Delivery[] }> {
    const [open, { waiting, refused }] = await Promise.all([
      this.options.store.open(shown),
      this.options.store.counts(),
    ]);
    return { total: waiting + refused, deliveries: open.map((item) => this.toDelivery(item)) };
  }

  async retry(ids: readonly number[]): Promise<void> {
    const { store, clock } = this.options;
    await store.retry(ids, clock.now());
    for (const { targetId, kind } of await store.targets()) this.wake(this.target(targetId, kind), 0);
    await this.tell();
  }

  async drop(ids: readonly number[]): Promise<void> {
    await this.options.store.drop(ids);
    await this.tell();
  }

  async dropTarget(targetId: string): Promise<void> {
    await this.options.store.dropTarget(targetId);
    await this.tell();
  }

  private target(id: string, kind: DeliveryKind): Target {
    const target = this.targets.get(id) ?? { id, kind, busy: false, again: false, timer: null };
    this.targets.set(id, target);
    return target;
  }

  /** Looks at the target in so many ms, or when what is under way there is over. */
  private wake(target: Target, delay: number): void {
    if (this.ending.signal.aborted) return;
    target.again ||= target.busy;
    if (target.busy) return;
    target.timer?.dispose();
    target.timer = this.options.clock.after(Math.max(0, delay), () => {
      target.timer = null;
      this.begin(target);
    });
  }

  private begin(target: Target): void {
    target.busy = true;
    target.again = false;
    const work = this.empty(target)
      .catch((error: unknown) => {
        this.options.logger.warn('deliveries could not be read or marked', { target: target.id, error });
        return diskRetry;
      })
      .then((delay) => {
        target.busy = false;
        this.under.delete(work);
        if (target.again) this.wake(target, 0);
        else if (delay !== null) this.wake(target, delay);
        else this.targets.delete(target.id);
      });
    this.under.add(work);
  }

  /** Delivers one after the other. Gives the ms after which the first of those that are left may be tried; null for none. */
  private async empty(target: Target): Promise<number | null> {
    const { store, clock } = this.options;
    while (!this.ending.signal.aborted) {
      const item = await store.first(target.id);
      if (!item) return null;
      if (item.nextAt > clock.now()) return item.nextAt - clock.now();
      const carry = this.carriers.get(item.kind);
      if (!carry) return null;
      await this.deliver(item, carry);
      await this.tell();
    }
    return null;
  }

  private async deliver(item: StoredDelivery, carry: Carry): Promise<void> {
    const { store, clock, logger, random } = this.options;
    this.trying.add(item.id);
    const limit = new AbortController();
    const timer = clock.after(patience, () => limit.abort());
    try {
      const { reference } = await carry(item, AbortSignal.any([limit.signal, this.ending.signal]));
      await this.saved(() => store.done(item, reference, clock.now()));
    } catch (error) {
      if (this.ending.signal.aborted) return;
      // Whoever was cut short may say so in any words: that is no fault of the delivery.
      const isLate = limit.signal.aborted && !(error instanceof OffhookError);
      const report = toReport(isLate ? new OffhookError('delivery.failed', { detail: String(error) }) : error);
      const state = isSetAside(report, item.error, item.attempts + 1) ? 'refused' : 'waiting';
      const at = clock.now() + Math.max(retryDelay(item.attempts + 1, random), askedDelay(report));
      logger.info('a delivery failed', { kind: item.kind, target: item.targetId, code: report.code, state });
      await this.saved(() => store.failed(item, report, { state, at }));
    } finally {
      timer.dispose();
      this.trying.delete(item.id);
    }
  }

  /** What was carried must be remembered as such, or it would be carried again: the disk is asked until it takes it. */
  private async saved(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (this.ending.signal.aborted) throw error;
        this.options.logger.warn('a delivery could not be written down; it is tried again', { error });
        await new Promise<void>((resolve) => this.later(diskRetry, resolve));
      }
    }
  }

  /** Runs after so many ms, or at once when all ends. */
  private later(delay: number, run: () => void): void {
    const { signal } = this.ending;
    const end = () => {
      timer.dispose();
      signal.removeEventListener('abort', end);
      run();
    };
    const timer = this.options.clock.after(delay, end);
    signal.addEventListener('abort', end);
  }

  private async tell(): Promise<void> {
    const counts = await this.options.store.counts();
    const now = JSON.stringify(counts);
    if (now === this.told) return;
    this.told = now;
    this.changed.fire(counts);
  }

  private toDelivery(item: StoredDelivery): Delivery {
    const { id, kind, targetId, targetLabel, subject, attempts, createdAt, nextAt, error } = item;
    const state = this.trying.has(id) ? 'trying' : item.state;
    return {
      id,
      kind,
      targetId,
      targetLabel,
      subject,
      state,
      attempts,
      createdAt,
      nextAt: state === 'waiting' ? nextAt : null,
      error,
    };
  }
}

/** ms that the other side asked to be left alone. */
function askedDelay({ values }: ErrorReport): number {
  const seconds = Number(values['retryAfter'] ?? 0);
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), 24 * 3600) * 1000 : 0;
}
