import type { ErrorReport } from '#contract/errors.ts';
import type { DeliveryKind } from '#contract/ipc/index.ts';
import type { OutboxItem } from './outbox.ts';

export type PutItem = Pick<OutboxItem, 'kind' | 'targetId' | 'targetLabel' | 'key' | 'subject' | 'payload'>;

export interface StoredDelivery extends OutboxItem {
  state: 'waiting' | 'refused';
  /** Grows when the same key is put again. */
  revision: number;
  /** Unix ms. */
  nextAt: number;
  error: ErrorReport | null;
}

/** Whoever has something waiting, and since when it may be tried. */
export interface WaitingTarget {
  targetId: string;
  kind: DeliveryKind;
  /** Unix ms of the first of them. */
  nextAt: number;
}

/** Deliveries on the disk. Rejects with `storage.*`. */
export interface DeliveryStore {
  /** A key that is there already waits anew, with the payload given now and the reference that it had. */
  put(item: PutItem, now: number): Promise<void>;
  known(keys: readonly string[]): Promise<Set<string>>;
  targets(): Promise<WaitingTarget[]>;
  /** The oldest that waits for this target, whenever it may be tried; null for none. */
  first(targetId: string): Promise<StoredDelivery | null>;
  /** It was taken; unless it was put again meanwhile it is done. */
  done(item: StoredDelivery, reference: string | null, now: number): Promise<void>;
  failed(item: StoredDelivery, error: ErrorReport, next: { state: 'waiting' | 'refused'; at: number }): Promise<void>;
  /** Oldest first. */
  open(limit: number): Promise<StoredDelivery[]>;
  counts(): Promise<{ waiting: number; refused: number }>;
  /** They may be tried at once; none given means all. */
  retry(ids: readonly number[], now: number): Promise<void>;
  /** They count as done. */
  drop(ids: readonly number[]): Promise<void>;
  dropTarget(targetId: string): Promise<void>;
  /** Forgets what was done before. */
  prune(before: number): Promise<void>;
}
