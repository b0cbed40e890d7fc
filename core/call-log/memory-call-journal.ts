import type { CallRecord } from '#contract/ipc/index.ts';
import type { CallJournal } from './call-journal.ts';

/** A journal that forgets; a test may make it fail. */
export class MemoryCallJournal implements CallJournal {
  readonly records = new Map<string, CallRecord>();
  readonly refused: CallRecord[] = [];
  failure: Error | null = null;

  load(): CallRecord[] {
    return [...this.records.values()];
  }

  async append(record: CallRecord): Promise<void> {
    if (this.failure) throw this.failure;
    this.records.set(record.id, structuredClone(record));
  }

  async clear(): Promise<void> {
    if (this.failure) throw this.failure;
    this.records.clear();
  }

  async replace(records: () => readonly CallRecord[]): Promise<void> {
    if (this.failure) throw this.failure;
    this.records.clear();
    for (const record of records()) this.records.set(record.id, structuredClone(record));
  }

  async refuse(record: CallRecord): Promise<string> {
    if (this.failure) throw this.failure;
    this.refused.push(structuredClone(record));
    return 'refused';
  }
}
