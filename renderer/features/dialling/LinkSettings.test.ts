import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { plain, shown } from '#renderer/features/people/people-window.test-support.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import LinkSettings from './LinkSettings.vue';

async function build(change: (state: ReturnType<typeof emptyState>) => void = () => undefined) {
  const state = emptyState();
  change(state);
  const window = testWindow(state);
  const page = mount(LinkSettings, { global: window.global });
  await shown();
  return { ...window, page };
}

describe('the settings of links', () => {
  it('take the links and give them back', async () => {
    const { page, commands } = await build();
    await page.get('[data-testid=links-register]').trigger('click');
    await shown();
    expect(page.findAll('[data-testid=links-scheme]').every((row) => row.text().includes('открывает Offhook'))).toBe(
      true,
    );
    await page.get('[data-testid=links-remove]').trigger('click');
    await shown();
    expect(commands('links.register')).toEqual([{ register: true }, { register: false }]);
    expect(page.find('[data-testid=links-remove]').exists()).toBe(false);
  });

  it('say that the choice is to be made in the system’s own page', async () => {
    const { page, bridge } = await build();
    bridge.answer('links.register', () => ({ done: 'settings' }));
    await page.get('[data-testid=links-register]').trigger('click');
    await shown();
    expect(page.get('[role=status]').text()).toContain('параметры системы');
  });

  it('say where the system leaves it to others', async () => {
    const { page } = await build((state) => (state.dialling.links = { supported: false, schemes: [] }));
    expect(page.find('[data-testid=links-register]').exists()).toBe(false);
    expect(plain(page.text())).toContain('не может сам');
  });

  it('list the programs that are trusted, and take it back', async () => {
    const { page, commands } = await build((state) => state.dialling.trusted.push({ id: '/opt/crm', name: 'CRM' }));
    expect(page.get('[data-testid=trusted-program]').text()).toBe('CRM/opt/crm');
    await page.get('[data-testid=trusted-remove]').trigger('click');
    await shown();
    expect(commands('dialRequests.distrust')).toEqual([{ originId: '/opt/crm' }]);
    expect(page.find('[data-testid=trusted-program]').exists()).toBe(false);
  });
});
