import type { ErasureReceipt, RecordsStatus, Removal } from '#contract/ipc/index.ts';
import type { RetentionNotice } from './retention-notice.ts';

/** What housekeeping has to remember from run to run. */
export interface HousekeepingFacts {
  notice: RetentionNotice;
  check: NonNullable<RecordsStatus['lastCheck']>;
  /** A damaged copy (path) from which calls are still being taken over. */
  salvage: { copy: string };
}

export interface HousekeepingStore {
  read<K extends keyof HousekeepingFacts>(key: K): Promise<HousekeepingFacts[K] | null>;
  /** Null forgets it. Resolves when it is on the disk, as do the others. */
  write<K extends keyof HousekeepingFacts>(key: K, value: HousekeepingFacts[K] | null): Promise<void>;
  addRemoval(removal: Removal): Promise<void>;
  lastRemoval(): Promise<Removal | null>;
  /** Adds or replaces. */
  putReceipt(receipt: ErasureReceipt): Promise<void>;
  /** Newest first. */
  receipts(): Promise<ErasureReceipt[]>;
}
