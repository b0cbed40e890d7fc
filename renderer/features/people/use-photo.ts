import { computed, onScopeDispose, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { usePhotosStore } from './photos-store.ts';

/** The address of a photo while this scope lives; null until it is there, and where there is none. */
export function usePhoto(photo: () => string | null): ComputedRef<string | null> {
  const photos = usePhotosStore();
  let held: string | null = null;
  function hold(next: string | null): void {
    if (next !== null) photos.hold(next);
    if (held !== null) photos.release(held);
    held = next;
  }
  watch(photo, hold, { immediate: true });
  onScopeDispose(() => hold(null));
  return computed(() => photos.urlOf(photo()));
}
