import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { plain, shown } from '#renderer/features/people/people-window.test-support.ts';
import { freshSheet, sampleSheet } from '#renderer/gallery/sheet-samples.ts';
import { openSheets, withPages } from './sheets-window.test-support.ts';

describe('calling a row', () => {
  withPages();

  it('is one click; the row stands beside the table, and its result is saved with the call', async () => {
    const { view, commands, demo, click, has, screen } = await openSheets([freshSheet()]);
    await view.findAll('[data-testid=row-call]')[1]!.trigger('click');
    await shown();
    expect(commands('sheets.dial')).toEqual([{ sheetId: 'clients', rowKey: 'row-1', number: 0 }]);
    expect(screen.screen).toBe('sheets');
    expect(plain(view.get('[data-testid=row-panel]').text())).toContain('Ольга Демидова');
    demo.walking.end();
    await shown();
    await view.findAll('[data-testid=outcome]')[2]!.trigger('click');
    await view.get('[data-testid=result-note]').setValue('Перезвонит сама');
    await click('result-save');
    expect(commands('sheets.record')).toMatchObject([
      {
        ...{ sheetId: 'clients', rowKey: 'row-1', callId: 'sheet-call-1' },
        result: { outcome: 'Думает', note: 'Перезвонит сама', followUpAt: null },
      },
    ]);
    expect(has('row-panel')).toBe(false);
    expect(plain(view.findAll('[data-testid=sheet-row]')[1]!.text())).toContain('В таблице');
  });

  it('is never done twice at once: the other buttons say why, and the row’s own hangs up', async () => {
    const { view, commands, click, has } = await openSheets([freshSheet()]);
    await view.findAll('[data-testid=row-call]')[0]!.trigger('click');
    await shown();
    const other = view.findAll('[data-testid=row-call]')[0]!;
    expect(other.attributes('aria-disabled')).toBe('true');
    expect(plain(other.attributes('title'))).toContain('закончите разговор');
    await other.trigger('click');
    expect(commands('sheets.dial')).toHaveLength(1);
    await click('row-hang-up');
    expect(commands('calls.hangUp')).toEqual([{ callId: 'sheet-call-1' }]);
    expect(has('call-bar')).toBe(false);
  });

  it('lets one of several numbers be chosen, and a row without any says so', async () => {
    const { view, commands } = await openSheets([sampleSheet()]);
    const [several, , , , , , none] = view.findAll('[data-testid=row-call]');
    expect(plain(none!.attributes('title'))).toContain('нет номера');
    await several!.trigger('keydown', { key: 'Enter' });
    await shown();
    const choices = [...document.querySelectorAll<HTMLElement>('[data-testid=row-call-number]')];
    expect(choices.map((choice) => plain(choice.textContent).trim())).toEqual(['+7 495 000-00-00', '+7 916 000-00-01']);
    choices[1]!.click();
    await shown();
    expect(commands('sheets.dial')).toEqual([{ sheetId: 'clients', rowKey: 'row-0', number: 1 }]);
  });

  it('is done by the keyboard: arrows to the cell, Enter calls, on a result it edits, F2 edits anywhere', async () => {
    const { at, press, commands, has, demo } = await openSheets([freshSheet()]);
    await at('sheet-search').trigger('keydown', { key: 'ArrowDown' });
    expect(document.activeElement).toBe(at('sheet-table').element);
    await press('ArrowDown');
    await press('Enter');
    expect(commands('sheets.dial')).toEqual([{ sheetId: 'clients', rowKey: 'row-1', number: 0 }]);
    demo.walking.end();
    await press('Escape');
    expect(has('row-panel')).toBe(false);
    for (let step = 0; step < 3; step++) await press('ArrowRight');
    await press('Enter');
    expect(commands('sheets.dial')).toHaveLength(1);
    expect((document.activeElement as HTMLElement).dataset['testid']).toBe('outcome');
    await press('Digit4');
    await press('Enter', { ctrlKey: true });
    expect(commands('sheets.record')).toMatchObject([{ rowKey: 'row-1', result: { outcome: 'Отказ' } }]);
    await press('Home');
    await press('F2');
    expect(has('row-panel')).toBe(true);
  });

  it('says why it was refused', async () => {
    const { view, bridge, notices } = await openSheets([freshSheet()]);
    bridge.answer('sheets.dial', () => {
      throw new OffhookError('sheet.row-unknown');
    });
    await view.findAll('[data-testid=row-call]')[0]!.trigger('click');
    await shown();
    expect(notices.notices).toMatchObject([{ error: { code: 'sheet.row-unknown' } }]);
    expect(plain(view.text())).toContain('Этой строки больше нет в таблице.');
  });

  it('marks a row with what was said of it and not saved, until it is', async () => {
    const { view, click, has } = await openSheets([freshSheet()]);
    await view.findAll('[data-testid=sheet-row] .who')[0]!.trigger('click');
    await view.findAll('[data-testid=outcome]')[0]!.trigger('click');
    await click('panel-close');
    expect(view.findAll('[data-testid=writing-mark]').map((mark) => plain(mark.text()))).toEqual(['Не сохранено']);
    await view.findAll('[data-testid=sheet-row] .who')[0]!.trigger('click');
    await click('result-save');
    expect(has('row-panel')).toBe(false);
    expect(view.findAll('[data-testid=writing-mark]').map((mark) => plain(mark.text()))).toEqual(['В таблице']);
  });

  it('keeps what was typed when saving fails', async () => {
    const { view, bridge, click } = await openSheets([freshSheet()], { broken: ['sheets.record'] });
    await view.findAll('[data-testid=sheet-row] .who')[0]!.trigger('click');
    await view.get('[data-testid=result-note]').setValue('Важное');
    await click('result-save');
    expect((view.get('[data-testid=result-note]').element as HTMLTextAreaElement).value).toBe('Важное');
    bridge.state.broken = [];
    await click('result-save');
    expect(bridge.state.sheets[0]!.rows[0]!.result?.note).toBe('Важное');
  });
});
