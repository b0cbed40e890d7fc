import { mount } from '@vue/test-utils';
import { afterEach, beforeEach } from 'vitest';
import { nextTick } from 'vue';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { useDialStore } from '#renderer/features/call/dial-store.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useCallFilterStore } from './call-filter-store.ts';
import { useCallListStore } from './call-list-store.ts';
import { useCallLogStore } from './call-log-store.ts';
import RecordList from './RecordList.vue';

/** The page of tests has no layout: its elements are as high as a window all the same. */
export function withHeight(): void {
  beforeEach(() => {
    for (const name of ['offsetHeight', 'clientHeight']) {
      Object.defineProperty(HTMLElement.prototype, name, { value: 780, configurable: true });
    }
  });
  afterEach(() => {
    for (const name of ['offsetHeight', 'clientHeight']) Reflect.deleteProperty(HTMLElement.prototype, name);
    document.body.innerHTML = '';
  });
}

/** Lets answers come and what they change be drawn. */
export async function drawn(): Promise<void> {
  await settle();
  await nextTick();
  await settle();
}

export async function openList(part: Partial<DemoState> = {}) {
  const window = testWindow({ ...emptyState(), ...part });
  const [list, log, dial, filters] = window.run(() => [
    useCallListStore(),
    useCallLogStore(),
    useDialStore(),
    useCallFilterStore(),
  ]);
  await log.load();
  const view = mount(RecordList, { global: window.global, props: { withoutTabs: false }, attachTo: document.body });
  await drawn();
  const rows = () => view.findAll('[data-testid=call-record]');
  const ids = () => list.calls.map(({ record }) => record.id);
  const press = async (code: string) => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }));
    await drawn();
  };
  return { ...window, list, log, dial, filters, view, rows, ids, press };
}
