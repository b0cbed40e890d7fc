import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { CallFilter, LoggedCall } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

/** Rows; already a thick pile of paper. Who wants more wants a file. */
export const mostPrinted = 2000;
const pageSize = 500;

export interface PrintedCalls {
  filter: CallFilter;
  calls: LoggedCall[];
  /** How many the filter lets through. */
  total: number;
}

/** What lies ready for the printer. */
export const usePrintStore = defineStore('print', () => {
  const bridge = useBridge();
  const printed = ref<PrintedCalls | null>(null);

  /** Rejects with what the agent says. */
  async function load(filter: CallFilter): Promise<void> {
    const { count } = await bridge.call('callLog.count', { filter });
    const calls: LoggedCall[] = [];
    for (let after: string | null = null; calls.length < mostPrinted;) {
      const limit = Math.min(pageSize, mostPrinted - calls.length);
      const page: { calls: LoggedCall[]; next: string | null } = await bridge.call('callLog.query', {
        filter,
        after,
        limit,
      });
      calls.push(...page.calls);
      after = page.next;
      if (after === null) break;
    }
    printed.value = { filter, calls, total: Math.max(count, calls.length) };
  }

  function clear(): void {
    printed.value = null;
  }

  return { printed, load, clear };
});
