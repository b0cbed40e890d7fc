import { describe, expect, it } from 'vitest';
import { plain, shown } from '#renderer/features/people/people-window.test-support.ts';
import { freshSheet, sampleResult } from '#renderer/gallery/sheet-samples.ts';
import { sampleCall } from '#renderer/gallery/samples.ts';
import { openSheets, withPages } from './sheets-window.test-support.ts';

async function begin(...sheet: Parameters<typeof freshSheet>) {
  const page = await openSheets([freshSheet(...sheet)]);
  await page.click('walk-begin');
  return page;
}

describe('calling a sheet through', () => {
  withPages();

  it('shows one row large, with the script filled in and the chosen columns', async () => {
    const { text, view } = await begin();
    expect(text('walk-who')).toBe('Иван Петров');
    expect(text('walk-number')).toBe('+7 495 000-00-00');
    expect(view.get('[data-testid=script] p').element.textContent).toBe(
      'Добрый день, Иван Петров! Это компания «Пример».\nПо счёту на 1 500,00 ₽ — удобно ли оплатить до пятницы?',
    );
    expect(plain(view.text())).toContain('ГородМосква');
    expect(text('walk-progress')).toBe('сделано 0 · осталось 8');
  });

  it('is worked by the keyboard alone: Enter calls, a digit says what came of it, Ctrl+Enter goes on', async () => {
    const { press, commands, demo, text, at, bridge } = await begin();
    await press('Enter');
    expect(commands('sheets.call')).toEqual([{ number: 0 }]);
    expect(at('walk-call').attributes('data-state')).toBe('calling');
    demo.walking.answer();
    demo.walking.end();
    await shown();
    expect(text('walk-state')).toContain('Разговор окончен');
    await press('Digit1');
    await press('KeyN');
    expect(document.activeElement).toBe(at('result-note').element);
    await at('result-note').setValue('Ждут счёт 2');
    await press('Enter', { ctrlKey: true });
    expect(commands('sheets.next')).toMatchObject([{ result: { outcome: 'Договорились', note: 'Ждут счёт 2' } }]);
    expect(bridge.state.sheets[0]!.rows[0]!.result?.calledAt).toBeTypeOf('number');
    expect(text('walk-who')).toBe('Ольга Демидова');
    await press('KeyS');
    expect(text('walk-who')).toBe('Мария Соколова');
    expect(text('walk-progress')).toBe('сделано 1 · пропущено 1 · осталось 6');
  });

  it('takes digits that are typed into the note for digits', async () => {
    const { at, press, view } = await begin();
    (at('result-note').element as HTMLElement).focus();
    await press('Digit1');
    expect(view.findAll('[data-testid=outcome][aria-pressed=true]')).toHaveLength(0);
  });

  it('never begins a second call, and goes on to no other row while one is up', async () => {
    const { press, commands, at, bridge } = await begin();
    bridge.emit('calls.changed', { calls: [sampleCall({ id: 'another' })] });
    await shown();
    expect(at('walk-dial').attributes('disabled')).toBeDefined();
    expect(plain(at('walk-dial').attributes('title'))).toContain('закончите разговор');
    await press('Enter');
    expect(commands('sheets.call')).toEqual([]);
    bridge.emit('calls.changed', { calls: [] });
    await press('Enter');
    for (const id of ['walk-next', 'walk-skip', 'walk-pause']) expect(at(id).attributes('disabled')).toBeDefined();
    await press('Enter', { ctrlKey: true });
    await press('KeyS');
    expect([...commands('sheets.next'), ...commands('sheets.skip')]).toEqual([]);
  });

  it('hangs up by the one button that matters then', async () => {
    const { press, click, commands, at } = await begin();
    await press('Enter');
    await click('walk-hangup');
    expect(commands('calls.hangUp')).toEqual([{ callId: 'sheet-call-1' }]);
    expect(at('walk-call').attributes('data-state')).toBe('wrapping-up');
  });

  it('says when the next call begins by itself, and can be held back', async () => {
    const { press, text, click, at, commands, has } = await begin({}, { pauseMilliseconds: 30_000 });
    await press('Enter');
    await click('walk-hangup');
    await click('walk-next');
    expect(text('walk-state')).toMatch(/^Звонок начнётся через (30|29) секунд/);
    await click('walk-wait');
    expect(commands('sheets.pause')).toEqual([{ paused: true }]);
    expect(at('walk-call').attributes('data-state')).toBe('paused');
    await press('KeyP');
    expect(has('walk-wait')).toBe(true);
  });

  it('begins with those whom the filter lets through, or at a row', async () => {
    const { commands, click, view } = await openSheets([freshSheet()]);
    await click('sheet-uncalled');
    await view.findAll('[data-testid=sheet-row] .who')[3]!.trigger('click');
    await click('walk-from');
    expect(commands('sheets.walk')).toEqual([
      { sheetId: 'clients', filter: { text: '', uncalled: true, due: false }, from: 'row-3' },
    ]);
  });

  it('shows what was said before, and begins the new result from nothing', async () => {
    const sheet = freshSheet();
    const result = sampleResult({ outcome: 'Отказ', note: 'Просил не звонить' });
    Object.assign(sheet.rows[0]!, { result, lastCalledAt: result.calledAt });
    const { click, text, view } = await openSheets([sheet]);
    await click('walk-begin');
    expect(text('row-before')).toContain('Просил не звонить');
    expect(view.findAll('[data-testid=outcome][aria-pressed=true]')).toHaveLength(0);
  });

  it('can be left for the table and come back to', async () => {
    const { click, has, text } = await begin();
    await click('walk-table');
    expect(has('sheet-table')).toBe(true);
    expect(text('walk-band')).toContain('осталось 8 строк');
    await click('walk-back');
    expect(has('walk-view')).toBe(true);
  });

  it('asks before it stops with something said and not saved', async () => {
    const { click, press, has, confirm, commands } = await begin();
    await press('Digit2');
    await click('walk-stop');
    expect(commands('sheets.stop')).toEqual([]);
    await confirm();
    expect(commands('sheets.stop')).toEqual([{}]);
    expect(has('sheet-table')).toBe(true);
  });

  it('says so when the list is done', async () => {
    const { press, text, click, has } = await begin();
    for (let row = 0; row < 8; row++) await press('KeyS');
    expect(text('walk-finished')).toContain('Список закончился');
    await click('walk-close');
    expect(has('sheet-table')).toBe(true);
  });

  it('goes on where it was in a window that is opened meanwhile', async () => {
    const sheet = freshSheet();
    const row = structuredClone(sheet.rows[4]!);
    const counts = { done: 3, skipped: 1, left: 4 };
    const walk = { sheetId: 'clients', state: 'ready', row, callId: null, nextAt: null, ...counts } as const;
    const { text } = await openSheets([sheet], { walk });
    expect(text('walk-who')).toBe('Анна Королёва');
  });
});
