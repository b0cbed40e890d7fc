import { describe, expect, it } from 'vitest';
import { plain, shown } from '#renderer/features/people/people-window.test-support.ts';
import { sampleConflicts, sampleSheet } from '#renderer/gallery/sheet-samples.ts';
import { openSheets, withPages } from './sheets-window.test-support.ts';

const disputed = () => sampleSheet({ conflicts: 2 }, { conflicts: sampleConflicts() });

describe('results in dispute', () => {
  withPages();

  it('are shown cell by cell as they were, are, and would be', async () => {
    const { click, view, text } = await openSheets([disputed()]);
    expect(text('sheet-conflicts')).toContain('2 результата ждут вашего слова.');
    await click('conflicts-open');
    const [changed, gone] = view.findAll('[data-testid=conflict]').map((one) => plain(one.text()));
    expect(changed).toContain('ИтогБылопустоСейчасУже клиентМоёДумает');
    expect(gone).toContain('Этой строки в таблице больше нет.');
  });

  it('are settled one by one', async () => {
    const { click, commands, view, bridge } = await openSheets([disputed()]);
    await click('conflicts-open');
    await click('conflict-ours');
    expect(commands('sheets.resolve')).toEqual([{ conflictIds: [1], keep: 'ours' }]);
    expect(bridge.state.sheets[0]!.rows[2]!.writing).toBe('written');
    await shown();
    expect(view.findAll('[data-testid=conflict]')).toHaveLength(1);
  });

  it('say why the sheet does not take one, and ask of a call which row it was about', async () => {
    const [changed, gone] = sampleConflicts();
    const problem = { code: 'sheet.text-too-long' as const, values: {}, detail: null };
    const conflicts = [
      { ...changed!, kind: 'refused' as const, problem },
      { ...gone!, kind: 'which' as const },
    ];
    const { click, view } = await openSheets([sampleSheet({ conflicts: 2 }, { conflicts })]);
    await click('conflicts-open');
    const [refused, which] = view.findAll('[data-testid=conflict]').map((one) => plain(one.text()));
    expect(refused).toContain('Текст длиннее');
    expect(refused).not.toContain('уже поменяли');
    expect(which).toContain('звонок был по этой?');
    expect(which).toContain('Записать сюда');
  });

  it('are settled all at once', async () => {
    const { click, commands, has } = await openSheets([disputed()]);
    await click('conflicts-open');
    await click('conflicts-theirs');
    await shown();
    expect(commands('sheets.resolve')).toEqual([{ conflictIds: [1, 2], keep: 'theirs' }]);
    expect(has('conflicts-none')).toBe(true);
    expect(has('sheet-conflicts')).toBe(false);
  });
});

describe('the setup of a sheet', () => {
  withPages();

  it('puts a heading into the script where the keyboard is, and shows how it reads', async () => {
    const { click, at, view, commands } = await openSheets([sampleSheet()]);
    await click('sheet-setup');
    await at('setup-script').setValue('Здравствуйте, ');
    const name = view.findAll('[data-testid=script-insert]').find((one) => one.text() === 'Клиент')!;
    await name.trigger('click');
    expect(plain(at('script').text())).toContain('Здравствуйте, Иван Петров');
    await at('setup-save').trigger('submit');
    await shown();
    expect(commands('sheets.setUp')).toMatchObject([{ setup: { script: 'Здравствуйте, {Клиент}' } }]);
  });

  it('keeps outcomes, pace, columns and where results go', async () => {
    const { click, at, commands, has, view } = await openSheets([sampleSheet()]);
    await click('sheet-setup');
    await at('setup-outcomes').setValue(' Купил \n\nДумает\nКупил');
    await click('setup-automatic');
    await at('setup-seconds').setValue('7');
    await click('setup-by-hand');
    await at('result-column-note').setValue('');
    await at('result-column-outcome').setValue(' new');
    await at('result-new-outcome').setValue('Итог обзвона');
    const manager = view.findAll('[data-testid=shown-columns] input')[1]!;
    await manager.setValue(false);
    await at('setup-save').trigger('submit');
    await shown();
    expect(commands('sheets.setUp')).toEqual([
      {
        sheetId: 'clients',
        setup: expect.objectContaining({
          ...{ shown: ['Город', 'Сумма'], outcomes: ['Купил', 'Думает'], byHand: false, pauseMilliseconds: 7000 },
          results: { outcome: 'Итог обзвона', note: null, calledAt: 'Дата звонка', followUp: 'Перезвонить' },
        }) as unknown,
      },
    ]);
    expect(has('setup-panel')).toBe(false);
    expect(plain(at('sheet-table').text())).not.toContain('Менеджер');
  });

  it('refuses a number of seconds that is none', async () => {
    const { click, at } = await openSheets([sampleSheet()]);
    await click('sheet-setup');
    await click('setup-automatic');
    await at('setup-seconds').setValue('601');
    expect(at('setup-save').attributes('disabled')).toBeDefined();
  });

  it('makes links of a column of numbers, and says how many cells were changed', async () => {
    const { click, commands, text } = await openSheets([sampleSheet()]);
    await click('sheet-setup');
    await click('links-make');
    expect(commands('sheets.links')).toEqual([{ sheetId: 'clients', column: 3, links: true }]);
    expect(text('links-done')).toBe('Ссылками стали 23 ячейки.');
    await click('links-remove');
    expect(text('links-done')).toBe('Ссылки убраны из 23 ячеек.');
  });

  it('stays open with what was typed when it cannot be saved', async () => {
    const { click, at, has, notices } = await openSheets([sampleSheet()], { broken: ['sheets.setUp'] });
    await click('sheet-setup');
    await at('setup-script').setValue('Иначе');
    await at('setup-save').trigger('submit');
    await shown();
    expect(notices.notices).toMatchObject([{ error: { code: 'storage.failed' } }]);
    expect(has('setup-panel')).toBe(true);
    expect((at('setup-script').element as HTMLTextAreaElement).value).toBe('Иначе');
  });
});
