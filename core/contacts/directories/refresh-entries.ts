import { toReport, OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { NumberRules } from '../numbers/number-rules.ts';
import type { DirectoryReading, DirectorySource, RefreshOutcome } from './directory-source.ts';
import { EntryIntake, type IntakeCounts } from './entry-intake.ts';
import type { EntryStore } from './entry-store.ts';

export interface RefreshOrder {
  directoryId: string;
  cursor: string | null;
  secret: string | null;
  rules: NumberRules;
}

export interface RefreshTold {
  progress(done: number, total: number | null): void;
  keepSecret(secret: string): void;
}

export interface Skipped {
  count: number;
  /** At most 20. */
  first: ErrorReport[];
}

/** How a refresh, or another work on entries, ended; what it wrote by then stays either way. */
export interface RefreshResult extends IntakeCounts {
  /** Null when it failed. */
  outcome: RefreshOutcome | null;
  problem: ErrorReport | null;
  skipped: Skipped;
}

/** Reads a source and stores what changed. Nothing is taken for gone unless the source came to its end. */
export async function refreshEntries(
  source: DirectorySource,
  order: RefreshOrder,
  told: RefreshTold,
  { store, signal }: { store: EntryStore; signal: AbortSignal },
): Promise<RefreshResult> {
  const intake = new EntryIntake({ ...order, store, signal });
  let outcome: RefreshOutcome | null = null;
  let problem: ErrorReport | null = null;
  let refused: unknown = null;
  /** A source may take what the disk says for a failure of its own. */
  const kept = (work: Promise<void>) =>
    work.catch((error: unknown) => {
      refused ??= error;
      throw error;
    });
  try {
    const reading: DirectoryReading = {
      cursor: order.cursor,
      secret: order.secret,
      signal,
      put: (entries) => kept(intake.put(entries)),
      remove: (keys) => kept(intake.remove(keys)),
      known: async () => intake.keys,
      skip: (report) => intake.skip(report),
      progress: told.progress,
      keepSecret: told.keepSecret,
    };
    const ended = await source.refresh(reading);
    if (signal.aborted || refused) throw refused;
    if (ended.kind !== 'unchanged') await intake.end(ended.kind);
    outcome = ended;
  } catch (error) {
    problem = signal.aborted ? toReport(new OffhookError('directory.cancelled')) : toReport(refused ?? error);
    await intake.end('partial').catch((thrown: unknown) => (problem = toReport(thrown)));
  }
  return { ...intake.counts, skipped: intake.skipped, outcome, problem };
}
