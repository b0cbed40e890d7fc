import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { peopleColumn, peopleExportRequest } from '#contract/ipc/index.ts';
import type { ExportProgress, PeopleColumn } from '#contract/ipc/index.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import PeopleExportMenu from './PeopleExportMenu.vue';

let unmount = () => {};
afterEach(() => unmount());

async function build(locale: 'ru' | 'en' = 'ru', columns?: PeopleColumn[]) {
  const window = testWindow(undefined, locale);
  const { bridge } = window;
  const saved: { content: Blob; name: string }[] = [];
  bridge.answer('exports.startPeople', () => ({ exportId: 'e1' }));
  bridge.answer('exports.read', () => ({ chunk: btoa('BEGIN:VCARD'), next: null }));
  bridge.answer('exports.cancel', () => ({}));
  const menu = mount(PeopleExportMenu, {
    global: window.global,
    attachTo: document.body,
    props: { columns, save: (content: Blob, name: string) => saved.push({ content, name }) },
  });
  unmount = () => menu.unmount();
  const choose = async (id: string) => {
    await menu.get('[data-testid=people-export-menu]').trigger('click', { button: 0 });
    await nextTick();
    document.querySelector<HTMLElement>(`[data-testid=people-export-${id}]`)?.click();
    await settle();
  };
  const tell = async (part: Partial<ExportProgress>) => {
    const progress = { exportId: 'e1', rows: 0, total: 21, state: 'working', error: null, bytes: null } as const;
    bridge.emit('exports.progress', { ...progress, fileName: 'Мои контакты 2026-11-25.vcf', ...part });
    await settle();
  };
  return { ...window, menu, saved, choose, tell };
}

describe('the menu that exports people', () => {
  it('asks for own contacts as cards with words of its language, and saves them as one file', async () => {
    const { menu, saved, choose, tell, commands } = await build();
    await choose('own-vcf');
    const [request] = commands('exports.startPeople');
    expect(peopleExportRequest.parse(request)).toMatchObject({
      ...{ people: 'own', format: 'vcf', language: 'ru', columns: peopleColumn.options },
      words: { title: 'Мои контакты', extension: 'доб.', labels: { work: 'Рабочий' }, columns: { number: 'Телефон' } },
    });
    expect(menu.get('[data-testid=export-progress]').text()).toContain('Собираем людей');
    await tell({ rows: 21, state: 'done', bytes: 11 });
    expect(await saved[0]?.content.text()).toBe('BEGIN:VCARD');
    expect(saved[0]?.content.type).toBe('text/vcard;charset=utf-8');
    expect(menu.get('[data-testid=export-saved]').text()).toContain(
      '«Мои контакты 2026-11-25.vcf» сохранён: 21 человек.',
    );
  });

  it('asks for everybody as a table of the columns that it is given', async () => {
    const { choose, commands } = await build('en', ['name', 'number']);
    await choose('all-xlsx');
    expect(commands('exports.startPeople')).toMatchObject([
      { people: 'all', format: 'xlsx', language: 'en', columns: ['name', 'number'], words: { title: 'Everybody' } },
    ]);
  });

  it('says why there is no file, and can be stopped', async () => {
    const { menu, choose, tell, commands } = await build();
    await choose('all-csv');
    await menu.get('[data-testid=export-cancel]').trigger('click');
    expect(commands('exports.cancel')).toEqual([{ exportId: 'e1' }]);
    await choose('all-csv');
    await tell({ state: 'failed', error: { code: 'export.full', values: {}, detail: 'ENOSPC' } });
    expect(menu.get('[data-testid=error-notice]').attributes('data-code')).toBe('export.full');
  });
});
