import { mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { useScreenStore } from '#renderer/app/screen-store.ts';
import { withHeight } from '#renderer/features/call-log/list-window.test-support.ts';
import { sampleCrowd, sampleDirectory, sampleNumber, samplePerson } from '#renderer/gallery/people-samples.ts';
import { useCardsStore } from './cards-store.ts';
import { useContactEditorStore } from './contact-editor-store.ts';
import { peopleWindow, plain, shown } from './people-window.test-support.ts';
import PeopleScreen from './PeopleScreen.vue';

async function open(part: Partial<DemoState> = {}) {
  const window = peopleWindow(part);
  const [screen, cards, editor] = window.run(() => [useScreenStore(), useCardsStore(), useContactEditorStore()]);
  const view = mount(PeopleScreen, { global: window.global, attachTo: document.body });
  await shown();
  const at = (testId: string) => view.get(`[data-testid=${testId}]`);
  const names = () => view.findAll('[data-testid=person-row] .name').map((name) => name.text());
  const type = async (text: string) => {
    await at('people-search').setValue(text);
    await vi.waitFor(() =>
      expect(window.bridge.calls.filter(({ args }) => (args as { text?: string }).text === text)).not.toEqual([]),
    );
    await shown();
  };
  const press = async (code: string) => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }));
    await shown();
  };
  return { ...window, screen, cards, editor, view, at, names, type, press };
}

describe('the screen of people', () => {
  withHeight();

  it('lists everybody with firm, role, number and sources', async () => {
    const { at, names, view } = await open();
    expect(names()).toEqual([
      'Анна Белова',
      'Иван Петров',
      'Мария Соколова',
      'Ольга Демидова',
      'Ольга Демидова',
      'Склад',
    ]);
    expect(at('people-count').text()).toBe('6 человек');
    const row = view.findAll('[data-testid=person-row]')[3]!;
    expect(row.text()).toContain('ООО «Образец» · директор');
    expect(row.text()).toContain('+7 903 000-00-42');
    expect(row.text()).toContain('Источники: Клиенты.xlsx, Outlook, 1С');
  });

  it('finds as it is typed, says how, and opens the first by Enter', async () => {
    const { at, names, type } = await open();
    await type('jkmuf j,hfptw');
    expect(names()).toEqual(['Ольга Демидова']);
    expect(plain(at('people-count').text())).toContain('по словам «ольга образец»');
    await at('people-search').trigger('submit');
    await shown();
    expect(at('person-name').text()).toBe('Ольга Демидова');
    await type('сделка');
    expect(plain(at('person-row').text())).toContain('нашли в отделе, заметке или другом номере');
  });

  it('is worked by the keyboard alone', async () => {
    const { at, press, commands, cards } = await open();
    await at('people-search').trigger('keydown', { key: 'ArrowDown' });
    await shown();
    await press('ArrowDown');
    await press('KeyC');
    expect(commands('calls.place')).toEqual([{ text: '+79160000001' }]);
    await press('Enter');
    expect(at('person-name').text()).toBe('Иван Петров');
    await press('KeyI');
    expect(cards.floating.map(({ title }) => title)).toEqual(['Иван Петров']);
    await press('End');
    expect(document.activeElement?.textContent).toContain('Склад');
    await press('Escape');
    expect(document.activeElement).toBe(at('people-search').element);
  });

  it('offers to call or to keep a number that nobody has', async () => {
    const { at, type, commands, editor } = await open();
    await type('+7 999 000-00-01');
    await at('people-dial').trigger('click');
    expect(commands('calls.place')).toEqual([{ text: '+7 999 000-00-01' }]);
    await at('people-add-number').trigger('click');
    expect(editor.editing?.draft.numbers).toEqual([{ text: '+7 999 000-00-01', label: 'mobile' }]);
  });

  it('is narrowed to one directory', async () => {
    const { at, names } = await open();
    await at('people-directory').setValue('ldap');
    await shown();
    expect(names()).toEqual(['Ольга Демидова', 'Склад']);
  });

  it('says what to do where no directory is connected yet', async () => {
    const { at, screen } = await open({ people: [], directories: [sampleDirectory('own', { entries: 0 })] });
    expect(plain(at('people-empty').text())).toContain('Подключите таблицу, Outlook, 1С');
    await at('people-connect').trigger('click');
    expect(screen.screen).toBe('settings');
  });

  it('says why it is empty when the people cannot be read, and tries again', async () => {
    const { at, bridge, names } = await open({ broken: ['people.list'] });
    expect(plain(at('people-problem').text())).toContain('Не получилось прочитать адресные книги.');
    bridge.state.broken = [];
    await at('people-retry').trigger('click');
    await shown();
    expect(names()).toHaveLength(6);
  });

  it('holds only what is in sight of a hundred thousand', async () => {
    const { at, view, commands } = await open({ people: [], crowd: sampleCrowd(100_000) });
    expect(at('people-count').text()).toMatch(/^100\s000 человек$/);
    expect(view.findAll('[data-testid=person-row]').length).toBeLessThan(40);
    expect(commands('people.list')).toHaveLength(1);
  });

  it('shows hostile text as text', async () => {
    const name = '<img src=x onerror=1>\u202eабв';
    const { names, view } = await open({
      people: [samplePerson({ name, firm: name, numbers: [sampleNumber('600', name)] })],
    });
    expect(names()).toEqual(['<img src=x onerror=1>абв']);
    expect(view.find('img').exists()).toBe(false);
  });
});
