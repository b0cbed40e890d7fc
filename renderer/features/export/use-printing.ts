import { useEventListener } from '@vueuse/core';
import { nextTick, ref } from 'vue';
import type { CallFilter } from '#contract/ipc/index.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { usePrintStore } from './print-store.ts';

/** Puts the calls onto paper; `busy` while they are gathered. */
export function usePrinting(openDialog: () => void = () => window.print()) {
  const [store, notices] = [usePrintStore(), useNoticesStore()];
  const busy = ref(false);
  useEventListener(window, 'afterprint', () => store.clear());

  async function print(filter: CallFilter): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    const ready = await notices.attempt(async () => {
      await store.load(filter);
      return true;
    });
    busy.value = false;
    if (!ready) return;
    await nextTick();
    openDialog();
  }

  return { busy, print };
}
