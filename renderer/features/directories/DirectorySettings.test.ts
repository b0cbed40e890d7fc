import { afterEach, describe, expect, it } from 'vitest';
import { sampleSource, sampleSources } from '#renderer/gallery/sample-sources.ts';
import { settle } from '#renderer/gallery/test-window.ts';
import { openSourcesPage } from './sources-window.test-support.ts';

let unmount = () => {};
afterEach(() => unmount());

async function build(...args: Parameters<typeof openSourcesPage>) {
  const window = await openSourcesPage(...args);
  unmount = () => window.page.unmount();
  const choose = async (name: string, deed: string) => {
    await window.row(name).get('[data-testid=source-menu]').trigger('click', { button: 0 });
    await settle();
    await window.press(`source-${deed}`);
  };
  return { ...window, choose };
}
const many = () => build({ list: sampleSources() });
/** The own contacts and one sheet. */
const two = () => build({ list: sampleSources().slice(0, 2) });

describe('the page of address books', () => {
  it('says what can be connected where there is nothing yet, beside the own contacts', async () => {
    const { text, names, click, has } = await build();
    expect(names()).toEqual(['Свои контакты']);
    expect(text()).toContain('Excel и CSV');
    expect(has('slot')).toBe(true);
    await click('add-source');
    expect(has('kind-sheet')).toBe(true);
    expect(has('slot')).toBe(false);
  });

  it('says of each source how it is, in words', async () => {
    const { row } = await many();
    const state = (name: string) => row(name).get('[data-testid=source-state]').text().replaceAll('\u00a0', ' ');
    expect(state('Клиенты')).toBe('Актуальна · прочитана 5 минут назад');
    expect(state('1С:Торговля')).toBe('Читается: 12 400 из 100 000');
    expect(state('Сотрудники')).toMatch(/^Не обновляется с /);
    expect(state('Nextcloud')).toBe('Ждёт очереди');
    expect(state('Визитки с выставки')).toMatch(/^Приостановлена/);
    expect(state('Outlook')).toMatch(/^Прочитана не вся/);
    expect(state('Книга АТС')).toBe('Ещё не читалась');
    expect(row('1С:Торговля').get('[role=progressbar]').attributes('aria-valuenow')).toBe('12');
  });

  it('counts entries by thousands, and lists what was skipped, one sentence each', async () => {
    const { row, click } = await two();
    expect(row('Клиенты').text().replaceAll('\u00a0', ' ')).toContain('12 418 записей');
    await click('source-skipped');
    const sentences = row('Клиенты').get('[data-testid=report-sentences]').text().replaceAll('\u00a0', ' ');
    expect(sentences).toContain('«см. визитку» — не номер: Клиенты.xlsx › Лист1!7.');
    expect(sentences).toContain('И ещё 14.');
  });

  it('follows what the agent tells', async () => {
    const { bridge, row } = await build({ list: sampleSources().slice(2, 3) });
    bridge.directories.step();
    await settle();
    expect(row('1С:Торговля').text().replaceAll('\u00a0', ' ')).toContain('20 734 из 100 000');
  });

  it('reads a source now, and stops the reading', async () => {
    const { row, commands } = await two();
    await row('Клиенты').get('[data-testid=source-refresh]').trigger('click');
    await settle();
    await row('Клиенты').get('[data-testid=source-cancel]').trigger('click');
    await settle();
    expect(commands('directories.refresh')).toEqual([{ id: 'clients' }]);
    expect(commands('directories.cancel')).toEqual([{ id: 'clients' }]);
    expect(row('Клиенты').text()).toContain('Чтение остановлено');
  });

  it('offers what helps against a failure', async () => {
    const { row, find, setup, page } = await build({ list: sampleSources().slice(3, 5) });
    expect(row('Microsoft 365').get('[data-testid=source-remedy]').text()).toBe('Войти ещё раз');
    await row('Сотрудники').get('[data-testid=source-remedy]').trigger('click');
    await settle();
    expect(setup.goal).toEqual({ kind: 'edit', id: 'ldap' });
    expect(document.activeElement).toBe(find('source-secret').element);
    expect(page.text()).not.toContain('Пароль сохранён');
  });

  it('leads to the columns where a sheet has no numbers', async () => {
    const problem = { code: 'directory.no-numbers' as const, values: { file: 'Клиенты.xlsx' }, detail: null };
    const { click, has } = await build({ list: [sampleSource({ problem })] });
    await click('source-remedy');
    expect(has('mapping-table')).toBe(true);
  });

  it('changes the order by arrows on the handle, keeps the keyboard there, and says the place', async () => {
    const { names, row, commands, text } = await two();
    await row('Клиенты').get('[data-testid=source-handle]').trigger('keydown', { key: 'ArrowUp' });
    await settle();
    expect(names()).toEqual(['Клиенты', 'Свои контакты']);
    expect((commands('directories.sort')[0] as { ids: string[] }).ids).toEqual(['clients', 'own']);
    expect(document.activeElement).toBe(row('Клиенты').get('[data-testid=source-handle]').element);
    expect(text()).toContain('Клиенты: место 1 из 2');
  });

  it('changes the order by dragging, and back again where the agent refuses', async () => {
    const { bridge, names, row, page, notices } = await two();
    const drag = async (name: string, onto: number) => {
      await row(name).get('[data-testid=source-handle]').trigger('dragstart');
      await page.findAll('ol > li')[onto]!.trigger('drop');
      await settle();
    };
    await drag('Клиенты', 0);
    expect(names()[0]).toBe('Клиенты');
    bridge.state.broken = ['directories.sort'];
    await drag('Свои контакты', 0);
    expect(names()).toEqual(['Клиенты', 'Свои контакты']);
    expect(notices.notices.map(({ error }) => error.code)).toEqual(['storage.failed']);
  });

  it('renames in place, and pauses', async () => {
    const { choose, type, page, commands, row } = await two();
    await choose('Клиенты', 'rename');
    await type('source-name', 'Клиенты офиса');
    await page.get('form').trigger('submit');
    await settle();
    await choose('Клиенты офиса', 'pause');
    expect(commands('directories.change')).toEqual([
      { id: 'clients', patch: { label: 'Клиенты офиса' } },
      { id: 'clients', patch: { enabled: false } },
    ]);
    expect(row('Клиенты офиса').get('[data-testid=source-refresh]').attributes('disabled')).toBeDefined();
  });

  it('removes a source only after saying what will be gone', async () => {
    const { choose, dialog, press, commands, names } = await two();
    await choose('Клиенты', 'remove');
    expect(dialog()).toContain('12 418 записей');
    expect(commands('directories.remove')).toEqual([]);
    await press('confirm');
    expect(commands('directories.remove')).toEqual([{ id: 'clients' }]);
    expect(names()).not.toContain('Клиенты');
  });

  it('cannot remove or change the own contacts', async () => {
    const { row } = await two();
    await row('Свои контакты').get('[data-testid=source-menu]').trigger('click', { button: 0 });
    await settle();
    const items = [...document.querySelectorAll('[role=menuitem]')].map((item) => item.textContent?.trim());
    expect(items).toEqual(['Ниже']);
  });

  it('says why the list did not come, and asks again', async () => {
    const { bridge, click, has, names } = await build({}, 'ru', ['directories.list']);
    expect(has('error-notice')).toBe(true);
    bridge.state.broken = [];
    await click('sources-again');
    expect(names()).toEqual(['Свои контакты']);
  });

  it('speaks English', async () => {
    const { text } = await build({ list: sampleSources().slice(1, 3) }, 'en');
    expect(text()).toContain('Up to date · read 5 minutes ago');
    expect(text()).toContain('12,418 entries');
    expect(text()).toContain('Reading 12,400 of 100,000');
  });
});
