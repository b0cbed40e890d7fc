import { createSharedComposable, useIntervalFn } from '@vueuse/core';
import { ref } from 'vue';
import type { Ref } from 'vue';

/** Unix ms, for timers on the screen: one for all of them, so that no two tell different seconds. */
export const useNow = createSharedComposable((): Ref<number> => {
  const now = ref(Date.now());
  useIntervalFn(() => (now.value = Date.now()), 500);
  return now;
});

/** `02:41`, from the hour on `1:02:41`. */
export function formatElapsed(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}
