import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { chartRows, type ReportSeries, type ReportView, type Tone, type ValueKind } from './report-view.ts';
import type { ChartTheme } from './use-chart-theme.ts';

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

export interface ChartWords {
  value: (kind: ValueKind, figure: number | null | undefined) => string;
}

/** A pattern beside the colour, for whoever does not see the colour. */
const patterns: Record<Tone, object | null> = {
  positive: null,
  danger: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4 },
  muted: {
    symbol: 'circle',
    symbolSize: 0.7,
    dashArrayX: [
      [4, 4],
      [0, 4, 4, 0],
    ],
    dashArrayY: [4, 0],
  },
  accent: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 6], rotation: -Math.PI / 4 },
};

function seriesOf(
  view: ReportView,
  { column, shape, tone }: ReportSeries,
  theme: ChartTheme,
): BarSeriesOption | LineSeriesOption {
  const data = chartRows(view).map((row) => row.values[column] ?? null);
  const name = view.columns.find(({ id }) => id === column)?.label ?? column;
  const color = theme.tones[tone];
  if (shape === 'line') {
    // A single point between gaps has no line to be seen by.
    const dots = { showSymbol: data.length <= 62 || data.filter((value) => value !== null).length < 3, symbolSize: 6 };
    return { type: 'line', name, data, color, connectNulls: false, lineStyle: { width: 2 }, ...dots };
  }
  const pattern = patterns[tone];
  const decal = pattern && { color: theme.surface, symbolSize: 1, ...pattern };
  return {
    type: 'bar',
    name,
    data,
    color,
    barMaxWidth: view.layout === 'bars' ? 18 : 36,
    itemStyle: decal ? { decal } : {},
    emphasis: { focus: 'none' },
    ...(view.stacked ? { stack: 'all' } : {}),
  };
}

const hour = 3600;
/** Steps of an axis of time, ms: as clocks count, and beyond that in round hours. */
const timeSteps = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800],
  ...[1, 10, 100, 1000, 10_000].flatMap((hours) => [hours * hour, 2 * hours * hour, 5 * hours * hour]),
].map((seconds) => seconds * 1000);

function scaleOf(view: ReportView): { interval?: number; min?: number; max?: number } {
  if (view.axis === 'share') return { interval: 0.25, min: 0, max: 1 };
  if (view.axis === 'count') return {};
  const most = Math.max(...view.rows.flatMap((row) => view.series.map(({ column }) => row.values[column] ?? 0)));
  const interval = timeSteps.find((step) => step * 5 >= most) ?? most;
  return { interval, min: 0, max: Math.max(1, Math.ceil(most / interval)) * interval };
}

function axesOf(
  view: ReportView,
  theme: ChartTheme,
  words: ChartWords,
  width: number,
): Pick<ChartOption, 'xAxis' | 'yAxis'> {
  const label = { color: theme.text, fontFamily: theme.font, fontSize: 12 };
  const lying = view.layout === 'bars';
  const category = {
    type: 'category' as const,
    data: chartRows(view).map((row) => row.short),
    axisLabel: {
      ...label,
      hideOverlap: true,
      ...(lying ? { width: width < 420 ? 112 : 150, overflow: 'truncate' as const } : {}),
    },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: theme.line } },
  };
  const value = {
    type: 'value' as const,
    ...(view.axis === 'count' ? { minInterval: 1 } : {}),
    ...scaleOf(view),
    splitNumber: lying ? 3 : 4,
    axisLabel: { ...label, hideOverlap: true, formatter: (figure: number) => words.value(view.axis, figure) },
    splitLine: { lineStyle: { color: theme.line } },
  };
  return lying ? { xAxis: value, yAxis: { ...category, inverse: true } } : { xAxis: category, yAxis: value };
}

/** What is told of the row that is pointed at; nodes, because the page allows no style in markup. */
export function tipOf(view: ReportView, index: number, words: ChartWords): HTMLElement {
  const tip = document.createElement('div');
  const row = chartRows(view)[index];
  const title = tip.appendChild(document.createElement('strong'));
  title.textContent = row?.label ?? '';
  for (const { column } of view.series) {
    const { label = '', kind } = view.columns.find(({ id }) => id === column) ?? { kind: view.axis };
    const line = tip.appendChild(document.createElement('div'));
    line.textContent = `${label}: ${words.value(kind, row?.values[column])}`;
  }
  return tip;
}

/** Lines of the legend, by what its words take. */
function legendLines(view: ReportView, width: number): number {
  const widths = view.series.map(
    ({ column }) => 33 + 7.2 * (view.columns.find(({ id }) => id === column)?.label.length ?? 0),
  );
  let [lines, left] = [1, width + 12];
  for (const each of widths) {
    if (each > left && left < width + 12) [lines, left] = [lines + 1, width + 12];
    left -= each;
  }
  return lines;
}

export function chartOption(view: ReportView, theme: ChartTheme, words: ChartWords, width: number): ChartOption {
  const text = { color: theme.text, fontFamily: theme.font, fontSize: 12 };
  const named = view.series.length > 1;
  return {
    animation: theme.animation,
    animationDuration: 180,
    animationDurationUpdate: 180,
    textStyle: { fontFamily: theme.font },
    grid: {
      left: 4,
      right: 16,
      top: named ? 16 + 24 * legendLines(view, width) : 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    ...(named
      ? {
          legend: {
            top: 0,
            left: 0,
            itemWidth: 16,
            itemHeight: 12,
            itemGap: 12,
            textStyle: text,
            inactiveColor: theme.line,
          },
        }
      : {}),
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow', z: -1, shadowStyle: { color: theme.soft } },
      confine: true,
      className: 'report-tip',
      backgroundColor: theme.surface,
      borderColor: theme.line,
      textStyle: { ...text, color: theme.strong },
      formatter: (points) => tipOf(view, (Array.isArray(points) ? points[0] : points)?.dataIndex ?? 0, words),
    },
    ...axesOf(view, theme, words, width),
    series: view.series.map((series) => seriesOf(view, series, theme)),
  };
}
