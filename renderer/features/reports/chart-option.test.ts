import { describe, expect, it } from 'vitest';
import { chartOption, tipOf } from './chart-option.ts';
import type { ReportRow, ReportView } from './report-view.ts';
import type { ChartTheme } from './use-chart-theme.ts';

const theme: ChartTheme = {
  ...{ font: 'Inter', text: '#111111', strong: '#000000', line: '#222222', surface: '#ffffff', soft: '#eeeeee' },
  tones: { accent: '#0000ff', positive: '#00ff00', danger: '#ff0000', muted: '#888888' },
  animation: false,
};
const words = { value: (kind: string, figure: number | null | undefined) => `${kind} ${figure}` };

function row(index: number, label = `row ${index}`): ReportRow {
  return { key: String(index), label, short: label, values: { calls: index, missed: null }, filter: {} };
}

function viewOf(part: Partial<ReportView> = {}): ReportView {
  return {
    ...{
      id: 'x',
      title: 'X',
      sentence: '',
      rowLabel: 'Row',
      rest: null,
      layout: 'columns',
      stacked: true,
      axis: 'count',
    },
    columns: [
      { id: 'calls', label: 'Calls', kind: 'count' },
      { id: 'missed', label: 'Missed', kind: 'count' },
    ],
    rows: [row(1), row(2)],
    series: [
      { column: 'calls', shape: 'bar', tone: 'positive', narrow: {} },
      { column: 'missed', shape: 'bar', tone: 'danger', narrow: {} },
    ],
    ...part,
  };
}

describe('the chart of a report', () => {
  it('draws the columns of the table, stacked, each with a colour and a pattern of its own', () => {
    const { series } = chartOption(viewOf(), theme, words, 600);
    expect(series).toMatchObject([
      { name: 'Calls', data: [1, 2], color: '#00ff00', stack: 'all' },
      { name: 'Missed', data: [null, null], color: '#ff0000', itemStyle: { decal: { color: '#ffffff' } } },
    ]);
  });

  it('shows the first ten of many bars, the largest on top', () => {
    const rows = Array.from({ length: 40 }, (_, index) => row(index));
    const { yAxis, series } = chartOption(viewOf({ layout: 'bars', rows }), theme, words, 600);
    expect(yAxis).toMatchObject({ type: 'category', inverse: true, data: rows.slice(0, 10).map(({ label }) => label) });
    expect(series).toMatchObject([{ data: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }, {}]);
  });

  it.each([
    [0, 1000, 1000],
    [95_000, 30_000, 120_000],
    [11_000_000, 3_600_000, 14_400_000],
    [4e9, 500 * 3_600_000, 1500 * 3_600_000],
  ])('scales %d ms in steps of %d up to %d', (most, interval, max) => {
    const rows = [{ ...row(1), values: { calls: most } }];
    const { yAxis } = chartOption(viewOf({ axis: 'time', rows }), theme, words, 600);
    expect(yAxis).toMatchObject({ interval, min: 0, max });
  });

  it('takes a name for text, whatever it holds', () => {
    const tip = tipOf(viewOf({ rows: [row(1, '<img src=x onerror=alert(1)>')] }), 0, words);
    expect(tip.querySelector('img')).toBeNull();
    expect(tip.textContent).toContain('<img src=x onerror=alert(1)>Calls: count 1Missed: count null');
  });

  it('stands still where less motion is asked for', () => {
    expect(chartOption(viewOf(), theme, words, 600).animation).toBe(false);
  });

  it('gives the names of its parts as many lines as they need', () => {
    const top = (width: number) => (chartOption(viewOf(), theme, words, width).grid as { top: number }).top;
    expect(top(120)).toBeGreaterThan(top(600));
  });
});
