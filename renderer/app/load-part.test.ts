import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { h, type AsyncComponentLoader, type Component } from 'vue';
import { testWindow } from '#renderer/gallery/test-window.ts';
import { loadPart } from './load-part.ts';

async function show(loader: AsyncComponentLoader<Component>) {
  const part = loadPart(loader);
  const screen = mount({ render: () => h('main', [h(part)]) }, { global: testWindow().global });
  await flushPromises();
  return screen;
}

describe('a part that is loaded when it is needed', () => {
  it('says that it could not be loaded, and offers to load the window again', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const screen = await show(() => Promise.reject(new Error('404')));
    expect(screen.get('[data-testid=part-missing]').text()).toContain('Обновите окно');
    expect(screen.find('[data-testid=part-reload]').exists()).toBe(true);
    warned.mockRestore();
  });

  it('is shown as it is once it is there', async () => {
    const screen = await show(() => Promise.resolve({ render: () => 'a report' }));
    expect(screen.text()).toBe('a report');
  });
});
