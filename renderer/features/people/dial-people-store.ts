import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useDialStore } from '#renderer/features/call/dial-store.ts';
import { usePeopleFinder } from './people-finder.ts';

/** As many as stand below the box. */
const mostSuggestions = 6;
/** Shorter than that, digits are anybody's. */
const fewestDigits = 3;

/** People whom the text in the box that dials may mean. */
export const useDialPeopleStore = defineStore('dialPeople', () => {
  const bridge = useBridge();
  const dial = useDialStore();
  const finder = usePeopleFinder(bridge, mostSuggestions);
  /** The one that the arrows have come to; -1 while the text itself is meant. */
  const chosenIndex = ref(-1);
  const people = computed(() => finder.people.value.filter(({ number }) => number !== null));
  const chosen = computed(() => people.value[chosenIndex.value] ?? null);
  /** Whose number the typed digits begin, for where there is room for one line. */
  const best = computed(() => (dial.isWords ? null : (people.value[0] ?? null)));

  watch(
    () => dial.text,
    (text) => {
      chosenIndex.value = -1;
      const tooShort = !/\p{L}/u.test(text) && text.replace(/\D/g, '').length < fewestDigits;
      finder.find(tooShort ? '' : text);
    },
  );
  watch(people, ({ length }) => {
    if (chosenIndex.value >= length) chosenIndex.value = length - 1;
  });

  /** Goes a step; false where the step leads out at the bottom. */
  function step(by: 1 | -1): boolean {
    const next = chosenIndex.value + by;
    if (next >= people.value.length) return false;
    chosenIndex.value = Math.max(-1, next);
    return true;
  }

  return { people, best, chosen, chosenIndex, step };
});
