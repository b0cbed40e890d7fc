import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';
import { sampleDay } from '#renderer/gallery/call-log-samples.ts';
import { sampleLine } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import ActiveFilters from './ActiveFilters.vue';
import { useCallFilterStore } from './call-filter-store.ts';
import { useCallLogStore } from './call-log-store.ts';
import FilterPanel from './FilterPanel.vue';
import { addDays, dayStart } from './local-days.ts';

async function build() {
  const window = testWindow({ ...emptyState(), ...sampleDay() });
  const [filters, log] = window.run(() => {
    useLinesStore().mirror([sampleLine()]);
    return [useCallFilterStore(), useCallLogStore()] as const;
  });
  await log.load();
  const chips = mount(ActiveFilters, { global: window.global });
  const words = () => chips.findAll('.chip').map((chip) => chip.text());
  return { ...window, filters, chips, words };
}

describe('the filter of the list', () => {
  it('is said part by part, each with the way to take it away', async () => {
    const { filters, chips, words } = await build();
    filters.show({
      direction: 'incoming',
      lineId: 'line-1',
      hour: 10,
      disposition: 'missed',
      internal: false,
      outcome: 'Отказ',
    });
    await settle();
    expect(words()).toEqual([
      'входящие',
      'внешние',
      'линия «Продажи»',
      'пропущен',
      'итог: Отказ',
      'с\u00a010:00 до\u00a011:00',
    ]);
    await chips.get('[data-testid=chip-hour] button').trigger('click');
    expect(filters.filter.hour).toBeUndefined();
    await chips.get('[data-testid=chips-clear]').trigger('click');
    expect(filters.isNarrowed).toBe(false);
  });

  it('says how many calls are left', async () => {
    const { filters, chips } = await build();
    filters.show({ direction: 'outgoing' });
    await settle();
    expect(chips.get('[data-testid=list-count]').text()).toBe('Показано 4');
  });

  it('names the person whose calls are shown, and days as people do', async () => {
    const { filters, words } = await build();
    const today = dayStart(Date.now());
    filters.show({ partyKey: '+79030000042', from: addDays(today, -1), to: today });
    await settle();
    expect(words()).toEqual(['с\u00a0кем: +79030000042', 'вчера']);
    filters.show({ partyKey: '+79030000042', from: today });
    await settle();
    expect(words()).toEqual(['с\u00a0кем: Ольга Демидова', 'сегодня']);
  });

  it('does not say twice what the tabs say', async () => {
    const { filters, words } = await build();
    filters.show({ missedOpen: true });
    await settle();
    expect(words()).toEqual([]);
  });

  it('is set in its panel: kinds, ways of ending, outcomes and a period', async () => {
    const { filters, global } = await build();
    const panel = mount(FilterPanel, { global });
    const choose = (id: string, value: string) => panel.get(`[data-testid=filter-${id}]`).setValue(value);
    await choose('direction', 'outgoing');
    await choose('kind', 'internal');
    await choose('disposition', 'no-answer');
    await choose('outcome', 'Отказ');
    await choose('period', 'yesterday');
    const today = dayStart(Date.now());
    expect(filters.filter).toMatchObject({
      ...{ direction: 'outgoing', internal: true, disposition: 'no-answer', outcome: 'Отказ' },
      ...{ from: addDays(today, -1), to: today },
    });
    await choose('kind', '');
    expect(filters.filter.internal).toBeUndefined();
    await panel.get('[data-testid=filter-clear]').trigger('click');
    expect(filters.isNarrowed).toBe(false);
  });

  it('takes a range of days, its last day included', async () => {
    const { filters, global } = await build();
    const panel = mount(FilterPanel, { global });
    await panel.get('[data-testid=filter-period]').setValue('range');
    await panel.get('[data-testid=filter-from]').setValue('2026-11-01');
    await panel.get('[data-testid=filter-to]').setValue('2026-11-10');
    expect(filters.filter).toMatchObject({
      from: new Date(2026, 10, 1).getTime(),
      to: new Date(2026, 10, 11).getTime(),
    });
  });
});
