import { useI18n } from 'vue-i18n';
import type { ErasureReceipt } from '#contract/ipc/index.ts';

const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Counts, sizes and moments as words of the window's language. */
export function useAmounts() {
  const { t, locale } = useI18n();

  const number = (value: number) => new Intl.NumberFormat(locale.value).format(value);
  /** A number never stands at the end of a line, apart from what it counts. */
  const count = (key: string, value: number) => t(key, { count: number(value) }, value).replace(' ', '\u00a0');
  const calls = (value: number) => count('records.amount.calls', value);
  const recordings = (value: number) => count('records.amount.recordings', value);

  function size(bytes: number): string {
    let step = 0;
    let value = bytes;
    for (; value >= 1000 && step < steps.length - 1; step += 1) value /= 1000;
    const unit = steps[step] ?? 'byte';
    return new Intl.NumberFormat(locale.value, {
      style: 'unit',
      unit,
      maximumFractionDigits: value < 10 ? 1 : 0,
    }).format(value);
  }

  const date = (moment: number) => new Intl.DateTimeFormat(locale.value, { dateStyle: 'short' }).format(moment);
  const moment = (at: number) =>
    new Intl.DateTimeFormat(locale.value, { dateStyle: 'long', timeStyle: 'short' }).format(at);

  /** What a receipt says was erased, one line each; what was none is left out. */
  function erased({ erased: gone }: Pick<ErasureReceipt, 'erased'>): string[] {
    const lines: [string, number][] = [
      ['records.amount.calls', gone.calls],
      ['records.amount.notes', gone.notes],
      ['records.amount.followUps', gone.followUps],
      ['records.amount.recordings', gone.recordings],
      ['records.amount.names', gone.names],
      ['records.amount.favourites', gone.favourites],
    ];
    return lines.filter(([, value]) => value > 0).map(([key, value]) => count(key, value));
  }

  return { number, count, calls, recordings, size, date, moment, erased };
}
