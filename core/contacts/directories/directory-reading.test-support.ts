import type { ErrorReport } from '#contract/errors.ts';
import type { DirectoryReading } from './directory-source.ts';
import type { SourceEntry } from './source-entry.ts';

/** Keeps everything that a source tells. */
export class CollectedReading implements DirectoryReading {
  cursor: string | null;
  secret: string | null;
  readonly stopping = new AbortController();
  readonly signal = this.stopping.signal;
  readonly entries = new Map<string, SourceEntry>();
  readonly removed: string[] = [];
  readonly skipped: ErrorReport[] = [];
  readonly told: { done: number; total: number | null }[] = [];
  /** Calls of `put` that brought something. */
  puts = 0;

  constructor(given: { cursor?: string | null; secret?: string | null } = {}) {
    this.cursor = given.cursor ?? null;
    this.secret = given.secret ?? null;
  }

  put = async (entries: readonly SourceEntry[]): Promise<void> => {
    if (entries.length > 0) this.puts += 1;
    for (const entry of entries) this.entries.set(entry.key, entry);
  };

  remove = async (keys: readonly string[]): Promise<void> => {
    this.removed.push(...keys);
    for (const key of keys) this.entries.delete(key);
  };

  known = async (): Promise<ReadonlySet<string>> => new Set(this.entries.keys());

  skip = (report: ErrorReport): void => {
    this.skipped.push(report);
  };

  progress = (done: number, total: number | null): void => {
    this.told.push({ done, total });
  };

  keepSecret = (secret: string): void => {
    this.secret = secret;
  };
}
