import { onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';
import type { DialRequest } from '#contract/ipc/index.ts';

/** Long enough that nobody answers a question by what they were typing or clicking when it came. ms. */
export const guardMilliseconds = 700;

/** True once a question may be answered. What was asked for by keys may be at once: the user waits for it. */
export function useGuard(request: Ref<DialRequest | null>): Ref<boolean> {
  const open = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => request.value?.id,
    () => {
      clearTimeout(timer);
      open.value = request.value?.source === 'selection';
      if (!open.value) timer = setTimeout(() => (open.value = true), guardMilliseconds);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return open;
}
