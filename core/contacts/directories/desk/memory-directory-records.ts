import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import { numberRulesVersion } from '../intake/read-entry-numbers.ts';
import type { DirectoryRecord, DirectoryRecords } from './directory-records.ts';

/** Directories that are gone with the program. */
export class MemoryDirectoryRecords implements DirectoryRecords {
  records: DirectoryRecord[];
  readonly entries = new Map<string, number>();
  /** Changes of the list so far. */
  writes = 0;

  constructor(rules: NumberRules) {
    this.records = [newRecord({ id: 'own', config: { kind: 'own' }, numberRules: numberRulesVersion(rules) })];
  }

  load = async () => structuredClone(this.records);
  counts = async () => new Map(this.entries);
  count = async (id: string) => this.entries.get(id) ?? 0;

  async add(record: DirectoryRecord): Promise<void> {
    this.writes += 1;
    this.records.push(structuredClone(record));
  }

  async update(record: DirectoryRecord): Promise<void> {
    this.writes += 1;
    this.records = this.records.map((each) => (each.id === record.id ? structuredClone(record) : each));
  }

  async remove(id: string): Promise<void> {
    this.writes += 1;
    this.records = this.records.filter((each) => each.id !== id);
  }

  async sort(ids: readonly string[]): Promise<void> {
    this.writes += 1;
    this.records.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  }
}

/** A directory that was never read. */
export function newRecord(given: Partial<DirectoryRecord> & Pick<DirectoryRecord, 'id' | 'config'>): DirectoryRecord {
  return {
    label: '',
    enabled: true,
    everyMinutes: 0,
    hasSecret: false,
    cursor: null,
    refreshedAt: null,
    attemptedAt: null,
    problem: null,
    skipped: { count: 0, first: [] },
    numberRules: '',
    removed: false,
    ...given,
  };
}
