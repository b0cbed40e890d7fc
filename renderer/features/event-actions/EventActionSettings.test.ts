import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { eventActionCommands } from '#contract/ipc/index.ts';
import { noAutomations } from '#renderer/bridge/demo-automations.ts';
import type { DemoAutomationState } from '#renderer/bridge/demo-automations.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { sampleAutomations } from '#renderer/gallery/automation-states.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import EventActionSettings from './EventActionSettings.vue';

/** With spaces that may break. */
const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u00a0', ' ');
let unmount = () => {};
afterEach(() => unmount());

async function open(automations: DemoAutomationState) {
  const window = testWindow({ ...emptyState(), automations });
  const page = mount(EventActionSettings, { global: window.global, attachTo: document.body });
  unmount = () => page.unmount();
  await settle();
  // Dialogs stand beside the page.
  const find = <E extends HTMLElement>(testId: string, index = 0) =>
    document.querySelectorAll<E>(`[data-testid=${testId}]`)[index];
  const click = async (testId: string, index = 0) => {
    find(testId, index)?.click();
    await settle();
  };
  const type = async (testId: string, text: string) => {
    const field = find<HTMLInputElement>(testId);
    if (!field) throw new Error(`no ${testId}`);
    field.value = text;
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input'));
    await settle();
  };
  return { ...window, page, find, click, type };
}

describe('the page of event actions', () => {
  it('adds one that posts a signed webhook', async () => {
    const { click, type, commands, page } = await open(noAutomations());
    expect(page.text()).toContain('Действий пока нет');
    await click('add-action');
    await type('action-label', ' Заявки ');
    await click('action-event-ring');
    await click('action-event-missed');
    await type('action-kind', 'webhook');
    await type('action-url', 'https://desk.example/hook');
    await type('action-secret', 'тайна');
    await click('save-action');
    const [saved] = commands('eventActions.save');
    expect(eventActionCommands['eventActions.save'].args.parse(saved)).toEqual({
      action: {
        ...{
          id: null,
          label: 'Заявки',
          enabled: true,
          events: ['missed'],
          direction: 'any',
          internal: false,
          lineId: null,
        },
        task: { kind: 'webhook', url: 'https://desk.example/hook' },
      },
      secret: 'тайна',
    });
    expect(page.findAll('[data-testid=event-action]')).toHaveLength(1);
    expect(document.querySelector('[data-testid=action-editor]')).toBeNull();
  });

  it('says what is missing before anything is sent', async () => {
    const { click, commands, find } = await open(noAutomations());
    await click('add-action');
    await click('action-event-ring');
    await click('save-action');
    expect(commands('eventActions.save')).toEqual([]);
    expect(find('action-label')?.getAttribute('aria-invalid')).toBe('true');
    expect(find('action-address')?.getAttribute('aria-invalid')).toBe('true');
    expect(plain(find('action-editor')?.textContent)).toContain('Выберите хотя бы одно событие.');
  });

  it('puts a placeholder where the cursor stands', async () => {
    const { click, type, find } = await open(noAutomations());
    await click('add-action');
    await type('action-address', 'https://x.example/?p=&n=1');
    find<HTMLInputElement>('action-address')?.setSelectionRange(21, 21);
    await click('placeholder', 0);
    expect(find<HTMLInputElement>('action-address')?.value).toBe('https://x.example/?p={number}&n=1');
  });

  it('shows what a trial said', async () => {
    const trial = { code: 'action.program-missing', values: { program: 'player.exe' }, detail: 'ENOENT' } as const;
    const automations = sampleAutomations({ trial });
    const { click, find } = await open(automations);
    await click('edit-action', 1);
    await click('test-action');
    expect(find('error-notice')?.textContent).toContain('player.exe');
    automations.trial = null;
    await click('test-action');
    expect(find('action-passed')?.textContent).toContain('Программа запущена');
  });

  it('switches one off, and removes one after asking', async () => {
    const { click, commands, page } = await open(sampleAutomations());
    await click('action-enabled', 0);
    expect(commands('eventActions.save')).toMatchObject([{ action: { id: 'crm', enabled: false }, secret: null }]);
    await click('edit-action', 2);
    await click('remove-action');
    await click('confirm');
    expect(commands('eventActions.remove')).toEqual([{ actionId: 'hook' }]);
    expect(page.findAll('[data-testid=event-action]')).toHaveLength(2);
  });

  it('shows the last runs, with what went wrong', async () => {
    const { page } = await open(sampleAutomations());
    const runs = page.findAll('[data-testid=action-run]').map((run) => plain(run.text()));
    expect(runs).toHaveLength(5);
    expect(runs[1]).toContain('desk.office.example не отвечает');
  });
});
