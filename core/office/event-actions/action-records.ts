import type { StoredAction } from '#contract/ipc/index.ts';

/** The actions as they are kept. Rejects with a `storage.*` code. */
export interface ActionRecords {
  /** In the order in which they were made. One that this program cannot read is left out. */
  load(): Promise<StoredAction[]>;
  /** Adds one behind the others, or changes it. */
  put(action: StoredAction): Promise<void>;
  remove(actionId: string): Promise<void>;
}
