import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import type { DirectoryReading, DirectorySource, RefreshOutcome } from '../directory-source.ts';
import { EntryIntake, type IntakeCounts } from './entry-intake.ts';
import type { EntryStore } from './entry-store.ts';
import type { Skipped } from './skipped-parts.ts';

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

/** How a refresh, or an import, ended; what it wrote by then stays either way. */
export interface RefreshResult extends IntakeCounts {
  /** Null when it failed. */
  outcome: RefreshOutcome | null;
  problem: ErrorReport | null;
  skipped: Skipped;
}

/** Where what a source tells goes. */
export interface EntrySink extends Pick<DirectoryReading, 'put' | 'remove' | 'known' | 'skip'> {
  readonly counts: IntakeCounts;
  readonly skipped: Skipped;
  /** Writes what waits; `complete`: what was not put is gone. */
  end(kind: 'complete' | 'partial'): Promise<void>;
}

/** Reads a source to its end, or as far as that goes. Never rejects. */
export async function readInto(
  sink: EntrySink,
  source: DirectorySource,
  reading: Pick<DirectoryReading, 'cursor' | 'secret' | 'signal'> & RefreshTold,
): Promise<RefreshResult> {
  const { signal } = reading;
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
    const ended = await source.refresh({
      ...reading,
      put: (entries) => kept(sink.put(entries)),
      remove: (keys) => kept(sink.remove(keys)),
      known: () => sink.known(),
      skip: (report) => sink.skip(report),
    });
    if (signal.aborted || refused) throw refused;
    if (ended.kind !== 'unchanged') await sink.end(ended.kind);
    outcome = ended;
  } catch (error) {
    problem = toReport(signal.aborted ? new OffhookError('directory.cancelled') : (refused ?? error));
    await sink.end('partial').catch((thrown: unknown) => (problem = toReport(thrown)));
  }
  return { ...sink.counts, skipped: sink.skipped, outcome, problem };
}

/** Reads a source and stores what changed. Nothing is taken for gone unless the source came to its end. */
export async function refreshEntries(
  source: DirectorySource,
  { directoryId, rules, cursor, secret }: RefreshOrder,
  { progress, keepSecret }: RefreshTold,
  { store, signal }: { store: EntryStore; signal: AbortSignal },
): Promise<RefreshResult> {
  const intake = new EntryIntake({ directoryId, rules, store, signal });
  return readInto(intake, source, { cursor, secret, signal, progress, keepSecret });
}
