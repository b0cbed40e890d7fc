import { onScopeDispose, watch } from 'vue';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { useRecordingsStore } from './recordings-store.ts';

/** Keeps the recordings of one call up to date for as long as it is on the screen. */
export function useRecordingsOf(callId: () => string): void {
  const [recordings, notices] = [useRecordingsStore(), useNoticesStore()];
  watch(
    callId,
    (now, before) => {
      if (before !== undefined) recordings.hide(before);
      void notices.attempt(() => recordings.show(now));
    },
    { immediate: true },
  );
  onScopeDispose(() => recordings.hide(callId()));
}
