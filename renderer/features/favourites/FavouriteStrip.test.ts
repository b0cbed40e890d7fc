import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { sampleFavourites } from '#renderer/gallery/call-log-samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useFavouritesStore } from './favourites-store.ts';
import FavouriteStrip from './FavouriteStrip.vue';

async function build(favourites = sampleFavourites()) {
  const window = testWindow({ ...emptyState(), favourites });
  const [store, notices] = window.run(() => [useFavouritesStore(), useNoticesStore()]);
  await store.load();
  const strip = mount(FavouriteStrip, { global: window.global, attachTo: document.body });
  const buttons = () => strip.findAll('[data-testid=favourite-dial]');
  const names = () => buttons().map((button) => button.get('span').text());
  return { ...window, strip, buttons, names, notices };
}

describe('favourites', () => {
  it('dial by one click, and show the number of one without a name', async () => {
    const { buttons, names, commands } = await build();
    expect(names()).toEqual(['Бухгалтерия', 'Ольга Демидова', '+7 800 000-00-55']);
    await buttons()[1]!.trigger('click');
    expect(commands('calls.place')).toEqual([{ text: '+79030000042' }]);
  });

  it('say how to have some, where there are none', async () => {
    const { strip } = await build([]);
    expect(strip.text()).toContain('звёздочкой');
  });

  it('change their order by Shift and an arrow, and keep the keyboard', async () => {
    const { buttons, names, commands } = await build();
    await buttons()[0]!.trigger('keydown', { key: 'ArrowRight', shiftKey: true });
    await settle();
    expect(names()).toEqual(['Ольга Демидова', 'Бухгалтерия', '+7 800 000-00-55']);
    expect(commands('people.sortFavourites')).toEqual([{ partyKeys: ['+79030000042', '110', '+78000000055'] }]);
    expect(document.activeElement?.textContent).toContain('Бухгалтерия');
  });

  it('change their order by dragging', async () => {
    const { strip, names } = await build();
    const items = strip.findAll('[data-testid=favourite]');
    await items[2]!.trigger('dragstart');
    await items[0]!.trigger('dragover');
    await items[0]!.trigger('drop');
    await settle();
    expect(names()[0]).toBe('+7 800 000-00-55');
  });

  it('stand as before where the order could not be kept, and say why', async () => {
    const { bridge, buttons, names, notices } = await build();
    bridge.state.broken = ['people.sortFavourites'];
    await buttons()[0]!.trigger('keydown', { key: 'ArrowRight', shiftKey: true });
    await settle();
    expect(names()[0]).toBe('Бухгалтерия');
    expect(notices.notices).toHaveLength(1);
  });

  it('go by Delete or by their cross', async () => {
    const { buttons, names, strip } = await build();
    await buttons()[0]!.trigger('keydown', { key: 'Delete' });
    await settle();
    await strip.get('[data-testid=favourite-remove]').trigger('click');
    await settle();
    expect(names()).toEqual(['+7 800 000-00-55']);
  });
});
