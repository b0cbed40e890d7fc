import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import type { ExportProgress } from '#contract/ipc/index.ts';
import { exportRequest } from '#contract/ipc/index.ts';
import { OffhookError } from '#contract/errors.ts';
import { sampleLoggedCall } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import ExportMenu from './ExportMenu.vue';
import { mostPrinted } from './print-store.ts';

const progressOf = (part: Partial<ExportProgress> = {}): ExportProgress => ({
  ...{ exportId: 'e1', rows: 0, total: 3000, state: 'working', error: null, bytes: null },
  fileName: 'Звонки 2026-11-25.xlsx',
  ...part,
});

let unmount = () => {};
afterEach(() => unmount());

async function build(locale: 'ru' | 'en' = 'ru') {
  const window = testWindow(undefined, locale);
  const { bridge } = window;
  const saved: { content: Blob; name: string }[] = [];
  let dialogs = 0;
  bridge.answer('exports.start', () => ({ exportId: 'e1' }));
  bridge.answer('exports.cancel', () => ({}));
  const menu = mount(ExportMenu, {
    global: window.global,
    attachTo: document.body,
    props: {
      filter: { text: 'счёт' },
      save: (content, name) => saved.push({ content, name }),
      openPrintDialog: () => void (dialogs += 1),
    },
  });
  unmount = () => menu.unmount();
  const choose = async (id: string) => {
    await menu.get('[data-testid=export-menu]').trigger('click', { button: 0 });
    await nextTick();
    document.querySelector<HTMLElement>(`[data-testid=export-${id}]`)?.click();
    await settle();
  };
  const tell = async (part: Partial<ExportProgress>) => {
    bridge.emit('exports.progress', progressOf(part));
    await settle();
  };
  return { ...window, menu, saved, choose, tell, dialogs: () => dialogs };
}

describe('the menu of exports', () => {
  it('sends the filter with words of its language, shows how far it is, and saves the pieces as one file', async () => {
    const { bridge, menu, saved, choose, tell, commands } = await build();
    bridge.answer('exports.read', ({ offset }) =>
      offset === 0 ? { chunk: btoa('PK'), next: 2 } : { chunk: btoa('34'), next: null },
    );
    await choose('xlsx');
    const [request] = commands('exports.start');
    expect(exportRequest.parse(request)).toMatchObject({
      filter: { text: 'счёт' },
      format: 'xlsx',
      language: 'ru',
      words: { title: 'Звонки', yes: 'да' },
    });
    await tell({ rows: 1200 });
    expect(menu.get('[data-testid=export-progress]').text().replace(/\s/g, ' ')).toContain('Выгружено 1 200 из 3 000');
    await tell({ rows: 3000, state: 'done', bytes: 4 });
    expect(await saved[0]?.content.text()).toBe('PK34');
    expect(saved[0]?.name).toBe('Звонки 2026-11-25.xlsx');
    expect(menu.get('[data-testid=export-saved]').text()).toContain('Звонки 2026-11-25.xlsx');
  });

  it('names the unit of durations in CSV, where they are bare numbers', async () => {
    const { choose, commands } = await build('en');
    await choose('csv');
    expect(commands('exports.start')).toMatchObject([
      { language: 'en', words: { columns: { waiting: 'Waiting, s', talking: 'Talk time, s' } } },
    ]);
  });

  it('stops when the user cancels, and saves nothing', async () => {
    const { menu, saved, choose, tell, commands } = await build();
    await choose('csv');
    await tell({ rows: 10 });
    await menu.get('[data-testid=export-cancel]').trigger('click');
    await tell({ state: 'done', bytes: 4 });
    expect(commands('exports.cancel')).toEqual([{ exportId: 'e1' }]);
    expect(saved).toEqual([]);
    expect(menu.find('[data-testid=export-progress]').exists()).toBe(false);
  });

  it('says in a sentence that the disk is full, and that two exports are running', async () => {
    const { bridge, menu, choose, tell } = await build();
    await choose('xlsx');
    await tell({ state: 'failed', error: { code: 'export.full', values: {}, detail: 'ENOSPC' } });
    expect(menu.get('[data-testid=error-notice]').text().replace(/\s/g, ' ')).toContain('На диске не хватило места');
    bridge.answer('exports.start', () => {
      throw new OffhookError('export.limit-reached');
    });
    await choose('xlsx');
    expect(menu.get('[data-testid=error-notice]').attributes('data-code')).toBe('export.limit-reached');
  });

  it('does not wait for an agent that went away', async () => {
    const { bridge, menu, choose } = await build();
    await choose('xlsx');
    bridge.lose();
    await settle();
    expect(menu.get('[data-testid=error-notice]').attributes('data-code')).toBe('bridge.closed');
  });
});

describe('printing', () => {
  const page = (count: number, total: number) => (args: { after?: string | null; limit?: number }) => {
    const from = Number(args.after ?? 0);
    const size = Math.min(args.limit ?? 100, total - from);
    const calls = Array.from({ length: Math.min(size, count) }, (_each, index) =>
      sampleLoggedCall({ id: `r${from + index}`, offeredAt: 1_764_000_000_000 }),
    );
    return { calls, next: from + size < total ? String(from + size) : null };
  };

  it('lays out what is shown with the filter in words, and opens the dialog once', async () => {
    const { bridge, choose, dialogs } = await build();
    bridge.answer('callLog.count', () => ({ count: 2 }));
    bridge.answer('callLog.query', page(500, 2));
    await choose('print');
    const view = document.querySelector('[data-testid=print-view]')!;
    expect(view.querySelectorAll('tbody tr')).toHaveLength(2);
    expect(view.querySelector('.page-head')?.textContent?.replace(/\s+/g, ' ')).toMatch(
      /Звонки поиск «счёт» · 24 нояб\. 2025 г\. · 2 звонка/,
    );
    expect(dialogs()).toBe(1);
    window.dispatchEvent(new Event('afterprint'));
    await nextTick();
    expect(document.querySelector('[data-testid=print-view]')).toBeNull();
  });

  it('stops at a number of rows, and says so with the number', async () => {
    const { bridge, choose } = await build();
    bridge.answer('callLog.count', () => ({ count: 2400 }));
    bridge.answer('callLog.query', page(500, 2400));
    await choose('print');
    const view = document.querySelector('[data-testid=print-view]')!;
    expect(view.querySelectorAll('tbody tr')).toHaveLength(mostPrinted);
    expect(view.querySelector('.left')?.textContent?.replace(/\s/g, ' ')).toContain('первые 2 000 из 2 400');
  });

  it('tells what the agent says when it cannot', async () => {
    const { bridge, choose, dialogs, run } = await build();
    bridge.answer('callLog.count', () => {
      throw new OffhookError('storage.failed');
    });
    await choose('print');
    expect(dialogs()).toBe(0);
    expect(run(() => useNoticesStore()).notices[0]?.error.code).toBe('storage.failed');
  });
});
