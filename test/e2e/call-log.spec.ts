import type { Page } from '@playwright/test';
import { expect, test } from './support/office.ts';

async function dial(phone: Page, text: string): Promise<void> {
  await phone.getByTestId('dial-box').fill(text);
  await phone.getByTestId('dial-box').press('Enter');
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
}

async function hangUp(phone: Page): Promise<void> {
  await phone.getByTestId('call-hangup').click();
  await expect(phone.getByTestId('call-timer')).toHaveCount(0);
}

const saved = (phone: Page) => expect(phone.getByTestId('note-state')).toHaveText('Saves itself');

test('what is added to a call stays, and finds it again', async ({ phone }) => {
  await dial(phone, '600');
  await phone.getByTestId('note-field').fill('Wants the elephant invoice by Friday');
  await hangUp(phone);
  const first = phone.getByTestId('call-record').first();
  await expect(first).toHaveAttribute('data-disposition', 'answered');
  await first.click();
  await expect(phone.getByTestId('note-field')).toHaveValue('Wants the elephant invoice by Friday');
  await phone.getByTestId('tag-field').fill('shipping');
  await phone.getByTestId('tag-field').press('Enter');
  await phone.getByTestId('outcome-field').fill('Agreed');
  await phone.getByTestId('outcome-field').press('Enter');
  await phone.getByTestId('time-tomorrow').click();
  await expect(phone.getByTestId('follow-up-band')).toContainText('Call again: tomorrow');
  await saved(phone);

  await phone.reload();
  const box = phone.getByTestId('dial-box');
  for (const text of ['eleph', 'shipp invoice', '60']) {
    await box.fill(text);
    await expect(phone.getByTestId('call-record').first()).toContainText('elephant invoice');
  }
  await expect(phone.getByTestId('list-count')).toHaveText(/shown/);
  await box.fill('eleph');
  await expect(phone.getByTestId('list-count')).toHaveText('1 shown');
  await box.press('ArrowDown');
  await phone.keyboard.press('Enter');
  await expect(phone.getByTestId('tag')).toHaveText('shipping');
  await expect(phone.getByTestId('outcome-field')).toHaveValue('Agreed');
  await expect(phone.getByTestId('note-field')).toHaveValue('Wants the elephant invoice by Friday');
  await phone.getByTestId('follow-up-done').click();
  await expect(phone.getByTestId('follow-up-band')).toHaveCount(0);
  await phone.getByTestId('changes').locator('summary').click();
  await expect(phone.getByTestId('changes')).toContainText('shipping');
  await box.fill('zebra');
  await expect(phone.getByTestId('call-record')).toHaveCount(0);
});

test('a note goes on in the record when the other side hangs up in mid-word', async ({ phone, colleague }) => {
  const callId = await colleague.place('201');
  await phone.getByTestId('answer-button').click();
  await phone.getByTestId('note-field').click();
  await phone.keyboard.type('Wants to be called at 1');
  await colleague.client.call('calls.hangUp', { callId });
  await expect(phone.getByTestId('record-detail')).toBeVisible();
  await phone.keyboard.type('530');
  await expect(phone.getByTestId('note-field')).toHaveValue('Wants to be called at 1530');
  await expect(phone.getByTestId('dial-box')).toHaveValue('');
  await saved(phone);
});

test('a missed call is to be looked after until somebody calls back and gets through', async ({ phone, colleague }) => {
  const callId = await colleague.place('201');
  await expect(phone.getByTestId('incoming-call')).toBeVisible();
  await colleague.client.call('calls.hangUp', { callId });
  await expect(phone.getByTestId('records-missed')).toHaveText(/^Missed · \d+$/);
  await phone.getByTestId('records-missed').click();
  const row = phone.getByTestId('call-record').filter({ hasText: '202' });
  await expect(row).toHaveAttribute('data-open', 'true');
  await row.getByTestId('record-call').click();
  const back = await colleague.incoming();
  await colleague.client.call('calls.answer', { callId: back.id });
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await hangUp(phone);
  await expect(row).toHaveCount(0);
  await phone.getByTestId('records-all').click();
  await expect(row.first()).toHaveAttribute('data-open', 'false');
  await row.first().getByTestId('record-fold').click();
  await expect(phone.getByTestId('call-rows')).toContainText('called back at');
});

test('the keyboard alone finds a call, opens it, writes its note and dials it', async ({ phone }) => {
  await phone.keyboard.press('/');
  await expect(phone.getByTestId('dial-box')).toBeFocused();
  await phone.keyboard.press('ArrowDown');
  await expect(phone.getByTestId('call-record').first()).toBeFocused();
  await phone.keyboard.press('n');
  await expect(phone.getByTestId('note-field')).toBeFocused();
  await phone.keyboard.type('written without a mouse');
  await phone.keyboard.press('Escape');
  await saved(phone);
  await expect(phone.getByTestId('call-record').first()).toContainText('written without a mouse');
});

test('a favourite dials by one click', async ({ phone }) => {
  await dial(phone, '600');
  await hangUp(phone);
  const row = phone.getByTestId('call-record').filter({ hasText: '600' }).first();
  await row.hover();
  await row.getByTestId('favourite-star').click();
  await phone.getByTestId('favourite-dial').click();
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await hangUp(phone);
  await phone.reload();
  await phone.getByTestId('favourite-dial').focus();
  await phone.keyboard.press('Delete');
  await expect(phone.getByTestId('favourite-dial')).toHaveCount(0);
});
