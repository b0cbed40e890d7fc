import type { Delivery, DeliveryKind } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

/** Something to be told to another program or server, until it is taken. */
export interface OutboxItem {
  id: number;
  kind: DeliveryKind;
  /** Of the journal or the event action. */
  targetId: string;
  targetLabel: string;
  /** Identity: what is put again under the same key is an update, never a second one. Ends with `:` and the call's id. */
  key: string;
  /** For people. */
  subject: string;
  /** JSON, at most 64 KiB. */
  payload: string;
  /** What the carrier returned when it was taken; null before. */
  reference: string | null;
  /** Tries that failed so far. */
  attempts: number;
  /** Unix ms. */
  createdAt: number;
}

/**
 * Takes one item to where it belongs. Rejects with an `OffhookError`: `delivery.refused`, `delivery.not-allowed` and
 * `delivery.no-object` are told to the user and wait for their word, everything else is tried again by itself (an error
 * of another class, which nobody foresaw, some times only); a value `retryAfter` says after how many s at the soonest.
 */
export type Carry = (item: OutboxItem, signal: AbortSignal) => Promise<{ reference: string | null }>;

/** What has to reach others, on the disk until it has. Items of one target go one after the other, in order. */
export interface Outbox {
  /** Resolves when it is on the disk. */
  put(item: Pick<OutboxItem, 'kind' | 'targetId' | 'targetLabel' | 'key' | 'subject' | 'payload'>): Promise<void>;
  /** Which of these keys were ever put. */
  known(keys: readonly string[]): Promise<Set<string>>;
  /** Says who carries a kind; what waits begins to move. */
  carry(kind: DeliveryKind, carry: Carry): void;
  list(): Promise<{ total: number; deliveries: Delivery[] }>;
  retry(ids: readonly number[]): Promise<void>;
  drop(ids: readonly number[]): Promise<void>;
  /** A target is gone, and with it what waits for it. */
  dropTarget(targetId: string): Promise<void>;
  readonly onChanged: Event<{ waiting: number; refused: number }>;
}
