import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { fromBase64 } from '#renderer/media/base64.ts';

/** Photos kept though nobody looks at them: those of a few screens of the list. */
const mostUnused = 60;

/** Photos by their names, each fetched once and held while somebody shows it. */
export const usePhotosStore = defineStore('photos', () => {
  const bridge = useBridge();
  /** Object URLs; null for one that is not there. */
  const urls = shallowReactive(new Map<string, string | null>());
  const users = new Map<string, number>();
  /** In the order in which they were let go. */
  const unused = new Set<string>();

  async function fetchPhoto(photo: string): Promise<void> {
    // A face that cannot be had is no news: the initials stand for it.
    const answer = await bridge.call('people.photo', { photo }).catch(() => null);
    if (!users.has(photo)) return;
    urls.set(photo, answer ? URL.createObjectURL(new Blob([fromBase64(answer.data)], { type: answer.type })) : null);
  }

  function drop(photo: string): void {
    const url = urls.get(photo);
    if (url) URL.revokeObjectURL(url);
    urls.delete(photo);
    users.delete(photo);
    unused.delete(photo);
  }

  function hold(photo: string): void {
    const isNew = !users.has(photo);
    users.set(photo, (users.get(photo) ?? 0) + 1);
    unused.delete(photo);
    if (isNew) void fetchPhoto(photo);
  }

  function release(photo: string): void {
    const left = (users.get(photo) ?? 1) - 1;
    users.set(photo, left);
    if (left > 0) return;
    unused.add(photo);
    for (const oldest of unused) {
      if (unused.size <= mostUnused) break;
      drop(oldest);
    }
  }

  const urlOf = (photo: string | null) => (photo === null ? null : (urls.get(photo) ?? null));
  return { urlOf, hold, release };
});
