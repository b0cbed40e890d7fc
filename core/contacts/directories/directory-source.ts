import type { ErrorReport } from '#contract/errors.ts';
import type { DirectoryConfig, PreviewTable } from '#contract/ipc/index.ts';
import type { SourceEntry } from './source-entry.ts';

/** What a source is given for one refresh or preview, and where its entries go. */
export interface DirectoryReading {
  /** What the last refresh that succeeded left; null for everything anew. */
  cursor: string | null;
  /** Password, or the token that `keepSecret` was told last. */
  secret: string | null;
  /** Aborted when nobody wants the answer any more; the source then ends soon. */
  signal: AbortSignal;
  /** Some entries, in any order; resolves when more are welcome. */
  put(entries: readonly SourceEntry[]): Promise<void>;
  /** These are gone. For sources that tell of deletions. */
  remove(keys: readonly string[]): Promise<void>;
  /** Keys of the entries that are stored, for sources that find out by themselves what is gone. */
  known(): Promise<ReadonlySet<string>>;
  /** An entry, or a part of one, that could not be taken; the others go on. */
  skip(report: ErrorReport): void;
  progress(done: number, total: number | null): void;
  /** A token was renewed. */
  keepSecret(secret: string): void;
}

export interface RefreshOutcome {
  /**
   * `complete`: everything was put, and what was not is gone. `partial`: only what changed was put and removed.
   * `unchanged`: as it was; nothing was put.
   */
  kind: 'complete' | 'partial' | 'unchanged';
  /** For the next refresh. */
  cursor: string | null;
}

export interface PreviewOutcome {
  tables: readonly PreviewTable[];
  /** How many entries there are, where that is known. */
  count: number | null;
  parts: readonly { id: string; label: string }[];
}

/**
 * One address book. Runs in a thread of its own, where it may take its time; it is ended from outside when it hangs.
 * Rejects with a `directory.*` code; what it has put by then is kept, and nothing is taken for gone.
 */
export interface DirectorySource {
  refresh(reading: DirectoryReading): Promise<RefreshOutcome>;
  /** Puts about 20 entries, and says what there is to choose. */
  preview(reading: DirectoryReading): Promise<PreviewOutcome>;
}

/** What the sources may know of their surroundings. */
export interface DirectoryEnvironment {
  /** Today, for what has no year. */
  now: () => number;
  /**
   * Address of the proxy for a server of HTTP, e.g. `http://proxy:3128`; null to go straight. By the system's settings.
   */
  proxyFor: (url: string) => string | null;
  /** The program of the Outlook helper; null where there is none. */
  outlookHelper: readonly string[] | null;
}

export type OpenDirectorySource = (config: DirectoryConfig, environment: DirectoryEnvironment) => DirectorySource;
