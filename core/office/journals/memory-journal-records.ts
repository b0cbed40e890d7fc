import type { JournalRecord, JournalRecords } from './journal-records.ts';

/** Journals that are forgotten with the program. */
export class MemoryJournalRecords implements JournalRecords {
  private readonly records = new Map<string, JournalRecord>();

  async load(): Promise<JournalRecord[]> {
    return [...this.records.values()].map((record) => structuredClone(record));
  }

  async put(record: JournalRecord): Promise<void> {
    this.records.set(record.journal.id, structuredClone(record));
  }

  async remove(journalId: string): Promise<void> {
    this.records.delete(journalId);
  }
}
