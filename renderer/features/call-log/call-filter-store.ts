import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { CallFilter } from '#contract/ipc/index.ts';

/** What the list of calls is narrowed to, by its own controls or by a click in a report. What is typed comes from the box. */
export const useCallFilterStore = defineStore('callFilter', () => {
  const filter = ref<CallFilter>({});
  const isNarrowed = computed(() => Object.values(filter.value).some((value) => value !== undefined));

  /** Takes the place of whatever was there. */
  function show(next: CallFilter): void {
    filter.value = { ...next };
  }

  /** Changes the parts named; `undefined` takes one away. */
  function change(part: CallFilter): void {
    filter.value = { ...filter.value, ...part };
  }

  return { filter, isNarrowed, show, change, clear: () => show({}) };
});
