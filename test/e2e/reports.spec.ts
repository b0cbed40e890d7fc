import type { Page } from '@playwright/test';
import type { CallFilter } from '#contract/ipc/index.ts';
import { expect, test } from './support/office.ts';

async function figure(phone: Page, id: string): Promise<void> {
  await expect(phone.getByTestId(`figure-${id}`)).toBeVisible();
}

/** Cells of a row of a report's table, by column. */
async function cells(phone: Page, report: string, row: string, columns: readonly string[]): Promise<string[]> {
  const found = phone.getByTestId(`report-${report}`).locator(`tr[data-row="${row}"]`);
  return Promise.all(columns.map((column) => found.locator(`[data-column="${column}"]`).innerText()));
}

/** What the list of calls is narrowed to. */
function filterOf(phone: Page): Promise<CallFilter> {
  return phone.evaluate(() => {
    const { __vue_app__: app } = document.querySelector('#app') as unknown as {
      __vue_app__: {
        config: { globalProperties: { $pinia: { state: { value: { callFilter: { filter: CallFilter } } } } } };
      };
    };
    return { ...app.config.globalProperties.$pinia.state.value.callFilter.filter };
  });
}

test.use({ officeName: 'reports' });

const counts = ['calls', 'answered', 'missed', 'others', 'outgoing', 'unreached'];

test('reports count each call as it went, and open the calls behind a bar', async ({ phone, colleague }) => {
  const complaints: string[] = [];
  phone.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  const recorded = (count: number) => expect(phone.getByTestId('call-record')).toHaveCount(count);
  const ended = phone.getByTestId('call-record').first();

  // Out and talked: the echo.
  for (const digit of '600') await phone.getByTestId(`key-${digit}`).click();
  await phone.getByTestId('call-button').click();
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await phone.getByTestId('call-hangup').click();
  await expect(ended).toHaveAttribute('data-disposition', 'answered');

  // In and missed, then in and declined.
  const missed = await colleague.place('201');
  await expect(phone.getByTestId('incoming-call')).toBeVisible();
  await colleague.client.call('calls.hangUp', { callId: missed });
  await expect(ended).toHaveAttribute('data-disposition', 'missed');
  await colleague.place('201');
  await phone.getByTestId('decline-button').click();
  await expect(ended).toHaveAttribute('data-disposition', 'declined');

  // Out and busy.
  // Two calls of one party stand as one row.
  await recorded(2);
  await phone.getByTestId('records-missed').click();
  await phone.getByTestId('call-record').getByTestId('record-call').click();
  const back = await colleague.incoming();
  await colleague.client.call('calls.decline', { callId: back.id, reason: 'busy' });
  await phone.getByTestId('records-all').click();
  await expect(ended).toHaveAttribute('data-disposition', 'busy');

  await phone.getByTestId('nav-reports').click();
  await phone.getByTestId('report-period').selectOption('today');
  const value = (id: string) => phone.getByTestId(`figure-${id}`).getByTestId('figure-value');
  await figure(phone, 'calls');
  await expect(value('calls')).toHaveText('4');
  await expect(value('answeredShare')).toHaveText('0%');
  await expect(value('averageWait')).toHaveText('–');
  await expect(value('missed')).toHaveText('1');
  await expect(value('medianTime')).toHaveText('–');
  await expect(phone.getByTestId('figure-missed')).toContainText('called back: 0, open: 1');

  for (const report of ['days', 'hours', 'people', 'lines', 'callbacks'])
    await phone.getByTestId(`report-${report}`).getByTestId('show-table').click();
  const today = new Date();
  const date = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  const everything = ['4', '0', '1', '1', '2', '1'];
  expect(await cells(phone, 'days', date, counts)).toEqual(everything);
  expect(await cells(phone, 'callbacks', date, ['missed', 'calledBack', 'settled', 'open'])).toEqual([
    '1',
    '0',
    '0',
    '1',
  ]);
  expect(await cells(phone, 'people', '202', counts)).toEqual(['3', '0', '1', '1', '1', '1']);
  expect(await cells(phone, 'people', '600', counts)).toEqual(['1', '0', '0', '0', '1', '0']);
  await expect(phone.getByTestId('report-lines').locator('tbody tr')).toHaveCount(1);
  await expect(phone.getByTestId('report-hours').locator('tbody tr')).toHaveCount(24);

  // The colleague calls again and is answered: the missed call is called back, and the figures follow by themselves.
  const again = await colleague.place('201');
  await phone.getByTestId('answer-button').click();
  await colleague.callIs(again, (call) => call.answeredAt !== null);
  await colleague.client.call('calls.hangUp', { callId: again });
  await phone.getByTestId('nav-reports').click();
  await expect(value('calls')).toHaveText('5');
  await expect(value('answeredShare')).toHaveText('33%');
  await expect(phone.getByTestId('figure-missed')).toContainText('called back: 1, open: 0');

  // A click into a chart: the one line's bar, drawn under the page's policy.
  const lines = phone.getByTestId('report-lines');
  await lines.getByTestId('show-chart').click();
  const drawing = lines.locator('svg path[fill]');
  await expect(drawing.first()).toBeAttached();
  const chart = (await lines.locator('.frame').boundingBox())!;
  await phone.mouse.click(chart.x + chart.width * 0.5, chart.y + chart.height * 0.55);
  await expect(phone.getByTestId('nav-calls')).toHaveAttribute('aria-current', 'page');
  const midnight = new Date(today).setHours(0, 0, 0, 0);
  expect(await filterOf(phone)).toMatchObject({ from: midnight, to: new Date(midnight).setHours(24), lineId: 'demo' });
  expect(complaints).toEqual([]);
});
