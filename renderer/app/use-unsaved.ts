import { useEventListener } from '@vueuse/core';
import { useNotesStore } from '#renderer/features/call-log/notes-store.ts';

/** A note that is being typed is saved before the window goes out of sight, since it may not come back. */
export function useUnsaved(): void {
  const notes = useNotesStore();
  useEventListener(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden') void notes.saveAll();
  });
  useEventListener(window, 'pagehide', () => void notes.saveAll());
}
