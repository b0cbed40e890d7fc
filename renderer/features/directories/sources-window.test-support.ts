import { mount } from '@vue/test-utils';
import { h } from 'vue';
import type { CommandName } from '#contract/ipc/index.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { useSessionStore } from '#renderer/app/session-store.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { noSources } from '#renderer/bridge/demo-directories.ts';
import type { DemoSources } from '#renderer/bridge/demo-directories.ts';
import { sampleFiles, samplePreview } from '#renderer/gallery/sample-sources.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import type { LocaleName } from '#renderer/locales/create-locales.ts';
import DirectorySettings from './DirectorySettings.vue';
import { useDirectoriesStore } from './directories-store.ts';
import { useSourceSetupStore } from './source-setup-store.ts';

/** The page of address books as it stands in the settings, with an agent in memory. */
export async function openSourcesPage(
  sources: Partial<DemoSources> = {},
  locale: LocaleName = 'ru',
  broken: CommandName[] = [],
) {
  const state = {
    ...emptyState(),
    broken,
    sources: { ...noSources(), preview: samplePreview, files: sampleFiles, ...sources },
  };
  const window = testWindow(state, locale);
  const [, directories, setup, notices] = window.run(() => [
    useSessionStore(),
    useDirectoriesStore(),
    useSourceSetupStore(),
    useNoticesStore(),
  ]);
  window.bridge.start();
  await settle();
  const page = mount(DirectorySettings, {
    global: window.global,
    attachTo: document.body,
    slots: { default: () => h('p', { 'data-testid': 'slot' }) },
  });
  await settle();
  const find = (id: string) => page.get(`[data-testid="${id}"]`);
  const has = (id: string) => page.find(`[data-testid="${id}"]`).exists();
  const click = async (id: string) => {
    await find(id).trigger('click');
    await settle();
  };
  /** Of what stands outside of the page: menus and dialogs. */
  const press = async (id: string) => {
    document.querySelector<HTMLElement>(`[data-testid="${id}"]`)?.click();
    await settle();
  };
  const type = async (id: string, text: string) => {
    await find(id).setValue(text);
    await settle();
  };
  const next = async () => {
    await page.get('form').trigger('submit');
    await settle();
  };
  const row = (name: string) => page.findAll('[data-testid=source]').find((each) => each.get('h2').text() === name)!;
  const names = () => page.findAll('[data-testid=source] h2').map((each) => each.text());
  const text = () => page.text().replaceAll('\u00a0', ' ');
  const dialog = () => document.querySelector('[role=alertdialog]')?.textContent?.replaceAll('\u00a0', ' ') ?? '';
  return {
    ...window,
    page,
    directories,
    setup,
    notices,
    find,
    has,
    click,
    press,
    type,
    next,
    row,
    names,
    text,
    dialog,
  };
}
