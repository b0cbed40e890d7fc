import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { toReport } from '#contract/errors.ts';
import type { ErrorReport } from '#contract/errors.ts';
import type { DialPreview } from '#contract/ipc/index.ts';
import { useBridge } from '#renderer/bridge/use-bridge.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';

/** Long enough that a pasted or quickly typed number asks once, short enough to feel at once. */
const previewDelayMilliseconds = 60;
const longestText = 512;

/** What is in the box, and what the agent would dial for it. */
export const useDialStore = defineStore('dial', () => {
  const bridge = useBridge();
  const notices = useNoticesStore();
  const text = ref('');
  const preview = ref<DialPreview | null>(null);
  const refusal = ref<ErrorReport | null>(null);
  const placing = ref(false);
  const isEmpty = computed(() => text.value.trim() === '');
  /** Words to look for, and no number: the list answers them. */
  const isWords = computed(() => refusal.value?.code === 'number.unreadable' && /\p{L}/u.test(text.value));
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asked = 0;

  async function ask(): Promise<void> {
    const mine = ++asked;
    try {
      const answer = await bridge.call('calls.preview', { text: text.value });
      if (mine !== asked) return;
      preview.value = answer;
      refusal.value = null;
    } catch (error) {
      if (mine !== asked) return;
      preview.value = null;
      refusal.value = toReport(error);
    }
  }

  watch(text, () => {
    if (timer) clearTimeout(timer);
    if (text.value.length > longestText) text.value = text.value.slice(0, longestText);
    if (isEmpty.value) {
      asked++;
      preview.value = null;
      refusal.value = null;
      return;
    }
    timer = setTimeout(() => void ask(), previewDelayMilliseconds);
  });

  function press(key: string): void {
    text.value += key;
  }

  function erase(): void {
    text.value = [...text.value].slice(0, -1).join('');
  }

  function clear(): void {
    text.value = '';
  }

  /** Dials the text, or what was given. The box is emptied once the call is on its way. */
  async function place(number: string = text.value): Promise<string | null> {
    if (placing.value || number.trim() === '') return null;
    placing.value = true;
    notices.clear();
    const placed = await notices.attempt(() => bridge.call('calls.place', { text: number }));
    placing.value = false;
    if (placed && number === text.value) clear();
    return placed?.callId ?? null;
  }

  async function redial(): Promise<void> {
    await notices.attempt(() => bridge.call('calls.redial', {}));
  }

  return { text, preview, refusal, placing, isEmpty, isWords, press, erase, clear, place, redial };
});
