import { computed, toValue } from 'vue';
import type { MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { qualityWord } from '#renderer/media/connection-quality.ts';
import { isTalking } from './call-list.ts';

/** "Connection is good": in words, for a call that is up; empty while nothing is known. */
export function useQualityWords(call: MaybeRefOrGetter<CallSnapshot>) {
  const { t } = useI18n();
  return computed(() => {
    const current = toValue(call);
    if (!isTalking(current)) return '';
    if (current.audio === 'lost') return t('call.quality.lost');
    if (current.audio === 'connecting') return t('call.quality.connecting');
    return current.quality ? t(`call.quality.${qualityWord(current.quality)}`) : '';
  });
}
