import { reportQuery } from '#contract/ipc/index.ts';
import type { CallbackFigures, CallReport, CommandInput, ReportFigures, ReportPeriod } from '#contract/ipc/index.ts';

const dayMilliseconds = 86_400_000;
const perHour = [0, 0, 0, 0, 0, 0, 0, 0, 1, 6, 11, 14, 12, 7, 9, 12, 10, 8, 4, 1, 0, 0, 0, 0];
const names = [
  ...['Ольга Демидова', 'Иван Петров', 'Бухгалтерия', 'Мария Соколова', 'Служба доставки', 'Склад', 'Пётр Лебедев'],
  'Общество с ограниченной ответственностью «Производственно-коммерческая фирма»',
  ...['+7 916 000-00-17', '+7 903 000-00-42', 'Анна Королёва', 'Сергей Волков'],
];

function figuresOf(calls: number, seed: number): ReportFigures {
  const incoming = Math.round(calls * 0.58);
  const outgoing = calls - incoming;
  const answered = Math.floor(incoming * (0.72 + (seed % 5) * 0.05));
  const missed = Math.ceil((incoming - answered) * 0.7);
  const reached = Math.floor(outgoing * 0.7);
  const talkTime = answered * (150_000 + (seed % 7) * 9000) + reached * 190_000;
  return {
    ...{ calls, incoming, outgoing, answered, missed, reached, unreached: outgoing - reached, talkTime },
    answeredShare: incoming === 0 ? null : answered / incoming,
    averageWait: answered === 0 ? null : 7000 + (seed % 9) * 900,
    averageTalk: answered + reached === 0 ? null : talkTime / (answered + reached),
  };
}

function callbacksOf(missed: number, seed: number): CallbackFigures {
  const calledBack = Math.floor(missed * 0.66);
  const settled = Math.floor((missed - calledBack) * 0.4);
  const medianTime = calledBack === 0 ? null : (9 + (seed % 11)) * 60_000;
  return {
    ...{ missed, calledBack, settled, open: missed - calledBack - settled, medianTime },
    ninetiethTime: medianTime && medianTime * 6.5,
    withinQuarter: missed === 0 ? null : (calledBack * 0.6) / missed,
    withinHour: missed === 0 ? null : (calledBack * 0.85) / missed,
  };
}

/** Calls of a day: some, fewer at the weekend, and one day of an uproar. */
const ofDay = (day: number, calls: number) =>
  Math.round(((day + 3) % 7 > 4 ? 0.12 : 1) * calls * (0.75 + ((day * 37) % 11) / 20));

/** Reports of an invented office with about so many calls a working day; the same for the same question. */
export function sampleReports(callsADay: number): (asked: CommandInput<'reports.run'>) => CallReport {
  const count = (day: number) => ofDay(day, callsADay);
  const daysOf = ({ from, to }: ReportPeriod) => {
    const [first, last] = [Date.parse(from) / dayMilliseconds, Date.parse(to) / dayMilliseconds];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  };
  const total = (period: ReportPeriod) => daysOf(period).reduce((sum, day) => sum + count(day), 0);

  return (asked) => {
    const { kind, period, before, limit } = reportQuery.parse(asked);
    const all = total(period);
    const step = daysOf(period).length < 92 ? 1 : 7;
    const spans = daysOf(period).filter((_, index) => index % step === 0);
    const date = (day: number) => new Date(day * dayMilliseconds).toISOString().slice(0, 10);
    const spanned = spans.map((start) => {
      const span = { from: date(start), to: date(start + step - 1) };
      return { span, seed: start, calls: total(span) };
    });
    const grain = step === 1 ? ('day' as const) : ('week' as const);
    const totals = (calls: number, seed: number) => {
      const figures = figuresOf(calls, seed);
      return { figures, callbacks: callbacksOf(figures.missed, seed) };
    };
    switch (kind) {
      case 'summary':
        return { kind, now: totals(all, 3), before: totals(before ? total(before) : 0, 5) };
      case 'hours': {
        const sum = perHour.reduce((a, b) => a + b, 0);
        return {
          kind,
          rows: perHour.map((share, hour) => ({ hour, ...figuresOf(Math.round((all * share) / sum), hour) })),
        };
      }
      case 'days':
        return { kind, grain, rows: spanned.map(({ span, calls, seed }) => ({ ...span, ...figuresOf(calls, seed) })) };
      case 'callbacks':
        return {
          kind,
          grain,
          rows: spanned.map(({ span, calls, seed }) => ({
            ...span,
            ...callbacksOf(figuresOf(calls, seed).missed, seed),
          })),
        };
      case 'lines': {
        const shares = [
          ['line-1', 'Продажи', 0.6],
          ['line-2', 'Склад', 0.28],
          ['line-3', 'Бухгалтерия', 0.12],
        ] as const;
        const rows = shares.map(([lineId, label, share], index) => ({
          lineId,
          label,
          ...figuresOf(Math.round(all * share), index),
        }));
        return { kind, rows: rows.filter(({ calls }) => calls > 0) };
      }
      case 'people': {
        const known = Math.min(limit, callsADay > 200 ? 100 : names.length);
        const rows = Array.from({ length: known }, (_, index) => {
          const name = names[index] ?? `Клиент ${index + 1}`;
          return {
            person: null,
            partyKey: `key-${index}`,
            name,
            display: name,
            ...figuresOf(Math.round(all * 0.1 * 0.85 ** index), index),
          };
        }).filter(({ calls }) => calls > 0);
        return { kind, rows, rest: figuresOf(all - rows.reduce((sum, { calls }) => sum + calls, 0), 1) };
      }
    }
  };
}

/** An office with a single call, which was answered. */
export function oneCallReports(asked: CommandInput<'reports.run'>): CallReport {
  const one: ReportFigures = {
    ...{ calls: 1, incoming: 1, outgoing: 0, answered: 1, missed: 0, reached: 0, unreached: 0 },
    ...{ answeredShare: 1, averageWait: 4000, talkTime: 63_000, averageTalk: 63_000 },
  };
  const report = sampleReports(0)(asked);
  if (report.kind === 'summary') return { ...report, now: { ...report.now, figures: one } };
  if (report.kind === 'hours')
    return { ...report, rows: report.rows.map((row) => (row.hour === 11 ? { ...row, ...one } : row)) };
  if (report.kind === 'days')
    return { ...report, rows: report.rows.map((row, index) => (index === 0 ? { ...row, ...one } : row)) };
  if (report.kind === 'lines') return { ...report, rows: [{ lineId: 'line-1', label: 'Продажи', ...one }] };
  if (report.kind === 'people')
    return {
      ...report,
      rows: [{ person: null, partyKey: '+79160000017', name: 'Ольга Демидова', display: '+7 916 000-00-17', ...one }],
    };
  return report;
}
