import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { callFilter, type CallFilter } from '#contract/ipc/index.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import { useFilterText } from './use-filter-text.ts';

const whole: CallFilter = {
  ...{
    text: 'счёт',
    missedOpen: true,
    direction: 'incoming',
    lineId: 'line-1',
    partyKey: '+79161112233',
    personId: 'p',
  },
  ...{
    disposition: 'missed',
    talked: false,
    outcome: 'Думает',
    followUp: true,
    internal: true,
    from: 0,
    to: 1,
    hour: 9,
  },
};

describe('a filter in words', () => {
  it('says every part of it but the person by number and the period, which stand apart', () => {
    let text: ReturnType<typeof useFilterText> = () => '';
    const setup = () => ((text = useFilterText()), () => null);
    mount({ setup }, { global: testWindow(undefined, 'en').global });
    expect(Object.keys(whole).sort()).toEqual(Object.keys(callFilter.shape).sort());
    for (const part of Object.keys(whole).filter((key) => !['from', 'to', 'partyKey'].includes(key))) {
      const without = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== part && key !== 'partyKey'));
      expect(text(without, 'Ольга'), part).not.toBe(text({ ...whole, partyKey: undefined }, 'Ольга'));
    }
    expect(text({ direction: 'incoming', talked: true }, null)).toContain('with a talk');
  });
});
