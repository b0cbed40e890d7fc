import type { RefreshResult } from '../intake/refresh-entries.ts';
import type { DirectoryState } from './directory-list.ts';

/**
 * Notes how a refresh ended. Gives whether that is to be saved now: one that found everything as it was is not worth a
 * write, and is saved with whatever comes next.
 */
export function noteRefresh(state: DirectoryState, result: RefreshResult, now: number): boolean {
  const { record } = state;
  const { outcome, problem, skipped } = result;
  record.attemptedAt = now;
  state.unsaved = true;
  if (outcome === null) {
    if (problem?.code !== 'directory.cancelled') state.failures += 1;
    record.problem = problem;
    return true;
  }
  const brought = result.changed + result.moved + result.removed > 0;
  const told = JSON.stringify(record.skipped);
  const isNews = record.refreshedAt === null || record.problem !== null;
  state.failures = 0;
  record.problem = null;
  record.refreshedAt = now;
  record.cursor = outcome.cursor;
  // What one refresh does not speak of is as it was.
  if (outcome.kind === 'complete' || (outcome.kind === 'partial' && (brought || skipped.count > 0)))
    record.skipped = skipped;
  return isNews || brought || JSON.stringify(record.skipped) !== told;
}
