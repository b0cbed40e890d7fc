import { useDebounceFn } from '@vueuse/core';
import { ref } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { CommandInput, DirectoryPreview } from '#contract/ipc/index.ts';
import { useDirectoriesStore } from './directories-store.ts';

const pauseMilliseconds = 300;

/** What would come of a configuration; what was shown stays until the next answer, and a late answer is not heard. */
export function useSourcePreview(toAsk: () => CommandInput<'directories.preview'> | null) {
  const directories = useDirectoriesStore();
  const preview = ref<DirectoryPreview | null>(null);
  const error = ref<ErrorReport | null>(null);
  const trying = ref(false);
  let lastAsked = 0;

  /** Whether an answer came; false where it failed, or was overtaken. */
  async function look(): Promise<boolean> {
    const asked = toAsk();
    if (!asked) return (trying.value = false);
    const turn = ++lastAsked;
    trying.value = true;
    try {
      const answer = await directories.preview(asked);
      if (turn !== lastAsked) return false;
      [preview.value, error.value] = [answer, null];
    } catch (failure) {
      if (turn !== lastAsked) return false;
      error.value = toReport(failure);
    } finally {
      if (turn === lastAsked) trying.value = false;
    }
    return error.value === null;
  }

  const lookAfterPause = useDebounceFn(look, pauseMilliseconds);

  /** After the next changes too, if they come at once; what is shown counts as out of date from now on. */
  function lookSoon(): void {
    lastAsked += 1;
    trying.value = true;
    void lookAfterPause();
  }

  function clear(): void {
    lastAsked += 1;
    [preview.value, error.value, trying.value] = [null, null, false];
  }

  return { preview, error, trying, look, lookSoon, clear };
}
