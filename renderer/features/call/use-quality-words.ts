import { computed, toValue } from 'vue';
import type { MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { useAudioStore } from '#renderer/media/audio-store.ts';
import { qualityWord } from '#renderer/media/connection-quality.ts';
import { isTalking } from './call-list.ts';

/** "Connection is good": in words, for a call that is up; empty while nothing is known. */
export function useQualityWords(call: MaybeRefOrGetter<CallSnapshot>) {
  const { t } = useI18n();
  const audio = useAudioStore();
  return computed(() => {
    const current = toValue(call);
    if (!isTalking(current)) return '';
    if (current.audio === 'lost') return t('call.quality.lost');
    if (current.audio === 'connecting') return t('call.quality.connecting');
    const quality = audio.qualities.get(current.id);
    return quality ? t(`call.quality.${qualityWord(quality)}`) : '';
  });
}
