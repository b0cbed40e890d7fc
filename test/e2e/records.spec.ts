import type { Page } from '@playwright/test';
import { expect, test } from './support/office.ts';

async function openRecords(phone: Page): Promise<void> {
  await phone.getByTestId('nav-settings').click();
  await phone.getByTestId('settings-records').click();
}

const rowsWith = (phone: Page, number: string) => phone.getByTestId('call-record').filter({ hasText: number });

/** How many calls the list shows with a number: those of one party and day are one row, which says how many. */
async function callsWith(phone: Page, number: string): Promise<number> {
  await phone.getByTestId('nav-calls').click();
  const texts = await rowsWith(phone, number).allInnerTexts();
  return texts.reduce((sum, text) => sum + Number(/\((\d+)\)/.exec(text)?.[1] ?? 1), 0);
}

test('calls are backed up, a person is erased with a receipt, others stay, and the backup brings the calls back', async ({
  phone,
  colleague,
}) => {
  await phone.getByTestId('dial-box').fill('600');
  await phone.getByTestId('dial-box').press('Enter');
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await phone.getByTestId('call-hangup').click();
  await expect(phone.getByTestId('call-timer')).toHaveCount(0);
  await colleague.place('201');
  await phone.getByTestId('answer-button').click();
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await phone.getByTestId('call-hangup').click();
  await expect(phone.getByTestId('call-timer')).toHaveCount(0);
  // Tests before this one may have left calls with both.
  await phone.getByTestId('nav-calls').click();
  await expect(rowsWith(phone, '202').first()).toHaveAttribute('data-disposition', 'answered');
  const [theirs, others] = [await callsWith(phone, '202'), await callsWith(phone, '600')];

  await openRecords(phone);
  await phone.getByTestId('backup-now').click();
  await expect(phone.getByTestId('backup-outcome')).toContainText('.offhook-backup');

  await phone.getByTestId('erase-whom').fill('202');
  await phone.getByTestId('erase-look').click();
  await expect(phone.getByRole('alertdialog')).toContainText(theirs === 1 ? '1 call' : `${theirs} calls`);
  await phone.getByTestId('confirm').click();
  await expect(phone.getByTestId('receipt')).toHaveCount(1);
  await expect(phone.getByTestId('receipt')).toContainText('No trace is left in the database', { timeout: 15_000 });
  await expect(phone.getByTestId('receipt')).not.toContainText(/\b202\b/);
  await expect.poll(() => callsWith(phone, '202')).toBe(0);
  await expect.poll(() => callsWith(phone, '600')).toBe(others);

  await openRecords(phone);
  await phone.getByTestId('restore').first().click();
  await expect(phone.getByRole('alertdialog')).toContainText('1 person was erased since');
  await phone.getByTestId('confirm').click();
  await expect(phone.getByTestId('backup-outcome')).toContainText('before-restore');
  await expect.poll(() => callsWith(phone, '202')).toBe(theirs);
  await expect.poll(() => callsWith(phone, '600')).toBe(others);

  // The phone calls on the restored log as before.
  await phone.getByTestId('nav-calls').click();
  await phone.getByTestId('dial-box').fill('600');
  await phone.getByTestId('dial-box').press('Enter');
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await phone.getByTestId('call-hangup').click();
  await expect.poll(() => callsWith(phone, '600')).toBe(others + 1);
});
