import type { ErasureReceipt, Removal } from '#contract/ipc/index.ts';
import type { HousekeepingFacts, HousekeepingStore } from './housekeeping-store.ts';

export class MemoryHousekeepingStore implements HousekeepingStore {
  private readonly facts: Partial<HousekeepingFacts> = {};
  private readonly kept = new Map<string, ErasureReceipt>();
  readonly removals: Removal[] = [];

  async read<K extends keyof HousekeepingFacts>(key: K): Promise<HousekeepingFacts[K] | null> {
    return structuredClone(this.facts[key] ?? null) as HousekeepingFacts[K] | null;
  }

  async write<K extends keyof HousekeepingFacts>(key: K, value: HousekeepingFacts[K] | null): Promise<void> {
    if (value === null) delete this.facts[key];
    else this.facts[key] = structuredClone(value);
  }

  async addRemoval(removal: Removal): Promise<void> {
    this.removals.push(removal);
  }

  async lastRemoval(): Promise<Removal | null> {
    return this.removals.at(-1) ?? null;
  }

  async putReceipt(receipt: ErasureReceipt): Promise<void> {
    this.kept.set(receipt.id, structuredClone(receipt));
  }

  async receipts(): Promise<ErasureReceipt[]> {
    return [...this.kept.values()].sort((a, b) => b.at - a.at);
  }
}
