import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { journalCommands } from '#contract/ipc/index.ts';
import { noAutomations } from '#renderer/bridge/demo-automations.ts';
import type { DemoAutomationState } from '#renderer/bridge/demo-automations.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { ownDirectory } from '#renderer/bridge/demo-directories.ts';
import { sampleAutomations, sampleOnec } from '#renderer/gallery/automation-states.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import JournalSettings from './JournalSettings.vue';

/** With spaces that may break. */
const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u00a0', ' ');
let unmount = () => {};
afterEach(() => unmount());

async function open(automations: DemoAutomationState, directories = [ownDirectory(), sampleOnec()]) {
  const state = emptyState();
  const sources = { ...state.sources, list: directories };
  const window = testWindow({ ...state, sources, automations });
  const page = mount(JournalSettings, { global: window.global, attachTo: document.body });
  unmount = () => page.unmount();
  await settle();
  const find = <E extends HTMLElement>(testId: string, index = 0) =>
    document.querySelectorAll<E>(`[data-testid=${testId}]`)[index];
  const click = async (testId: string, index = 0) => {
    find(testId, index)?.click();
    await settle();
  };
  const choose = async (testId: string, value: string) => {
    const field = find<HTMLSelectElement>(testId);
    if (!field) throw new Error(`no ${testId}`);
    field.value = value;
    field.dispatchEvent(new Event('change'));
    await settle();
  };
  return { ...window, page, find, click, choose };
}

describe('the page of journals', () => {
  it('adds one in 1C through the connection that there is, after a look at it', async () => {
    const { click, choose, commands, find, page } = await open(noAutomations());
    await click('add-journal');
    await choose('journal-calls', 'all');
    await click('test-journal');
    expect(plain(find('journal-passed')?.textContent)).toContain('Записать можно: trade.');
    await click('save-journal');
    const [saved] = commands('journals.save');
    expect(journalCommands['journals.save'].args.parse(saved)).toEqual({
      ...{ id: null, enabled: true, calls: 'all', internal: false },
      config: { kind: 'onec', directoryId: 'trade' },
    });
    expect(page.find('[data-testid=journal]').text()).toContain('Управление торговлей');
  });

  it('says what is to be connected first', async () => {
    const { click, choose, find } = await open(noAutomations(), [ownDirectory()]);
    await click('add-journal');
    expect(plain(find('journal-no-connection')?.textContent)).toContain('Нет подключения к 1С.');
    expect(find<HTMLButtonElement>('save-journal')?.disabled).toBe(true);
    await choose('journal-kind', 'outlook');
    expect(find('journal-no-connection')).toBeUndefined();
    expect(find<HTMLButtonElement>('save-journal')?.disabled).toBe(false);
  });

  it('shows what waits, why, and what can be done about it', async () => {
    const { page, click, commands } = await open(sampleAutomations());
    const rows = page.findAll('[data-testid=delivery]').map((row) => plain(row.text()));
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/Управление торговлей.*5 попыток.*1c\.office\.example не отвечает/s);
    expect(rows[1]).toMatch(/Не принято.*Document_ТелефонныйЗвонок/s);
    await click('retry-delivery', 1);
    await click('drop-delivery', 0);
    expect(commands('deliveries.drop')).toEqual([]);
    await click('confirm');
    await click('retry-all');
    expect(commands('deliveries.retry')).toEqual([{ ids: [2] }, { ids: [] }]);
    expect(commands('deliveries.drop')).toEqual([{ ids: [1] }]);
    expect(page.findAll('[data-testid=delivery]')).toHaveLength(2);
  });

  it('switches one off, and removes one after asking', async () => {
    const { click, commands, page } = await open(sampleAutomations());
    await click('journal-enabled', 0);
    expect(commands('journals.save')).toMatchObject([{ id: 'j1', enabled: false }]);
    await click('edit-journal', 1);
    await click('remove-journal');
    await click('confirm');
    expect(commands('journals.remove')).toEqual([{ journalId: 'j2' }]);
    expect(page.findAll('[data-testid=journal]')).toHaveLength(1);
  });
});
