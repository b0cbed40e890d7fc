import type { ErrorReport } from '#contract/errors.ts';
import type { DirectoryConfig } from '#contract/ipc/index.ts';
import type { Skipped } from '../intake/skipped-parts.ts';

/** A directory as it is kept. */
export interface DirectoryRecord {
  id: string;
  label: string;
  enabled: boolean;
  everyMinutes: number;
  config: DirectoryConfig;
  hasSecret: boolean;
  cursor: string | null;
  /** Unix ms. */
  refreshedAt: number | null;
  attemptedAt: number | null;
  problem: ErrorReport | null;
  skipped: Skipped;
  /** `numberRulesVersion` of the rules by which all of its numbers were read. */
  numberRules: string;
  /** Only waits for its entries to be gone. */
  removed: boolean;
}

/** The list of directories. Rejects with a `storage.*` code. */
export interface DirectoryRecords {
  /** In the user's order. One that this program cannot read is left out. */
  load(): Promise<DirectoryRecord[]>;
  /** Entries of each directory that has any. */
  counts(): Promise<Map<string, number>>;
  count(id: string): Promise<number>;
  /** Behind all others. */
  add(record: DirectoryRecord): Promise<void>;
  update(record: DirectoryRecord): Promise<void>;
  /** One that has no entries. */
  remove(id: string): Promise<void>;
  sort(ids: readonly string[]): Promise<void>;
}
