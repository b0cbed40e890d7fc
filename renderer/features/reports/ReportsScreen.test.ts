import { mount } from '@vue/test-utils';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { CallReport, CommandInput } from '#contract/ipc/index.ts';
import { useScreenStore } from '#renderer/app/screen-store.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { useCallFilterStore } from '#renderer/features/call-log/call-filter-store.ts';
import { sampleReports } from '#renderer/gallery/sample-reports.ts';
import { sampleLine, sampleRecord } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import ReportsScreen from './ReportsScreen.vue';

/** A Thursday. */
const now = new Date(2026, 0, 22, 15).getTime();
const midnight = (day: number) => new Date(2026, 0, day).getTime();

beforeEach(() => vi.useFakeTimers({ now, toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());
// The screen has asked for the chart by then; the file ends when that is answered.
afterAll(() => import('./ReportChart.vue').then(() => undefined), 60_000);

/** Tables are drawn where they are looked at alone: they are most of the work. */
async function open(reports: DemoState['reports'], drawn: 'tables' | 'figures' = 'figures') {
  const window = testWindow({ ...emptyState(), reports });
  const [screen, filter] = window.run(() => [useScreenStore(), useCallFilterStore()] as const);
  screen.show('reports');
  const mounted = mount(ReportsScreen, {
    global: { ...window.global, stubs: { ReportChart: true, ReportTable: drawn === 'figures' } },
  });
  await settle();
  const report = (id: string) => mounted.get(`[data-testid=report-${id}]`);
  const asTable = (id: string) => report(id).get('[data-testid=show-table]').trigger('click');
  const texts = (selector: string) =>
    mounted.findAll(selector).map((part) => part.text().replaceAll(/[\u00a0\u202f]/g, ' '));
  return { ...window, screen, filter, mounted, report, asTable, texts };
}

describe('the screen of reports', () => {
  it('shows the key figures of the month, each with its change in words and sign', async () => {
    const { mounted, texts } = await open(sampleReports(60));
    expect(texts('[data-testid=figure-value]')).toEqual(['1 006', '87 %', '10 с', '40 ч 32 мин', '54', '12 мин']);
    expect(texts('[data-testid=figure-change]')).toEqual([
      ...['+27, больше', '+15 п. п., выше', '−2 с, быстрее'],
      ...['+3 ч 18 мин, больше', '−58, меньше', '−2 мин, быстрее'],
    ]);
    expect(mounted.text().replaceAll('\u00a0', ' ')).toContain('1–22 декабря 2025');
  });

  it('names people as the directories do now', async () => {
    const { bridge, commands } = await open(sampleReports(60));
    const before = commands('reports.run').length;
    bridge.emit('people.changed', { version: 2, total: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(commands('reports.run').length).toBeGreaterThan(before);
  });

  it('asks anew for another period, line, direction or side, and says what for', async () => {
    const { mounted, bridge, commands } = await open(sampleReports(60));
    bridge.emit('lines.changed', { lines: [sampleLine({ id: 'line-7' })] });
    await mounted.get('[data-testid=report-period]').setValue('lastWeek');
    await settle();
    await mounted.get('[data-testid=report-line]').setValue('line-7');
    await mounted.get('[data-testid=report-direction]').setValue('outgoing');
    await mounted.get('[data-testid=report-side]').setValue('internal');
    await settle();
    expect(commands('reports.run').at(-1)).toEqual({
      kind: 'callbacks',
      period: { from: '2026-01-12', to: '2026-01-18' },
      before: { from: '2026-01-05', to: '2026-01-11' },
      filter: { lineId: 'line-7', direction: 'outgoing', internal: true },
    });
  });

  it('takes a range of the user, whichever end comes first', async () => {
    const { mounted, commands } = await open(sampleReports(60));
    await mounted.get('[data-testid=report-period]').setValue('own');
    await mounted.get('[data-testid=report-from]').setValue('2026-01-20');
    await mounted.get('[data-testid=report-to]').setValue('2026-01-11');
    await mounted.get('[data-testid=report-to]').setValue('');
    await settle();
    expect(commands('reports.run').at(-1)).toMatchObject({ period: { from: '2026-01-11', to: '2026-01-20' } });
  });

  it('opens the calls of a day, an hour or a person from the table', async () => {
    const { report, asTable, filter, screen } = await open(sampleReports(60), 'tables');
    await asTable('days');
    await report('days').get('[data-row="2026-01-15"] [data-testid=report-open]').trigger('click');
    expect(screen.screen).toBe('calls');
    expect(filter.filter).toEqual({ from: midnight(15), to: midnight(16) });
    await asTable('hours');
    await report('hours').get('[data-row="11"] [data-testid=report-open]').trigger('click');
    expect(filter.filter).toEqual({ from: midnight(1), to: midnight(23), hour: 11 });
    await asTable('people');
    await report('people').get('[data-row=key-0] [data-testid=report-open]').trigger('click');
    expect(filter.filter).toEqual({ from: midnight(1), to: midnight(23), partyKey: 'key-0' });
  });

  it('opens the calls of a part of a bar, and of a whole column', async () => {
    const { mounted, report, filter } = await open(sampleReports(60));
    await mounted.get('[data-testid=report-side]').setValue('external');
    await settle();
    const chart = (id: string) => report(id).findComponent({ name: 'ReportChart' });
    chart('days').vm.$emit('open', 0, 1);
    expect(filter.filter).toEqual({
      ...{ internal: false, from: midnight(1), to: midnight(2), direction: 'incoming', disposition: 'missed' },
    });
    chart('callbacks').vm.$emit('open', 1, 2);
    expect(filter.filter).toEqual({ internal: false, from: midnight(2), to: midnight(3), missedOpen: true });
    chart('lines').vm.$emit('open', 0, null);
    expect(filter.filter).toEqual({ internal: false, from: midnight(1), to: midnight(23), lineId: 'line-1' });
  });

  it('sorts a table by any column, and says how it is sorted', async () => {
    const { report, asTable, texts } = await open(sampleReports(60), 'tables');
    await asTable('people');
    const first = () => texts('[data-testid=report-people] tbody th')[0];
    const sorted = () =>
      report('people')
        .findAll('[aria-sort]')
        .map((cell) => [cell.text(), cell.attributes('aria-sort')]);
    expect([first(), sorted()]).toEqual(['Ольга Демидова', [['Звонки', 'descending']]]);
    await report('people').get('[data-testid=sort-calls]').trigger('click');
    expect([first(), sorted()]).toEqual(['Сергей Волков', [['Звонки', 'ascending']]]);
    await report('people').get('[data-testid=sort-row]').trigger('click');
    expect(sorted()).toEqual([['Собеседник', 'ascending']]);
    expect(texts('[data-testid=report-people] tbody th').at(-1)).toBe('Остальные и скрытые номера');
  });

  it('gives a screen reader the table beside each chart, with nothing in it to tab through', async () => {
    const { report, texts } = await open(sampleReports(60), 'tables');
    expect(texts('[data-testid=report-days] caption')).toEqual(['Звонки по дням']);
    expect(report('days').findAll('tbody tr')).toHaveLength(22);
    expect(report('days').findAll('table button')).toHaveLength(0);
  });

  it('holds the room while the first figures are counted, and keeps the old ones while new ones are', async () => {
    const answers: ((report: CallReport) => void)[] = [];
    let asked: CommandInput<'reports.run'>[] = [];
    const { mounted, texts } = await open((query) => {
      asked.push(query);
      return new Promise((resolve) => answers.push(resolve));
    });
    const answer = async (size: number) => {
      for (const query of asked) answers.shift()?.(sampleReports(size)(query));
      asked = [];
      await settle();
    };
    expect(mounted.find('[data-testid=report-skeleton]').exists()).toBe(true);
    await answer(60);
    await mounted.get('[data-testid=report-period]').setValue('today');
    await settle();
    expect(mounted.find('[data-testid=report-skeleton]').exists()).toBe(false);
    expect(texts('[data-testid=figure-value]')[0]).toBe('1 006');
    await answer(60);
    expect(texts('[data-testid=figure-value]')[0]).not.toBe('1 006');
  });

  it('says that there were no calls, and what to try', async () => {
    const { mounted } = await open(sampleReports(0));
    expect(mounted.text().replaceAll('\u00a0', ' ')).toContain('За это время звонков не было');
    expect(mounted.find('[data-testid=report-days]').exists()).toBe(false);
  });

  it('says what is wrong when the log cannot be read, and counts again when asked to', async () => {
    let broken = true;
    const { mounted, texts } = await open((query) => {
      if (broken) throw new OffhookError('storage.failed', { detail: 'SQLITE_IOERR' });
      return sampleReports(60)(query);
    });
    expect(mounted.find('[data-code="storage.failed"]').exists()).toBe(true);
    broken = false;
    await mounted.get('[data-testid=report-retry]').trigger('click');
    await settle();
    expect(mounted.find('[data-testid=error-notice]').exists()).toBe(false);
    expect(texts('[data-testid=figure-value]')[0]).toBe('1 006');
  });

  it('counts again when a call has ended or others are there than before, but only while it is looked at', async () => {
    const { mounted, bridge, commands } = await open(sampleReports(0));
    const before = commands('reports.run').length;
    bridge.emit('callLog.recorded', { record: sampleRecord({ endedAt: null }) });
    await vi.advanceTimersByTimeAsync(1000);
    expect(commands('reports.run')).toHaveLength(before);
    for (let count = 0; count < 3; count++) bridge.emit('callLog.recorded', { record: sampleRecord() });
    await vi.advanceTimersByTimeAsync(1000);
    expect(commands('reports.run')).toHaveLength(before + 6);
    bridge.emit('records.replaced', {});
    await vi.advanceTimersByTimeAsync(1000);
    expect(commands('reports.run')).toHaveLength(before + 12);
    mounted.unmount();
    bridge.emit('callLog.recorded', { record: sampleRecord() });
    await vi.advanceTimersByTimeAsync(1000);
    expect(commands('reports.run')).toHaveLength(before + 12);
  });
});
