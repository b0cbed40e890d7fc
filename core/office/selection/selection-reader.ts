import { OffhookError } from '#contract/errors.ts';

/** What is selected in the program in front. */
export interface SelectionReader {
  /**
   * Empty when nothing is selected, as far as this way of asking can tell. Rejects where it cannot be asked here. What
   * the user has on the clipboard is there afterwards.
   */
  read(): Promise<string>;
}

/** As much as numbers are looked for in. */
const longest = 20_000;

/**
 * By the first way that finds something: from the one that touches nothing to the one that has to copy.
 * @throws OffhookError `selection.empty`, `selection.unreadable`
 */
export async function readSelection(readers: readonly SelectionReader[]): Promise<string> {
  let failure: unknown = null;
  let asked = false;
  for (const reader of readers)
    try {
      const text = await reader.read();
      if (text.trim() !== '') return text.slice(0, longest);
      asked = true;
    } catch (error) {
      failure = error;
    }
  if (asked) throw new OffhookError('selection.empty');
  throw new OffhookError('selection.unreadable', { detail: failure === null ? null : String(failure), cause: failure });
}
