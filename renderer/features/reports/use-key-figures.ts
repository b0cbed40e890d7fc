import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallTotals } from '#contract/ipc/index.ts';
import type { ValueKind } from './report-view.ts';
import { useReportsStore } from './reports-store.ts';
import { useReportWords } from './use-report-words.ts';

interface KeyFigure {
  id: string;
  kind: ValueKind;
  of: (totals: CallTotals) => number | null;
  /** Which words a change takes: more/fewer, higher/lower, or longer/shorter. */
  change: 'amount' | 'share' | 'time';
}

const keyFigures: readonly KeyFigure[] = [
  { id: 'calls', kind: 'count', of: ({ figures }) => figures.calls, change: 'amount' },
  { id: 'answeredShare', kind: 'share', of: ({ figures }) => figures.answeredShare, change: 'share' },
  { id: 'averageWait', kind: 'time', of: ({ figures }) => figures.averageWait, change: 'time' },
  { id: 'talkTime', kind: 'time', of: ({ figures }) => figures.talkTime, change: 'amount' },
  { id: 'missed', kind: 'count', of: ({ figures }) => figures.missed, change: 'amount' },
  { id: 'medianTime', kind: 'time', of: ({ callbacks }) => callbacks.medianTime, change: 'time' },
];

/** Of nothing there is nothing to note. */
function isTelling({ id, kind, of }: KeyFigure, totals: CallTotals): boolean {
  const value = of(totals);
  if (id === 'talkTime') return totals.figures.averageTalk !== null;
  return value !== null && (kind !== 'count' || value > 0);
}

/** The row of figures above the reports, each with what became of it since the period before. */
export function useKeyFigures() {
  const { t } = useI18n();
  const store = useReportsStore();
  const words = useReportWords();

  /** As it is written: what is smaller than that is no change. */
  function difference(kind: ValueKind, now: number, before: number): number {
    const unit = { count: 1, share: 0.01, time: 1000 }[kind];
    return Math.round(now / unit) - Math.round(before / unit);
  }

  function change({ kind, change: wording }: KeyFigure, now: number | null, before: number | null): string {
    if (now === null || before === null) return t('report.change.nothing');
    const by = difference(kind, now, before);
    if (by === 0) return t('report.change.none');
    const amount = {
      count: words.count,
      share: (points: number) => t('report.change.points', { points }),
      time: (seconds: number) => words.time(seconds * 1000),
    }[kind];
    return t(`report.change.${wording}${by > 0 ? 'More' : 'Less'}`, { by: amount(Math.abs(by)) });
  }

  const figures = computed(() => {
    const summary = store.reports?.summary;
    if (!summary) return [];
    const { figures: now, callbacks } = summary.now;
    const named = {
      ...{ incoming: words.count(now.incoming), answered: words.count(now.answered) },
      ...{
        talk: words.value('time', now.averageTalk),
        back: words.count(callbacks.calledBack),
        open: words.count(callbacks.open),
      },
    };
    return keyFigures.map((figure) => {
      const [now, before] = [figure.of(summary.now), figure.of(summary.before)];
      const note = isTelling(figure, summary.now) ? t(`report.note.${figure.id}`, named) : '';
      return { id: figure.id, value: words.value(figure.kind, now), note, change: change(figure, now, before) };
    });
  });
  const comparedWith = computed(() => {
    const before = store.reports?.before;
    return before ? t('report.change.period', { period: words.period(before) }) : '';
  });

  return { figures, comparedWith };
}
