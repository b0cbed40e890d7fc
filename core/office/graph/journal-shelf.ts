import type { JournalledCall } from '../journals/index.ts';
import type { CallDescription } from '../journals/index.ts';

export interface ShelvedCall {
  call: JournalledCall;
  /** By which the entry is found again. */
  mark: string;
  description: CallDescription;
}

/** One kind of entry that Microsoft 365 keeps of a call. */
export interface JournalShelf {
  /** Reference of the entry with the mark; null for none. */
  find(shelved: ShelvedCall, signal: AbortSignal): Promise<string | null>;
  /** Null where the other side says that there is one already. */
  make(shelved: ShelvedCall, signal: AbortSignal): Promise<string | null>;
  /** False where it is not there any more. */
  change(reference: string, shelved: ShelvedCall, signal: AbortSignal): Promise<boolean>;
  /** What people call the place. */
  name(signal: AbortSignal): Promise<string>;
}
