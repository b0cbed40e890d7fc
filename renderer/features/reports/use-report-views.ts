import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallFilter, DayRow, PersonRow, ReportFigures, ReportGrain, ReportPeriod } from '#contract/ipc/index.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';
import { startOf } from './report-period.ts';
import type { ReportColumn, ReportRow, ReportSeries, ReportView, ValueKind } from './report-view.ts';
import { useReportsStore, type Reports } from './reports-store.ts';
import { useReportWords } from './use-report-words.ts';

const answered: CallFilter = { direction: 'incoming', talked: true };
const missed: CallFilter = { direction: 'incoming', disposition: 'missed' };
const stack: ReportSeries[] = [
  { column: 'answered', shape: 'bar', tone: 'positive', narrow: answered },
  { column: 'missed', shape: 'bar', tone: 'danger', narrow: missed },
  { column: 'others', shape: 'bar', tone: 'muted', narrow: { direction: 'incoming' } },
  { column: 'outgoing', shape: 'bar', tone: 'accent', narrow: { direction: 'outgoing' } },
];

function valuesOf(figures: ReportFigures): Record<string, number | null> {
  const { calls, incoming, outgoing, answered, missed, unreached, answeredShare, averageWait, talkTime, averageTalk } =
    figures;
  const others = incoming - answered - missed;
  return {
    calls,
    incoming,
    outgoing,
    answered,
    missed,
    others,
    unreached,
    answeredShare,
    averageWait,
    talkTime,
    averageTalk,
  };
}

const most = <Row extends { calls: number }>(rows: readonly Row[]) =>
  rows.reduce<Row | null>((best, row) => (row.calls > (best?.calls ?? 0) ? row : best), null);

/** The reports as sentences, charts and tables; empty until the figures are there. */
export function useReportViews() {
  const { t } = useI18n();
  const [store, lines] = [useReportsStore(), useLinesStore()];
  const words = useReportWords();

  const column = (id: string, kind: ValueKind = 'count'): ReportColumn => ({
    id,
    kind,
    label: t(`report.column.${id}`),
  });
  const counts = ['calls', 'answered', 'missed', 'others', 'outgoing', 'unreached'].map((id) => column(id));
  const figures = () => [
    ...counts.map(({ id }) => column(id)),
    column('answeredShare', 'share'),
    column('averageWait', 'time'),
    column('talkTime', 'time'),
    column('averageTalk', 'time'),
  ];
  /** Calls of the period and the filter that the reports are about. */
  const within = ({ from, to }: ReportPeriod, more: CallFilter = {}): CallFilter => {
    return { ...store.reports?.filter, from: startOf(from), to: startOf(to, 1), ...more };
  };
  const titled = (id: string, sentence: string) => ({ id, title: t(`report.${id}.title`), sentence });
  const plain = { rest: null, layout: 'columns', stacked: false, axis: 'count' } as const;

  function spanRows<Row extends ReportPeriod>(
    rows: readonly Row[],
    grain: ReportGrain,
    values: (row: Row) => ReportRow['values'],
  ) {
    return rows.map((row): ReportRow => {
      const labels = { label: words.span(row, grain), short: words.shortSpan(row, grain) };
      return { key: row.from, ...labels, values: values(row), filter: within(row) };
    });
  }

  function days({ days: { rows, grain } }: Reports): ReportView {
    const rowLabel = t(`report.grain.${grain}`);
    const busiest = most(rows);
    const sentence = busiest
      ? t('report.days.sentence', { span: words.span(busiest, grain), count: words.count(busiest.calls) })
      : '';
    const common = { ...plain, rowLabel, rows: spanRows<DayRow>(rows, grain, valuesOf) };
    return { ...titled('days', sentence), ...common, columns: figures(), series: stack, stacked: true };
  }

  function answers({ days: { rows, grain }, summary }: Reports): ReportView {
    const { answeredShare, answered: talked, incoming } = summary.now.figures;
    const named = {
      share: words.value('share', answeredShare),
      answered: words.count(talked),
      incoming: words.count(incoming),
    };
    return {
      ...titled('share', answeredShare === null ? t('report.share.none') : t('report.share.sentence', named)),
      ...{
        ...plain,
        axis: 'share',
        rowLabel: t(`report.grain.${grain}`),
        rows: spanRows<DayRow>(rows, grain, valuesOf),
      },
      columns: [
        column('incoming'),
        column('answered'),
        column('missed'),
        column('others'),
        column('answeredShare', 'share'),
      ],
      series: [{ column: 'answeredShare', shape: 'line', tone: 'positive', narrow: { direction: 'incoming' } }],
    };
  }

  function waiting({ days: { rows, grain }, summary }: Reports): ReportView {
    const { averageWait } = summary.now.figures;
    const wait = words.value('time', averageWait);
    return {
      ...titled('waiting', averageWait === null ? t('report.waiting.none') : t('report.waiting.sentence', { wait })),
      ...{
        ...plain,
        axis: 'time',
        rowLabel: t(`report.grain.${grain}`),
        rows: spanRows<DayRow>(rows, grain, valuesOf),
      },
      columns: [column('incoming'), column('answered'), column('averageWait', 'time')],
      series: [{ column: 'averageWait', shape: 'line', tone: 'accent', narrow: answered }],
    };
  }

  function talking({ days: { rows, grain }, summary }: Reports): ReportView {
    const { averageTalk, talkTime } = summary.now.figures;
    const named = { talk: words.value('time', averageTalk), total: words.time(talkTime) };
    return {
      ...titled('talking', averageTalk === null ? t('report.talking.none') : t('report.talking.sentence', named)),
      ...{
        ...plain,
        axis: 'time',
        rowLabel: t(`report.grain.${grain}`),
        rows: spanRows<DayRow>(rows, grain, valuesOf),
      },
      columns: [column('calls'), column('talkTime', 'time'), column('averageTalk', 'time')],
      series: [{ column: 'talkTime', shape: 'bar', tone: 'positive', narrow: { talked: true } }],
    };
  }

  function hours({ hours: { rows }, period }: Reports): ReportView {
    const peak = most(rows);
    const named = peak && {
      from: words.hour(peak.hour),
      to: words.hour((peak.hour + 1) % 24),
      count: words.count(peak.calls),
    };
    return {
      ...titled('hours', named ? t('report.hours.sentence', named) : ''),
      ...{ ...plain, rowLabel: t('report.hours.row'), columns: figures(), series: stack, stacked: true },
      rows: rows.map((row) => {
        const [label, short] = [`${words.hour(row.hour)}–${words.hour((row.hour + 1) % 24)}`, words.hour(row.hour)];
        const filter = within(period, { hour: row.hour });
        return { key: String(row.hour), label, short, values: valuesOf(row), filter };
      }),
    };
  }

  function people({ people: { rows, rest }, summary, period }: Reports): ReportView {
    const who = (row: PersonRow) => row.person?.name ?? row.name ?? (row.display || row.partyKey || '');
    const [first] = rows;
    const share = first ? words.share(first.calls / summary.now.figures.calls) : '';
    const others = t('report.people.rest');
    return {
      ...titled(
        'people',
        first
          ? t('report.people.sentence', { who: who(first), share, count: words.count(first.calls) })
          : t('report.people.none'),
      ),
      ...{
        ...plain,
        layout: 'bars',
        rowLabel: t('report.people.row'),
        columns: figures(),
        series: stack,
        stacked: true,
      },
      rows: rows.map((row) => {
        const by: CallFilter = row.person ? { personId: row.person.id } : { partyKey: row.partyKey ?? '' };
        const filter = within(period, by);
        return {
          key: row.person?.id ?? row.partyKey ?? '',
          label: who(row),
          short: who(row),
          values: valuesOf(row),
          filter,
        };
      }),
      rest:
        rest.calls === 0 ? null : { key: 'rest', label: others, short: others, values: valuesOf(rest), filter: null },
    };
  }

  function byLine({ lines: { rows }, summary, period }: Reports): ReportView {
    const label = (lineId: string, before: string) => lines.labelOf(lineId) || before;
    const [first] = rows;
    const share = first ? words.share(first.calls / summary.now.figures.calls) : '';
    return {
      ...titled('lines', first ? t('report.lines.sentence', { line: label(first.lineId, first.label), share }) : ''),
      ...{
        ...plain,
        layout: 'bars',
        rowLabel: t('report.lines.row'),
        columns: figures(),
        series: stack,
        stacked: true,
      },
      rows: rows.map((row) => {
        const name = label(row.lineId, row.label);
        const filter = within(period, { lineId: row.lineId });
        return { key: row.lineId, label: name, short: name, values: valuesOf(row), filter };
      }),
    };
  }

  function callbacks({ callbacks: { rows, grain }, summary }: Reports): ReportView {
    const { missed: all, calledBack, medianTime } = summary.now.callbacks;
    const named = { missed: words.count(all), back: words.count(calledBack), median: words.value('time', medianTime) };
    const told = medianTime === null ? 'report.callbacks.nobody' : 'report.callbacks.sentence';
    return {
      ...titled('callbacks', all === 0 ? t('report.callbacks.none') : t(told, named)),
      ...{ ...plain, stacked: true, rowLabel: t(`report.grain.${grain}`) },
      columns: [
        ...['missed', 'calledBack', 'settled', 'open'].map((id) => column(id)),
        ...['medianTime', 'ninetiethTime'].map((id) => column(id, 'time')),
        ...['withinQuarter', 'withinHour'].map((id) => column(id, 'share')),
      ],
      rows: spanRows(rows, grain, ({ from: _from, to: _to, ...values }) => values),
      series: [
        { column: 'calledBack', shape: 'bar', tone: 'positive', narrow: { ...missed, missedOpen: false } },
        { column: 'settled', shape: 'bar', tone: 'muted', narrow: { ...missed, missedOpen: false } },
        { column: 'open', shape: 'bar', tone: 'danger', narrow: { missedOpen: true } },
      ],
    };
  }

  return computed((): ReportView[] => {
    const { reports } = store;
    if (!reports) return [];
    return [days, hours, people, byLine, answers, waiting, talking, callbacks].map((view) => view(reports));
  });
}
