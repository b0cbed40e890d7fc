import type { ErrorReport } from '#contract/errors.ts';
import type { DeliveryStore, PutItem, StoredDelivery, WaitingTarget } from './delivery-store.ts';

type Kept = Omit<StoredDelivery, 'state'> & { state: 'waiting' | 'refused' | 'done'; changedAt: number };

/** Deliveries for as long as the program runs. */
export class MemoryDeliveryStore implements DeliveryStore {
  private readonly kept = new Map<string, Kept>();
  private lastId = 0;

  async put(item: PutItem, now: number): Promise<void> {
    const before = this.kept.get(item.key);
    const waits = before?.state === 'waiting';
    this.kept.set(item.key, {
      ...item,
      id: before?.id ?? ++this.lastId,
      reference: before?.reference ?? null,
      state: 'waiting',
      revision: (before?.revision ?? 0) + 1,
      attempts: waits ? before.attempts : 0,
      createdAt: before?.createdAt ?? now,
      changedAt: now,
      nextAt: waits ? before.nextAt : now,
      error: null,
    });
  }

  async known(keys: readonly string[]): Promise<Set<string>> {
    return new Set(keys.filter((key) => this.kept.has(key)));
  }

  async targets(): Promise<WaitingTarget[]> {
    const targets = new Map<string, WaitingTarget>();
    for (const { targetId, kind, nextAt, state } of this.kept.values()) {
      const before = targets.get(targetId)?.nextAt ?? Infinity;
      if (state === 'waiting') targets.set(targetId, { targetId, kind, nextAt: Math.min(before, nextAt) });
    }
    return [...targets.values()];
  }

  async first(targetId: string): Promise<StoredDelivery | null> {
    return this.openOnes().find((item) => item.targetId === targetId && item.state === 'waiting') ?? null;
  }

  async done(item: StoredDelivery, reference: string | null, now: number): Promise<void> {
    const kept = this.kept.get(item.key);
    if (!kept) return;
    Object.assign(kept, { reference, attempts: 0, error: null, changedAt: now });
    if (kept.revision === item.revision) Object.assign(kept, { state: 'done', payload: '' });
  }

  async failed(
    item: StoredDelivery,
    error: ErrorReport,
    next: { state: 'waiting' | 'refused'; at: number },
  ): Promise<void> {
    const kept = this.kept.get(item.key);
    if (!kept) return;
    Object.assign(kept, { attempts: kept.attempts + 1, error, nextAt: next.at });
    if (kept.revision === item.revision) kept.state = next.state;
  }

  async open(limit: number): Promise<StoredDelivery[]> {
    return this.openOnes().slice(0, limit);
  }

  async counts(): Promise<{ waiting: number; refused: number }> {
    const open = this.openOnes();
    const waiting = open.filter(({ state }) => state === 'waiting').length;
    return { waiting, refused: open.length - waiting };
  }

  async retry(ids: readonly number[], now: number): Promise<void> {
    for (const kept of this.kept.values()) {
      if (kept.state === 'done' || (ids.length > 0 && !ids.includes(kept.id))) continue;
      Object.assign(kept, { state: 'waiting', nextAt: now });
    }
  }

  async drop(ids: readonly number[]): Promise<void> {
    for (const kept of this.kept.values())
      if (kept.state !== 'done' && ids.includes(kept.id))
        Object.assign(kept, { state: 'done', payload: '', error: null, revision: kept.revision + 1 });
  }

  async dropTarget(targetId: string): Promise<void> {
    for (const item of [...this.kept.values()]) if (item.targetId === targetId) this.kept.delete(item.key);
  }

  async prune(before: number): Promise<void> {
    for (const { key, state, changedAt } of [...this.kept.values()])
      if (state === 'done' && changedAt < before) this.kept.delete(key);
  }

  private openOnes(): StoredDelivery[] {
    const open = [...this.kept.values()].filter((item): item is Kept & StoredDelivery => item.state !== 'done');
    return open.toSorted((a, b) => a.id - b.id).map((item) => ({ ...item }));
  }
}
