import { describe, expect, it } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';
import { freshSheet, sampleConflicts, sampleSheet } from '#renderer/gallery/sheet-samples.ts';
import { openSheets, withPages } from './sheets-window.test-support.ts';

/** Controls that a screen reader could not name. */
function nameless(view: VueWrapper): string[] {
  const labelled = ({ id }: Element) => id !== '' && view.find(`label[for="${id}"]`).exists();
  return view
    .findAll('button, input, select, textarea')
    .map(({ element }) => element)
    .filter((one) => !one.getAttribute('aria-label') && !labelled(one) && !one.closest('label'))
    .filter((one) => one.tagName !== 'BUTTON' || (one.textContent ?? '').trim() === '')
    .map((one) => one.outerHTML.slice(0, 120));
}

describe('a screen reader', () => {
  withPages();
  const lively = () => {
    const rows = sampleSheet().rows.slice(0, 5);
    return sampleSheet({ conflicts: 2, waiting: 1 }, { conflicts: sampleConflicts(), rows });
  };

  it('has a name for every control of the table, of its conflicts and of a row', async () => {
    const { view, click } = await openSheets([lively(), freshSheet({ id: 'two' })]);
    expect(nameless(view)).toEqual([]);
    await click('conflicts-open');
    expect(nameless(view)).toEqual([]);
    await click('panel-close');
    await view.findAll('[data-testid=sheet-row] .who')[1]!.trigger('click');
    expect(nameless(view)).toEqual([]);
  });

  it('has one for every control of the setup', async () => {
    const { view, click } = await openSheets([lively()]);
    await click('sheet-setup');
    await click('setup-automatic');
    expect(nameless(view)).toEqual([]);
  });

  it('has one for every control of the walk', async () => {
    const { view, click } = await openSheets([freshSheet()]);
    await click('walk-begin');
    expect(nameless(view)).toEqual([]);
    await click('walk-dial');
    expect(nameless(view)).toEqual([]);
  });

  it('hears of the table as one of rows and columns, and at which cell it is', async () => {
    const { view, at, press } = await openSheets([lively()]);
    const table = at('sheet-table');
    expect(table.attributes()).toMatchObject({ role: 'grid', 'aria-rowcount': '6', 'aria-colcount': '11' });
    (table.element as HTMLElement).focus();
    await press('ArrowDown');
    await press('ArrowRight');
    const active = document.getElementById(table.attributes('aria-activedescendant')!);
    expect(active?.getAttribute('role')).toBe('rowheader');
    expect(active?.textContent).toContain('Ольга Демидова');
    expect(view.findAll('[role=columnheader]').map((one) => one.text())).toContain('Итог');
  });

  it('reaches the table after the box and the filters, and the panel when it opens', async () => {
    const { view, press, at } = await openSheets([lively()]);
    const order = view.findAll('[data-testid=sheet-search], [data-testid=sheet-uncalled], [data-testid=sheet-table]');
    expect(order.map((one) => one.attributes('data-testid'))).toEqual([
      'sheet-search',
      'sheet-uncalled',
      'sheet-table',
    ]);
    (at('sheet-table').element as HTMLElement).focus();
    await press('F2');
    expect(at('row-panel').element.contains(document.activeElement)).toBe(true);
    await press('Escape');
    expect(document.activeElement).toBe(at('sheet-table').element);
  });
});
