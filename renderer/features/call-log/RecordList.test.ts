import { describe, expect, it } from 'vitest';
import { sampleDay, sampleYears } from '#renderer/gallery/call-log-samples.ts';
import { sampleRecord } from '#renderer/gallery/samples.ts';
import { drawn, openList, withHeight } from './list-window.test-support.ts';

const missed = { disposition: 'missed', answeredAt: null } as const;

describe('the list of calls', () => {
  withHeight();

  it('has in the page what is in sight, however many calls there are', async () => {
    const { rows, list } = await openList({ records: sampleYears(5000) });
    while (list.calls.length < 2000) await list.more();
    await drawn();
    expect(list.rows.length).toBeGreaterThan(1000);
    expect(rows().length).toBeLessThan(40);
  });

  it('shows a party once a day with the number of calls, and unfolds them', async () => {
    const { view, rows } = await openList(sampleDay());
    const ivan = rows().find((row) => row.text().includes('Иван Петров'))!;
    expect(ivan.get('[data-testid=record-fold]').text()).toContain('(3)');
    const before = rows().length;
    await ivan.get('[data-testid=record-fold]').trigger('click');
    await drawn();
    expect(rows()).toHaveLength(before + 2);
    expect(view.text()).toContain('перезвонили в');
  });

  it('shows the name as known now', async () => {
    const { rows } = await openList(sampleDay());
    expect(rows()[0]!.text()).toContain('Ольга Демидова');
  });

  it('shows hostile text as text', async () => {
    const { view, rows } = await openList({ records: [sampleRecord({ name: '<img src=x onerror=1>\u202eabc' })] });
    expect(view.find('img').exists()).toBe(false);
    expect(rows()[0]!.text()).toContain('<img src=x onerror=1>abc');
  });

  it('calls back by its button without opening the call', async () => {
    const { rows, commands, log } = await openList({ records: [sampleRecord({ ...missed })] });
    await rows()[0]!.get('[data-testid=record-call]').trigger('click');
    expect(commands('calls.place')).toEqual([{ text: '+79160000017' }]);
    expect(log.selected).toBeNull();
  });

  it('says what to do where nothing is, and where nothing is left', async () => {
    const { view, filters } = await openList();
    expect(view.text()).toContain('Звонков ещё не\u00a0было');
    filters.show({ direction: 'incoming' });
    await drawn();
    expect(view.text()).toContain('Ничего не\u00a0нашлось');
    filters.show({ missedOpen: true });
    await drawn();
    expect(view.text()).toContain('Все пропущенные обработаны');
  });

  it('says that the log cannot be read, and keeps what it shows', async () => {
    const { view, bridge, filters, rows } = await openList(sampleDay());
    const before = rows().length;
    bridge.state.broken = ['callLog.query'];
    filters.show({ direction: 'incoming' });
    await drawn();
    expect(view.get('[data-testid=list-problem]').text()).toContain('не\u00a0читается');
    expect(rows()).toHaveLength(before);
    bridge.state.broken = [];
    await view.get('[data-testid=list-retry]').trigger('click');
    await drawn();
    expect(view.find('[data-testid=list-problem]').exists()).toBe(false);
  });
});

describe('missed calls', () => {
  withHeight();

  it('are counted until they are handled, not until they are seen', async () => {
    const { view, bridge, log } = await openList({
      records: [sampleRecord({ id: 'a', offeredAt: 2000, number: '1', ...missed })],
    });
    bridge.emit('callLog.recorded', { record: sampleRecord({ id: 'b', offeredAt: 1000, number: '2', ...missed }) });
    await drawn();
    await view.get('[data-testid=records-missed]').trigger('click');
    await drawn();
    expect(log.openMissed).toBe(2);
    expect(view.get('[data-testid=records-missed]').text()).toBe('Пропущенные · 2');
    await log.annotate('a', { handled: true });
    await drawn();
    expect(log.openMissed).toBe(1);
    expect(view.findAll('[data-testid=call-record]')).toHaveLength(1);
  });

  it('go when somebody calls back and gets through', async () => {
    const { view, bridge, log, rows } = await openList({ records: [sampleRecord({ id: 'a', ...missed })] });
    await view.get('[data-testid=records-missed]').trigger('click');
    bridge.state.added['a'] = { missed: { handledAt: Date.now(), handledBy: 'b' } };
    bridge.emit('callLog.handled', { callIds: ['a'] });
    await drawn();
    expect(rows()).toHaveLength(0);
    expect(log.openMissed).toBe(0);
  });
});
