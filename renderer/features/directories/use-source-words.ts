import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { DirectoryStatus } from '#contract/ipc/index.ts';
import { useNow } from '#renderer/features/call/use-elapsed.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';
import { relativeTime } from './relative-time.ts';
import { placeOf } from './source-kinds.ts';
import { sourceState } from './source-state.ts';

const stepMilliseconds = 10_000;

/** A source in words: its name, its place, how it is, how much it has and since when. */
export function useSourceWords() {
  const { t, locale } = useI18n();
  const clock = useNow();
  /** Words change by the minute: nothing is drawn anew twice a second. */
  const now = computed(() => Math.ceil(clock.value / stepMilliseconds) * stepMilliseconds);
  const lines = useLinesStore();

  const number = (value: number) => new Intl.NumberFormat(locale.value).format(value);
  const count = (key: string, value: number) => t(key, { count: number(value) }, value).replace(' ', '\u00a0');
  const exact = (at: number) =>
    new Intl.DateTimeFormat(locale.value, { dateStyle: 'long', timeStyle: 'medium' }).format(at);
  const moment = (at: number) => {
    const thisYear = new Date(at).getFullYear() === new Date(now.value).getFullYear();
    const options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
    return new Intl.DateTimeFormat(locale.value, thisYear ? options : { ...options, year: 'numeric' }).format(at);
  };
  const ago = (at: number) => relativeTime(Math.min(at, now.value), now.value, locale.value) ?? t('directory.time.now');
  const ahead = (at: number) =>
    relativeTime(Math.max(at, now.value), now.value, locale.value) ?? t('directory.time.soon');

  const nameOf = ({ kind, label }: DirectoryStatus) => (kind === 'own' ? t('directory.own.label') : label);

  function placeWords({ config, kind }: DirectoryStatus): string {
    if (kind === 'own') return t('directory.own.place');
    const place = config.kind === 'pbx' ? lines.labelOf(config.lineId) : placeOf(config);
    return [isPath(config.kind) ? '' : t(`directory.kind.${kind}`), place].filter(Boolean).join(' · ');
  }
  const isPath = (kind: string) => kind === 'sheet' || kind === 'vcard';

  function stateWords(source: DirectoryStatus): string {
    const { name } = sourceState(source);
    const { done, total } = source.progress ?? { done: 0, total: null };
    const at = source.refreshedAt ?? 0;
    return t(`directory.state.${name}`, {
      done: number(done),
      total: number(total ?? 0),
      ago: ago(at),
      at: moment(at),
    });
  }

  return { number, count, exact, ago, ahead, nameOf, placeWords, stateWords };
}
