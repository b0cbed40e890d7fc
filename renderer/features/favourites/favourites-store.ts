import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Favourite } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';

/** Parties kept at hand, in the user's order. */
export const useFavouritesStore = defineStore('favourites', () => {
  const bridge = useBridge();
  const favourites = shallowRef<readonly Favourite[]>([]);
  const keys = computed(() => new Set(favourites.value.map(({ partyKey }) => partyKey)));

  async function load(): Promise<void> {
    favourites.value = await bridge.call('people.favourites', {});
  }
  bridge.on('people.favouritesChanged', (payload) => {
    favourites.value = payload.favourites;
  });

  async function set({ partyKey, number, display }: Omit<Favourite, 'name'>, favourite: boolean): Promise<void> {
    await bridge.call('people.setFavourite', { partyKey, number, display, favourite });
  }

  /** Puts one at another place; shown at once, and put back where the agent does not keep it. */
  async function move(partyKey: string, to: number): Promise<void> {
    const before = favourites.value;
    const moved = before.find((one) => one.partyKey === partyKey);
    if (!moved || to < 0 || to >= before.length) return;
    favourites.value = before.filter((one) => one !== moved).toSpliced(to, 0, moved);
    try {
      await bridge.call('people.sortFavourites', { partyKeys: favourites.value.map((one) => one.partyKey) });
    } catch (error) {
      favourites.value = before;
      throw error;
    }
  }

  const has = (partyKey: string | null) => partyKey !== null && keys.value.has(partyKey);
  return { favourites, load, set, move, has };
});
