import { useTimeoutFn } from '@vueuse/core';
import { ref } from 'vue';

const saidMilliseconds = 2000;

/** Copies a text, and says for a moment which one it was. */
export function useCopy() {
  const copied = ref<string | null>(null);
  const forget = useTimeoutFn(() => (copied.value = null), saidMilliseconds, { immediate: false });

  async function copy(text: string): Promise<void> {
    // A browser may forbid it; then nothing is said to be copied.
    const done = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (!done) return;
    copied.value = text;
    forget.start();
  }
  return { copied, copy };
}
