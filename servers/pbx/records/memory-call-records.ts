import type { CallRecord, CallRecords } from './call-record.ts';

const kept = 10_000;

/** Keeps the last ten thousand records, and no more. */
export class MemoryCallRecords implements CallRecords {
  private records: CallRecord[] = [];

  append(record: CallRecord): void {
    this.records.push(record);
    if (this.records.length > kept + 1000) this.records = this.records.slice(-kept);
  }

  recent(limit: number): readonly CallRecord[] {
    return limit <= 0 ? [] : this.records.slice(-limit).reverse();
  }

  find(id: string): CallRecord | null {
    return this.records.find((record) => record.id === id) ?? null;
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {}
}
