import { describe, expect, it, vi } from 'vitest';
import { useSourceSetupStore } from '#renderer/features/directories/source-setup-store.ts';
import { plain, shown } from '#renderer/features/people/people-window.test-support.ts';
import { sampleDirectories } from '#renderer/gallery/people-samples.ts';
import { freshSheet, manyRows, sampleSheet, sampleSheetRow } from '#renderer/gallery/sheet-samples.ts';
import { openSheets, withPages } from './sheets-window.test-support.ts';

describe('the page of sheets', () => {
  withPages();

  it('says what it is for where no sheet is connected, opens the steps for one, and shows it when it is there', async () => {
    const { at, click, has, bridge, names, run } = await openSheets([]);
    expect(plain(at('sheets-empty').text())).toContain('Список клиентов из Excel станет таблицей');
    await click('sheets-connect');
    await vi.waitFor(() => expect(has('source-setup')).toBe(true), 5000);
    expect(at('source-setup').attributes('data-step')).toBe('form');
    expect(at('source-setup').text()).toContain('Новая таблица');
    bridge.state.sheets = [freshSheet()];
    run(() => useSourceSetupStore()).close();
    bridge.emit('sheets.changed', { sheets: bridge.state.sheets.map(({ status }) => status) });
    await shown();
    expect(has('source-setup')).toBe(false);
    expect(names()[0]).toBe('Иван Петров');
  });

  it('lists the sheets with what waits in each, and shows the one that is chosen', async () => {
    const second = freshSheet({ id: 'two', file: 'Поставщики.csv', sheet: '', waiting: 2, conflicts: 1 });
    const { view, commands } = await openSheets([sampleSheet(), second]);
    const tabs = view.findAll('[data-testid=sheet-tab]');
    expect(tabs.map((tab) => plain(tab.text()))).toEqual([
      'Клиенты.xlsx › Лист124 с номером',
      'Поставщики.csv8 с номером · 2 ждут записи · 1 спорный',
    ]);
    await tabs[1]!.trigger('click');
    await shown();
    expect(commands('sheets.page').at(-1)).toMatchObject({ sheetId: 'two' });
    expect(view.findAll('[data-testid=sheet-tab]')[1]!.attributes('aria-pressed')).toBe('true');
  });

  it('shows a row with its number, extension, what came of calls and how it stands with the workbook', async () => {
    const { view } = await openSheets([sampleSheet()]);
    const row = plain(view.findAll('[data-testid=sheet-row]')[1]!.text());
    for (const part of [
      'Ольга Демидова',
      '+7 495 000-00-01 доб. 12',
      'Перезвонить',
      'Просила после обеда',
      'Ждёт записи',
    ])
      expect(row).toContain(part);
    expect(view.findAll('[data-testid=writing-mark]').map((mark) => plain(mark.text()))).toEqual([
      'В таблице',
      'Ждёт записи',
      'Спор',
      'Строки нет',
    ]);
    const cells = plain(view.findAll('[data-testid=sheet-row]')[3]!.text());
    expect(cells).toContain('Не дозвонились');
    expect(cells).toContain('12.01.2026');
  });

  it('is narrowed to whom it is time to call again', async () => {
    const { names, click, text } = await openSheets([sampleSheet()]);
    await click('sheet-due');
    expect(names()).toEqual(['Ольга Демидова']);
    expect(text('sheet-count')).toBe('Найдена 1 строка');
  });

  it('is narrowed by a text, and to whom nobody has called', async () => {
    const { names, search, click } = await openSheets([sampleSheet()]);
    await click('sheet-uncalled');
    expect(names()).not.toContain('Ольга Демидова, ООО «Образец»');
    expect(names()[0]).toBe('Сергей Волков');
    await search('тула');
    expect(new Set(names())).toEqual(new Set(['Дмитрий Зайцев']));
  });

  it('says that nobody was found, and shows all again by one button', async () => {
    const { has, search, click, names } = await openSheets([sampleSheet()]);
    await search('нет такого');
    expect(has('sheet-nobody')).toBe(true);
    await click('sheet-clear');
    await vi.waitFor(() => expect(names().length).toBeGreaterThan(5));
  });

  it('holds only what is in sight of a hundred thousand rows, and asks for those where it is scrolled to', async () => {
    const { view, at, commands, press } = await openSheets([sampleSheet({}, { rows: manyRows(100_000) })]);
    expect(at('sheet-table').attributes('aria-rowcount')).toBe('100001');
    expect(view.findAll('[data-testid=sheet-row]').length).toBeLessThan(40);
    expect(commands('sheets.page')).toHaveLength(1);
    (at('sheet-table').element as HTMLElement).focus();
    await press('End', { ctrlKey: true });
    expect(at('sheet-table').attributes('aria-activedescendant')).toMatch(/-99999-0$/);
  });

  it('shows hostile cells as text', async () => {
    const name = '<img src=x onerror=1>\u202eабв';
    const row = sampleSheetRow(0, { name, firm: name, cells: Array.from({ length: 11 }, () => name) });
    const { names, view } = await openSheets([sampleSheet({}, { rows: [row] })]);
    expect(names()).toEqual(['<img src=x onerror=1>абв']);
    expect(view.find('img').exists()).toBe(false);
  });

  it('says why when the agent cannot tell, and tries again', async () => {
    const { bridge, text, click, names, has } = await openSheets([sampleSheet()], { broken: ['sheets.list'] });
    expect(text('sheet-problem')).toContain('Не получилось прочитать таблицу.');
    bridge.state.broken = ['sheets.page'];
    await click('sheet-again');
    await shown();
    expect(has('sheet-problem')).toBe(true);
    bridge.state.broken = [];
    await click('sheet-again');
    await shown();
    expect(names()).not.toEqual([]);
  });
});

describe('what keeps results out of a workbook', () => {
  withPages();

  it('is said with what waits, and is tried again by a button', async () => {
    const problem = { code: 'sheet.locked', values: {}, detail: null } as const;
    const { text, click, demo, has, commands } = await openSheets([
      sampleSheet({ writing: 'locked', waiting: 1, problem }),
    ]);
    expect(text('sheet-waiting')).toContain('1 результат ждёт записи. «Клиенты.xlsx» открыт в другой программе');
    demo.find('clients').status.writing = 'free';
    demo.find('clients').status.problem = null;
    await click('sheet-write');
    expect(commands('sheets.write')).toEqual([{ sheetId: 'clients' }]);
    expect(has('sheet-waiting')).toBe(false);
  });

  it('is named by its code: encrypted, gone, read-only', async () => {
    const problem = { code: 'sheet.encrypted', values: {}, detail: null } as const;
    const { text, demo } = await openSheets([sampleSheet({ writing: 'refused', waiting: 2, problem })]);
    expect(text('sheet-waiting')).toContain('защищён паролем');
    demo.turn('clients', { writing: 'missing', problem: { code: 'sheet.missing', values: {}, detail: null } });
    await shown();
    expect(text('sheet-waiting')).toContain('нет на месте');
  });

  it('offers to locate a file that is not where it was', async () => {
    const problem = { code: 'sheet.missing', values: {}, detail: null } as const;
    const { click, has, at } = await openSheets([sampleSheet({ writing: 'missing', problem })], {
      directories: sampleDirectories(),
    });
    await click('sheet-locate');
    await vi.waitFor(() => expect(has('source-setup')).toBe(true), 5000);
    await at('setup-cancel').trigger('click');
    await shown();
    expect(has('sheet-table')).toBe(true);
  });

  it('lets the last write be undone, after saying what that does', async () => {
    const { click, confirm, commands, has, view } = await openSheets([sampleSheet()]);
    await click('sheet-undo');
    expect(plain(document.querySelector('[role=alertdialog]')?.textContent)).toContain('каким был до последней записи');
    expect(commands('sheets.undo')).toEqual([]);
    await confirm();
    expect(commands('sheets.undo')).toEqual([{ sheetId: 'clients' }]);
    expect(has('sheet-undo')).toBe(false);
    expect(plain(view.find('[data-testid=writing-mark]').text())).toBe('Только здесь');
  });
});
