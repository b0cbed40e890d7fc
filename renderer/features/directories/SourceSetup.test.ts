import { afterEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { directoryCommands } from '#contract/ipc/index.ts';
import type { SheetMapping } from '#contract/ipc/index.ts';
import { sheetPreview } from '#renderer/gallery/sample-sheet.ts';
import { settle } from '#renderer/gallery/test-window.ts';
import { openSourcesPage } from './sources-window.test-support.ts';

let unmount = () => {};
afterEach(() => {
  unmount();
  vi.useRealTimers();
});

async function build(...args: Parameters<typeof openSourcesPage>) {
  const window = await openSourcesPage(...args);
  unmount = () => window.page.unmount();
  const begin = async (kind: string) => {
    await window.click('add-source');
    await window.click(`kind-${kind}`);
  };
  const step = () => window.find('source-setup').attributes('data-step');
  return { ...window, begin, step };
}

describe('connecting a sheet', () => {
  const chosen = 'C:\\Users\\Olga\\Documents\\Клиенты.xlsx';

  it('goes from the file over the preview to a name, and takes nothing over before', async () => {
    const { begin, page, click, next, step, find, commands, names } = await build();
    await begin('sheet');
    await page
      .findAll('[data-testid=file-folder]')
      .find((each) => each.text() === 'Documents')!
      .trigger('click');
    await settle();
    expect(page.findAll('[data-testid=file-entry]').map((each) => each.text())).not.toContain('Договор.docx');
    await page
      .findAll('[data-testid=file-entry]')
      .find((each) => each.text() === 'Клиенты.xlsx')!
      .trigger('click');
    await next();
    expect(step()).toBe('preview');
    await next();
    expect((find('source-label').element as HTMLInputElement).value).toBe('Клиенты');
    expect(commands('directories.add')).toEqual([]);
    await click('setup-next');
    const [added] = commands('directories.add');
    const parsed = directoryCommands['directories.add'].args.parse(added);
    expect(parsed).toMatchObject({
      label: 'Клиенты',
      everyMinutes: 15,
      secret: null,
      config: { kind: 'sheet', path: chosen },
    });
    expect(names()).toEqual(['Свои контакты', 'Клиенты']);
  });

  it('remembers the columns as recognised and confirmed', async () => {
    const { begin, type, next, commands } = await build();
    await begin('sheet');
    await type('source-path', chosen);
    for (let at = 0; at < 3; at++) await next();
    const [{ config }] = commands('directories.add') as [
      { config: { mappings: { file: string; columns: unknown[] }[] } },
    ];
    expect(config.mappings).toHaveLength(1);
    expect(config.mappings[0]).toMatchObject({ file: 'Клиенты.xlsx', headerRow: 1 });
    expect(config.mappings[0]!.columns[4]).toEqual({ column: 4, heading: 'Телефон', role: 'number', label: 'work' });
  });

  it('asks for a new preview a moment after a role was changed, and shows the role at once', async () => {
    const { begin, type, next, find, commands, text } = await build();
    await begin('sheet');
    await type('source-path', chosen);
    await next();
    expect(text()).toContain('Петров Иван Сергеевич');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await find('role-1').setValue('ignored');
    await find('role-2').setValue('ignored');
    await settle();
    expect((find('role-1').element as HTMLSelectElement).value).toBe('ignored');
    expect(text()).toContain('Не выбрано, в каком столбце имя');
    expect(commands('directories.preview')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(400);
    await settle();
    expect(commands('directories.preview')).toHaveLength(2);
    expect(text()).toContain('Без имени');
  });

  it('marks numbers that cannot be read, in the table and in the result', async () => {
    const { begin, type, next, page, text } = await build();
    await begin('sheet');
    await type('source-path', chosen);
    await next();
    expect(text()).toContain('«см. визитку» — не номер');
    expect(page.findAll('td.wrong').map((cell) => cell.text())).toContain('см. визитку');
  });

  it('takes another heading row by a click, and says where there are no columns of use', async () => {
    const { begin, type, next, click, find, commands, text } = await build({
      preview: sheetPreview({ headed: false }),
    });
    await begin('sheet');
    await type('source-path', chosen);
    await next();
    expect(text()).toContain('звонящих по этой таблице не узнать');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await click('header-3');
    await vi.advanceTimersByTimeAsync(400);
    expect((find('mapping-header').element as HTMLSelectElement).value).toBe('3');
    expect(commands('directories.preview').at(-1)).toMatchObject({
      config: { mappings: [{ headerRow: 3, columns: [] }] },
    });
  });

  it('keeps the label of a number as a word of every language', async () => {
    const { begin, type, next, find, setup } = await build();
    await begin('sheet');
    await type('source-path', chosen);
    await next();
    await find('label-4').setValue('Домашний');
    expect(setup.draft.mappings[0]!.columns[4]).toMatchObject({ label: 'home' });
    await find('label-4').setValue('склад');
    expect(setup.draft.mappings[0]!.columns[4]).toMatchObject({ label: 'склад' });
  });

  it('reads several sheets of a workbook, each with its own columns', async () => {
    const { begin, type, next, click, find, setup, commands } = await build();
    await begin('sheet');
    await type('source-path', chosen);
    await next();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await click('sheet-more');
    await vi.advanceTimersByTimeAsync(400);
    await settle();
    await find('role-9').setValue('shown');
    await vi.advanceTimersByTimeAsync(400);
    await setup.advance();
    await setup.advance();
    const [{ config }] = commands('directories.add') as [{ config: { mappings: SheetMapping[] } }];
    const read = config.mappings.map(({ sheet, columns }) => [sheet, columns[9]!.role]);
    expect(read).toEqual([
      ['Лист1', 'ignored'],
      ['Архив 2024', 'shown'],
    ]);
  });

  it('leaves out a sheet again', async () => {
    const { begin, type, next, click, has, setup } = await build();
    await begin('sheet');
    await type('source-path', chosen);
    await next();
    expect(has('sheet-less')).toBe(false);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await click('sheet-more');
    await vi.advanceTimersByTimeAsync(400);
    await settle();
    await click('sheet-less');
    expect(setup.mappings.map(({ sheet }) => sheet)).toEqual(['Лист1']);
  });

  it('asks for a path, and keeps what was typed when the file cannot be read', async () => {
    const failures = {
      sheet: { code: 'directory.encrypted' as const, values: { file: 'Клиенты.xlsx' }, detail: null },
    };
    const { begin, type, next, step, find, text } = await build({ failures });
    await begin('sheet');
    await next();
    expect(text()).toContain('Выберите файл или папку');
    await type('source-path', chosen);
    await next();
    expect([step(), text().includes('Книга «Клиенты.xlsx» защищена паролем.')]).toEqual(['form', true]);
    expect((find('source-path').element as HTMLInputElement).value).toBe(chosen);
  });

  it('takes the whole of a folder that is open', async () => {
    const { begin, page, find, setup } = await build();
    await begin('sheet');
    await find('file-whole').trigger('change');
    await settle();
    await page
      .findAll('[data-testid=file-folder]')
      .find((each) => each.text() === 'Documents')!
      .trigger('click');
    await settle();
    expect(setup.draft).toMatchObject({ whole: true, path: 'C:\\Users\\Olga\\Documents' });
    expect(page.findAll('[data-testid=file-entry]')).toHaveLength(0);
  });

  it('is chosen by the keyboard too', async () => {
    const { begin, page, setup } = await build();
    await begin('sheet');
    const list = page.get('[role=listbox]');
    const press = async (key: string) => {
      await (document.activeElement ?? list.element).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
      await settle();
    };
    (page.get('[role=option]').element as HTMLElement).focus();
    await press('d');
    expect(document.activeElement?.textContent).toBe('Documents');
    await press('Enter');
    await press('End');
    await press('Enter');
    expect(setup.draft.path).toBe('C:\\Users\\Olga\\Documents\\Поставщики.xlsx');
    await press('Backspace');
    expect(page.text()).toContain('Downloads');
  });
});

describe('importing into the own contacts', () => {
  it('reads one file of either sort after a preview, and shows how far it is', async () => {
    const { click, type, next, commands, text, bridge } = await build();
    await click('source-import');
    await type('source-path', 'C:\\Users\\Olga\\Downloads\\contacts.vcf');
    await next();
    await next();
    expect(commands('directories.import')).toEqual([
      { config: { kind: 'vcard', path: 'C:\\Users\\Olga\\Downloads\\contacts.vcf' } },
    ]);
    bridge.directories.step();
    await settle();
    expect(text()).toContain('Импортируется: 104 из 1 240');
  });
});

describe('leaving', () => {
  it('asks where something was typed, and not where nothing was', async () => {
    const { begin, type, click, dialog, press, has } = await build();
    await click('add-source');
    await click('setup-cancel');
    expect(has('source-setup')).toBe(false);
    await begin('carddav');
    await type('source-url', 'cloud.example');
    await click('setup-cancel');
    expect(dialog()).toContain('Бросить начатое?');
    await press('confirm');
    expect(has('source-setup')).toBe(false);
  });

  it('keeps what was typed where only the screen is another', async () => {
    const { begin, type, setup, page } = await build();
    await begin('carddav');
    await type('source-url', 'cloud.example');
    page.unmount();
    expect(setup.draft.url).toBe('cloud.example');
  });

  it('holds the tab of a browser that is about to close', async () => {
    const { begin, type } = await build();
    const closing = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    await begin('carddav');
    await type('source-secret', 'geheim');
    expect(closing()).toBe(true);
    unmount();
    expect(closing()).toBe(false);
  });

  it('stays where saving failed, and says why', async () => {
    const { begin, type, next, bridge, step, text } = await build();
    bridge.answer('directories.add', () => {
      throw new OffhookError('directory.failed');
    });
    await begin('carddav');
    await type('source-url', 'cloud.example');
    for (let at = 0; at < 3; at++) await next();
    expect([step(), text().includes('Источник прочитать не получилось.')]).toEqual(['finish', true]);
  });
});
