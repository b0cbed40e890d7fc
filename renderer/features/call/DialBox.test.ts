import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { peopleWindow, shown } from '#renderer/features/people/people-window.test-support.ts';
import { useCardsStore } from '#renderer/features/people/cards-store.ts';
import { useDialPeopleStore } from '#renderer/features/people/dial-people-store.ts';
import { OffhookError } from '#contract/errors.ts';
import DialBox from './DialBox.vue';
import { useDialStore } from './dial-store.ts';

async function open() {
  const window = peopleWindow();
  window.bridge.answer('calls.preview', ({ text }) => {
    if (/\p{L}/u.test(text)) throw new OffhookError('number.unreadable');
    return { address: text, extension: null, display: text, emergency: false, rules: [] };
  });
  const [dial, people, cards] = window.run(() => [useDialStore(), useDialPeopleStore(), useCardsStore()]);
  const box = mount(DialBox, { global: window.global, props: { withButton: false }, attachTo: document.body });
  const input = box.get<HTMLInputElement>('[data-testid=dial-box]');
  input.element.focus();
  await input.trigger('focus');
  const type = async (text: string) => {
    const before = window.commands('calls.preview').length;
    await input.setValue(text);
    await vi.waitFor(() => expect(window.commands('calls.preview').length).toBeGreaterThan(before));
    await shown();
  };
  const press = async (key: string) => {
    if (key === 'Enter') await box.trigger('submit');
    else await input.trigger('keydown', { key });
    await shown();
  };
  const names = () => box.findAll('[data-testid=dial-person] .name').map((name) => name.text());
  return {
    ...window,
    dial,
    people,
    cards,
    box,
    input,
    type,
    press,
    names,
    placed: () => window.commands('calls.place'),
  };
}

describe('people below the box that dials', () => {
  afterEach(() => {
    document.body.innerHTML = '';
  });

  it('are found as their name is typed; the arrows choose, Enter dials', async () => {
    const { type, press, names, placed, input, dial } = await open();
    await type('петр');
    expect(names()).toEqual(['Иван Петров']);
    expect(input.attributes('aria-expanded')).toBe('true');
    await press('ArrowDown');
    expect(input.attributes('aria-activedescendant')).toMatch(/-people-0$/);
    await press('Enter');
    expect(placed()).toEqual([{ text: '+79160000001' }]);
    expect(dial.text).toBe('');
  });

  it('are chosen, and not yet called, by the first Enter on words', async () => {
    const { type, press, people, placed } = await open();
    await type('петр');
    await press('Enter');
    expect(people.chosen?.name).toBe('Иван Петров');
    expect(placed()).toEqual([]);
    await press('Enter');
    expect(placed()).toEqual([{ text: '+79160000001' }]);
  });

  it('do not take the place of a number that is typed whole', async () => {
    const { type, press, names, placed } = await open();
    await type('9160000001');
    expect(names()).toEqual(['Иван Петров']);
    await press('Enter');
    expect(placed()).toEqual([{ text: '9160000001' }]);
  });

  it('let the arrow go on into the list below them, and words that nobody answers to as well', async () => {
    const { box, type, press } = await open();
    await type('петр');
    await press('ArrowDown');
    await press('ArrowDown');
    expect(box.emitted('down')).toHaveLength(1);
    await type('зебра');
    await press('Enter');
    expect(box.emitted('down')).toHaveLength(2);
  });

  it('leave out those who have no number, and show a card on demand', async () => {
    const { box, type, names, cards } = await open();
    await type('анна');
    expect(names()).toEqual([]);
    await type('образец');
    await box.get('[data-testid=dial-person-card]').trigger('click');
    expect(cards.floating.map(({ title }) => title)).toEqual(['Ольга Демидова']);
  });

  it('go with the keyboard', async () => {
    const { box, type, input } = await open();
    await type('петр');
    await input.trigger('blur');
    expect(box.find('[data-testid=dial-suggestions]').exists()).toBe(false);
  });
});
