import { describe, expect, it } from 'vitest';
import { sampleDay, sampleYears } from '#renderer/gallery/call-log-samples.ts';
import { openList, withHeight } from './list-window.test-support.ts';

async function focused(part = sampleDay()) {
  const window = await openList(part);
  window.view.get<HTMLElement>('[data-testid=call-record][tabindex="0"]').element.focus();
  const who = () => document.activeElement?.textContent?.trim() ?? '';
  return { ...window, who };
}

describe('the keys of the list', () => {
  withHeight();

  it('lead to one row by Tab, and from row to row by arrows', async () => {
    const { view, press, who } = await focused();
    expect(view.findAll('[data-testid=call-record][tabindex="0"]')).toHaveLength(1);
    expect(who()).toContain('Ольга Демидова');
    await press('ArrowDown');
    expect(who()).toContain('Иван Петров');
    expect(view.findAll('[data-testid=call-record][tabindex="0"]')).toHaveLength(1);
    await press('ArrowUp');
    await press('ArrowUp');
    expect(who()).toContain('Ольга Демидова');
  });

  it('lead to the ends and a page on', async () => {
    const { press, list } = await focused({ records: sampleYears(90), added: {} });
    const focusable = () => list.rows.filter(({ kind }) => kind !== 'day');
    await press('PageDown');
    expect(focusable().findIndex(({ key }) => key === list.activeKey)).toBe(14);
    await press('End');
    expect(list.activeKey).toBe(focusable().at(-1)?.key);
    await press('Home');
    expect(list.activeKey).toBe(focusable()[0]?.key);
  });

  it('unfold by → and fold by ←, which leads from a call to its row first', async () => {
    const { press, list } = await focused();
    await press('ArrowDown');
    await press('ArrowRight');
    expect(list.active).toMatchObject({ kind: 'party', unfolded: true });
    await press('ArrowRight');
    expect(list.active).toMatchObject({ kind: 'call', key: 'ivan-missed' });
    await press('ArrowLeft');
    await press('ArrowLeft');
    expect(list.active).toMatchObject({ kind: 'party', unfolded: false });
  });

  it('open, call, star and ask for the note of the row', async () => {
    const { press, log, commands } = await focused();
    await press('Enter');
    expect(log.selectedId).toBe('olga');
    await press('KeyC');
    expect(commands('calls.place')).toEqual([{ text: '+79030000042' }]);
    await press('KeyF');
    expect(commands('people.setFavourite')).toMatchObject([{ partyKey: '+79030000042', favourite: true }]);
    await press('ArrowDown');
    await press('KeyN');
    expect([log.selectedId, log.noteWanted]).toEqual(['ivan', 1]);
  });

  it('mark a missed call as handled by Space, and as open again', async () => {
    const { press, commands } = await focused();
    await press('Space');
    await press('Space');
    expect(commands('callLog.annotate')).toEqual([
      { callId: 'olga', patch: { handled: true } },
      { callId: 'olga', patch: { handled: false } },
    ]);
  });

  it('stay in the list when the row they are at leaves it', async () => {
    const { press, view, who } = await focused();
    await view.get('[data-testid=records-missed]').trigger('click');
    await press('ArrowDown');
    view.get<HTMLElement>('[data-testid=call-record][tabindex="0"]').element.focus();
    const before = who();
    await press('Space');
    expect(who()).not.toBe('');
    expect(who()).not.toBe(before);
    expect(document.activeElement?.getAttribute('data-testid')).toBe('call-record');
  });

  it('leave combinations to the window', async () => {
    const { list } = await focused();
    const event = new KeyboardEvent('keydown', { code: 'ArrowDown', altKey: true, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    expect([event.defaultPrevented, list.activeKey]).toEqual([false, null]);
  });
});
