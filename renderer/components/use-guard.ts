import { onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';

/** Long enough that nobody answers a question by what they were typing or clicking when it came. ms. */
export const guardMilliseconds = 700;

/**
 * True once a question may be answered; each one that takes the place of another is guarded anew.
 * @param question its id; null for none
 * @param isAwaited whether the user waits for this very question, which may be answered at once then
 */
export function useGuard(question: () => string | null, isAwaited: () => boolean = () => false): Ref<boolean> {
  const open = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    question,
    () => {
      clearTimeout(timer);
      open.value = isAwaited();
      if (!open.value) timer = setTimeout(() => (open.value = true), guardMilliseconds);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return open;
}
