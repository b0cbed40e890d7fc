import type { StoredAction } from '#contract/ipc/index.ts';
import type { ActionRecords } from './action-records.ts';

/** Actions that are forgotten with the program. */
export class MemoryActionRecords implements ActionRecords {
  private readonly actions = new Map<string, StoredAction>();

  async load(): Promise<StoredAction[]> {
    return [...this.actions.values()].map((action) => structuredClone(action));
  }

  async put(action: StoredAction): Promise<void> {
    this.actions.set(action.id, structuredClone(action));
  }

  async remove(actionId: string): Promise<void> {
    this.actions.delete(actionId);
  }
}
