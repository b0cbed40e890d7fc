import type { ErrorReport } from '#contract/errors.ts';
import type { Account } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

/** A line as it is kept, without its password (that is in the `SecretStore`, under `passwordName(id)`). */
export interface StoredAccount {
  id: string;
  account: Account;
  isDefault: boolean;
}

/** Accounts in the order in which they were added. While there is any, exactly one of them is the default. */
export interface AccountStore {
  list(): readonly StoredAccount[];
  /**
   * Adds or replaces. In force at once; resolves when it is on the disk, rejects with `settings.not-saved` otherwise
   * (in force until the program ends), as do the others.
   */
  put(id: string, account: Account): Promise<void>;
  remove(id: string): Promise<void>;
  /** The user took that account away and has not added it since: what comes by itself must not bring it back. */
  wasRemoved(id: string): boolean;
  /** An id that is not there: `line.unknown`. */
  setDefault(id: string): Promise<void>;
  readonly onChanged: Event<readonly StoredAccount[]>;
  readonly problems: readonly ErrorReport[];
  readonly onProblems: Event<readonly ErrorReport[]>;
}

export function passwordName(lineId: string): string {
  return `line/${lineId}/password`;
}
