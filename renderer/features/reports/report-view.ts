import type { CallFilter } from '#contract/ipc/index.ts';

/** How a value is written: a count of calls, a share of 0–1, or ms. */
export type ValueKind = 'count' | 'share' | 'time';

export interface ReportColumn {
  id: string;
  label: string;
  kind: ValueKind;
}

export interface ReportRow {
  key: string;
  label: string;
  /** For the axis of a chart, where there is little room. */
  short: string;
  /** By column; null where there is nothing to tell. */
  values: Record<string, number | null>;
  /** The calls behind it; null where no filter says which. */
  filter: CallFilter | null;
}

export type Tone = 'accent' | 'positive' | 'danger' | 'muted';

export interface ReportSeries {
  /** Column that it draws. */
  column: string;
  shape: 'bar' | 'line';
  tone: Tone;
  /** What narrows a row's calls to the series' own. */
  narrow: CallFilter;
}

/** One report: a sentence, a chart, and the table behind it. */
export interface ReportView {
  id: string;
  title: string;
  sentence: string;
  /** Heading of the rows. */
  rowLabel: string;
  columns: ReportColumn[];
  rows: ReportRow[];
  /** Below the rows, however they are sorted. */
  rest: ReportRow | null;
  series: ReportSeries[];
  /** `columns` stand side by side in the order of time, `bars` lie one below another. */
  layout: 'columns' | 'bars';
  stacked: boolean;
  axis: ValueKind;
}

/** Rows of a chart whose bars lie one below another; the table has them all. */
export const mostBars = 10;

export function chartRows(view: ReportView): ReportRow[] {
  return view.layout === 'bars' ? view.rows.slice(0, mostBars) : view.rows;
}

export interface RowOrder {
  /** Null: by what the rows are of. */
  column: string | null;
  descending: boolean;
}

/** As the rows come: in the order of time, or most calls first. */
export function firstOrder({ layout }: ReportView): RowOrder {
  return layout === 'bars' ? { column: 'calls', descending: true } : { column: null, descending: false };
}

/** What there is nothing to tell of comes last either way. */
export function sortRows({ rows, layout }: ReportView, { column, descending }: RowOrder): ReportRow[] {
  const sign = descending ? -1 : 1;
  if (column === null && layout === 'bars') return rows.toSorted((a, b) => sign * a.label.localeCompare(b.label));
  if (column === null) return descending ? rows.toReversed() : [...rows];
  return rows.toSorted((a, b) => {
    const [left, right] = [a.values[column] ?? null, b.values[column] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}
