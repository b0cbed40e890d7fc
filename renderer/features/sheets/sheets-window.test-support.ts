import { mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, vi } from 'vitest';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import type { DemoSheet } from '#renderer/bridge/demo-sheets.ts';
import type { DemoState } from '#renderer/bridge/demo-bridge.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { useScreenStore } from '#renderer/app/screen-store.ts';
import { withHeight } from '#renderer/features/call-log/list-window.test-support.ts';
import { plain, shown } from '#renderer/features/people/people-window.test-support.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import SheetsScreen from './SheetsScreen.vue';

const mounted: VueWrapper[] = [];

const height = 380;

/** Pages as high as a small window, which go after each test: one that stays would answer to the keys of the next. */
export function withPages(): void {
  // A whole table is drawn several times in some of them.
  vi.setConfig({ testTimeout: 20_000 });
  withHeight();
  beforeEach(() => {
    Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { value: height, configurable: true });
    Object.defineProperty(HTMLElement.prototype, 'clientHeight', { value: height, configurable: true });
  });
  afterEach(() => mounted.splice(0).forEach((view) => view.unmount()));
}

/** The page of sheets on an office that has some. */
export async function openSheets(sheets: DemoSheet[], part: Partial<DemoState> = {}) {
  const window = testWindow({ ...emptyState(), sheets, ...part });
  const [screen, notices] = window.run(() => [useScreenStore(), useNoticesStore()]);
  screen.show('sheets');
  const view = mount(SheetsScreen, { global: window.global, attachTo: document.body });
  mounted.push(view);
  await shown();
  const at = (testId: string) => view.get(`[data-testid=${testId}]`);
  const has = (testId: string) => view.find(`[data-testid=${testId}]`).exists();
  const text = (testId: string) => plain(at(testId).text());
  const click = async (testId: string) => {
    await at(testId).trigger('click');
    await shown();
  };
  const names = () => view.findAll('[data-testid=sheet-row] .name').map((name) => name.text());
  const press = async (code: string, more: KeyboardEventInit = {}) => {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent('keydown', { code, key: code, bubbles: true, cancelable: true, ...more }));
    await shown();
  };
  const search = async (words: string) => {
    const before = window.commands('sheets.page').length;
    await at('sheet-search').setValue(words);
    await vi.waitFor(() => {
      if (window.commands('sheets.page').length === before) throw new Error('not asked yet');
    });
    await shown();
  };
  /** In a dialog, which is a child of the page's body. */
  const confirm = async () => {
    document.querySelector<HTMLElement>('[data-testid=confirm]')?.click();
    await shown();
  };
  const demo = window.bridge.sheets;
  return { ...window, screen, notices, view, at, has, text, click, names, press, search, confirm, demo };
}
