import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { DialPreview } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { usePeoplePages } from './people-pages.ts';
import type { PeopleQuestion } from './people-pages.ts';

/** Long enough that quick typing asks once, short enough to feel at once. */
const typingMilliseconds = 40;
const longestText = 200;

/** The list of people as its box and its filter narrow it. */
export const usePeopleListStore = defineStore('peopleList', () => {
  const bridge = useBridge();
  const pages = usePeoplePages(bridge);
  const text = ref('');
  const directoryId = ref<string | null>(null);
  /** The row that the keyboard is at. */
  const activeIndex = ref(0);
  /** Where the list was left, for coming back to it: px from its top, and what it answered to. */
  const left = shallowRef<{ top: number; question: PeopleQuestion | null }>({ top: 0, question: null });
  /** Set while a window shows the list. */
  const visible = ref(false);
  /** What the text would dial, where it is a number and nobody has it. */
  const dialable = shallowRef<DialPreview | null>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;

  const question = computed<PeopleQuestion>(() => ({
    text: text.value.trim().slice(0, longestText),
    directoryId: directoryId.value,
  }));
  const isNarrowed = computed(() => question.value.text !== '' || question.value.directoryId !== null);

  async function readNumber(asked: PeopleQuestion): Promise<void> {
    dialable.value = null;
    if (pages.total.value > 0 || asked.text === '' || /\p{L}/u.test(asked.text)) return;
    // Whatever cannot be dialled is simply nobody's name.
    const preview = await bridge.call('calls.preview', { text: asked.text }).catch(() => null);
    if (pages.shown.value === asked) dialable.value = preview;
  }

  async function show(asked: PeopleQuestion): Promise<void> {
    await pages.show(asked);
    if (pages.shown.value !== asked) return;
    activeIndex.value = 0;
    await readNumber(asked);
  }

  watch(question, (next, before) => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!visible.value && !pages.loaded.value) return;
    if (next.text === before.text) void show(next);
    else timer = setTimeout(() => void show(question.value), typingMilliseconds);
  });
  watch(pages.shift, ({ by }) => (activeIndex.value = Math.max(0, activeIndex.value + by)));

  let missed = false;
  function renew(): void {
    if (visible.value) pages.renew();
    else missed = true;
  }
  bridge.on('people.changed', renew);
  // What changed while nobody told.
  bridge.onConnection((state) => state === 'open' && renew());

  /** The list is on the screen from now on, or no longer. */
  async function appear(seen: boolean): Promise<void> {
    visible.value = seen;
    if (!seen) return;
    if (!pages.loaded.value) await show(question.value);
    else if (missed) pages.renew();
    missed = false;
  }

  const { total, shown, busy, error, shift, loaded, rowAt, look, retry } = pages;
  return {
    ...{ text, directoryId, isNarrowed, activeIndex, left, dialable, appear },
    ...{ pages: pages.pages, total, shown, busy, error, shift, loaded, rowAt, look, retry },
  };
});
