import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { useCallListStore } from '#renderer/features/call-log/call-list-store.ts';
import { useCallLogStore } from '#renderer/features/call-log/call-log-store.ts';
import { sampleDay } from '#renderer/gallery/call-log-samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useShortcuts } from './use-shortcuts.ts';

async function build() {
  const window = testWindow({ ...emptyState(), ...sampleDay() });
  const [log, list] = window.run(() => [useCallLogStore(), useCallListStore()]);
  await log.load();
  const page = defineComponent({
    setup() {
      useShortcuts();
      return () => h('input', { 'data-testid': 'dial-box' });
    },
  });
  const view = mount(page, { global: window.global, attachTo: document.body });
  const press = async (part: KeyboardEventInit) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...part }));
    await settle();
  };
  const placed = () => window.commands('calls.place');
  return { ...window, log, list, view, press, placed };
}

describe('the keys of the window', () => {
  afterEach(() => {
    document.body.innerHTML = '';
  });

  it('call the chosen call, else the row that the list is at, else nobody', async () => {
    const { log, list, press, placed, view } = await build();
    await press({ code: 'KeyC', altKey: true });
    expect(placed()).toEqual([]);
    list.activeKey = list.rows.find((row) => row.kind === 'party' && row.call.record.id === 'olga')!.key;
    await press({ code: 'KeyC', altKey: true });
    log.select(await log.get('unknown'));
    await press({ code: 'KeyC', altKey: true });
    expect(placed()).toEqual([{ text: '+79030000042' }, { text: '+79160000017' }]);
    view.unmount();
  });

  it('redial the last number', async () => {
    const { press, commands, view } = await build();
    await press({ code: 'KeyD', altKey: true });
    expect(commands('calls.redial')).toHaveLength(1);
    view.unmount();
  });

  it('lead to the box by Ctrl+F and by a slash', async () => {
    const { press, view } = await build();
    for (const key of [
      { code: 'KeyF', ctrlKey: true },
      { code: 'Slash', key: '/' },
    ]) {
      (document.activeElement as HTMLElement | null)?.blur();
      await press(key);
      expect(document.activeElement?.getAttribute('data-testid')).toBe('dial-box');
    }
    view.unmount();
  });
});
