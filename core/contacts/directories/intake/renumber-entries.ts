import { OffhookError } from '#contract/errors.ts';
import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import type { EntryStore } from './entry-store.ts';
import { rereadNumbers } from './read-entry-numbers.ts';

/** The office's rules changed: reads the numbers of all entries anew. Gives how many entries have other ones now. */
export async function renumberEntries(
  directoryId: string,
  rules: NumberRules,
  { store, signal }: { store: EntryStore; signal: AbortSignal },
): Promise<number> {
  let changed = 0;
  for (const entries of store.list(directoryId)) {
    if (signal.aborted) throw new OffhookError('directory.cancelled');
    const other = entries
      .map(({ key, numbers }) => ({ key, before: numbers, numbers: rereadNumbers(numbers, rules) }))
      .filter(({ before, numbers }) => JSON.stringify(before) !== JSON.stringify(numbers));
    await store.setNumbers(directoryId, other);
    changed += other.length;
  }
  return changed;
}

/** All entries of a directory that is not wanted any more. */
export async function removeEntries(
  directoryId: string,
  { store, signal }: { store: EntryStore; signal: AbortSignal },
): Promise<number> {
  let removed = 0;
  for (const entries of store.list(directoryId)) {
    if (signal.aborted) throw new OffhookError('directory.cancelled');
    await store.remove(
      directoryId,
      entries.map(({ key }) => key),
    );
    removed += entries.length;
  }
  return removed;
}
