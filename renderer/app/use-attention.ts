import { useIntervalFn } from '@vueuse/core';
import { computed, onScopeDispose, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useCallParty } from '#renderer/features/call/use-call-party.ts';
import { useAudioStore } from '#renderer/media/audio-store.ts';

const product = 'Offhook';

/** While the phone rings: the title changes to and fro, and a window out of sight sends a notification. */
export function useAttention(): void {
  const calls = useCallsStore();
  const audio = useAudioStore();
  const party = useCallParty();
  const { t } = useI18n();
  const even = ref(false);
  const shown = new Map<string, Notification>();

  useIntervalFn(() => (even.value = !even.value), 1000);
  const title = computed(() => {
    const call = calls.ringing[0];
    if (call) return even.value ? t('title.ringing.label', { who: party.titleInWords(call) }) : t('title.incoming.label');
    return calls.current ? `${party.titleInWords(calls.current)} — ${product}` : product;
  });
  watch(title, (text) => (document.title = text), { immediate: true });

  function notify(): void {
    const ringing = new Set(calls.ringing.map((call) => call.id));
    for (const [id, notification] of shown) {
      if (ringing.has(id)) continue;
      notification.close();
      shown.delete(id);
    }
    if (!('Notification' in window) || Notification.permission !== 'granted' || !audio.owner || document.hasFocus()) return;
    for (const call of calls.ringing) {
      if (shown.has(call.id)) continue;
      const options = { body: [party.about(call), party.subtitle(call)].filter(Boolean).join(' · '), tag: call.id, requireInteraction: true, silent: true };
      const notification = new Notification(t('title.ringing.label', { who: party.titleInWords(call) }), options);
      notification.addEventListener('click', () => window.focus());
      shown.set(call.id, notification);
    }
  }
  watch(() => calls.ringing, notify);
  onScopeDispose(() => shown.forEach((notification) => notification.close()));
}
