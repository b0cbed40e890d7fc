import { Building2, CalendarClock, Mail, Webhook } from '@lucide/vue';
import type { Component } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Delivery, DeliveryKind, Journal } from '#contract/ipc/index.ts';
import { useDirectoriesStore } from '#renderer/features/directories/directories-store.ts';

export const deliveryIcons: Record<DeliveryKind, Component> = {
  onec: Building2,
  outlook: Mail,
  graph: CalendarClock,
  webhook: Webhook,
};

/** Journals and what waits for them, in words of the window's language. */
export function useJournalWords() {
  const { t, locale } = useI18n();
  const directories = useDirectoriesStore();

  function nameOf({ config }: Journal): string {
    if (config.kind === 'outlook') return t('journal.kind.outlook');
    return directories.find(config.directoryId)?.label || t(`journal.kind.${config.kind}`);
  }
  function whatOf({ config, calls, internal }: Journal): string {
    const what = config.kind === 'onec' ? t('journal.write.onec') : t(`journal.write.${config.write}`);
    return [what, t(`journal.calls.${calls}`), ...(internal ? [t('journal.internal.word')] : [])].join(' · ');
  }
  const moment = (at: number) =>
    new Intl.DateTimeFormat(locale.value, { dateStyle: 'short', timeStyle: 'short' }).format(at);
  function stateOf({ state, attempts, nextAt }: Delivery): string {
    const words = [t(`delivery.state.${state}`)];
    if (attempts > 0) words.push(t('delivery.attempts.label', { count: attempts }, attempts).replace(' ', '\u00a0'));
    // One that waits behind another has no time of its own.
    if (state === 'waiting' && nextAt !== null && nextAt > Date.now()) words.push(t('delivery.next.label', { at: moment(nextAt) }));
    return words.join(' · ');
  }

  return { nameOf, whatOf, stateOf };
}
