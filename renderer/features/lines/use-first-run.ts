import { computed, ref, watch } from 'vue';
import { useSessionStore } from '#renderer/app/session-store.ts';
import { useLinesStore } from './lines-store.ts';

/** The first-run page shows while there is no line, and stays until the one it made is told to be well. */
export function useFirstRun() {
  const [lines, session] = [useLinesStore(), useSessionStore()];
  const begun = ref(false);
  watch(
    () => session.info !== null && lines.lines.length === 0,
    (none) => {
      if (none) begun.value = true;
    },
    { immediate: true },
  );
  // Whoever connected it, this window or another: a line that works is what the page was for.
  watch(
    () => lines.lines.some((line) => line.registration.state === 'registered'),
    (works) => {
      if (works) begun.value = false;
    },
  );
  const showing = computed(() => begun.value);
  return { showing, finish: () => (begun.value = false) };
}
