import type { AnnotationChange } from '#contract/ipc/index.ts';

const minute = 60_000;

/**
 * A note that saves itself leaves many small changes: those of one field within a minute are shown as one.
 * @param changes newest first, and so is the answer
 */
export function joinChanges(changes: readonly AnnotationChange[]): AnnotationChange[] {
  const joined: AnnotationChange[] = [];
  for (const change of changes) {
    const newer = joined.findLast(({ field }) => field === change.field);
    if (newer && newer.at - change.at <= minute) newer.before = change.before;
    else joined.push({ ...change });
  }
  return joined.filter(({ before, after }) => before !== after);
}
