import { defineStore } from 'pinia';
import { ref } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';

export interface Notice {
  id: number;
  error: ErrorReport;
}

const mostAtOnce = 3;

/** Failures of what the user just asked for, shown until dismissed. */
export const useNoticesStore = defineStore('notices', () => {
  const notices = ref<Notice[]>([]);
  let lastId = 0;

  function report(error: unknown): void {
    const entry = { id: ++lastId, error: toReport(error) };
    const others = notices.value.filter((notice) => notice.error.code !== entry.error.code);
    notices.value = [...others, entry].slice(-mostAtOnce);
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }

  function clear(): void {
    notices.value = [];
  }

  /** Runs what the user asked for; a failure becomes a notice, and the answer is null. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      report(error);
      return null;
    }
  }

  return { notices, report, dismiss, clear, attempt };
});
