import type { Page } from '@playwright/test';
import { expect, test } from './support/office.ts';

async function openRecords(phone: Page): Promise<void> {
  await phone.getByTestId('nav-settings').click();
  await phone.getByTestId('settings-records').click();
}

/** The rows of the list that name a number. */
async function callsWith(phone: Page, number: string) {
  await phone.getByTestId('nav-calls').click();
  return phone.getByTestId('call-record').filter({ hasText: number });
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
  // Tests before this one may have left calls with both.
  await expect((await callsWith(phone, '202')).first()).toHaveAttribute('data-disposition', 'answered');
  const [theirs, others] = [
    await (await callsWith(phone, '202')).count(),
    await (await callsWith(phone, '600')).count(),
  ];

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
  await expect(await callsWith(phone, '202')).toHaveCount(0);
  await expect(await callsWith(phone, '600')).toHaveCount(others);

  await openRecords(phone);
  await phone.getByTestId('restore').first().click();
  await expect(phone.getByRole('alertdialog')).toContainText('1 person was erased since');
  await phone.getByTestId('confirm').click();
  await expect(phone.getByTestId('backup-outcome')).toContainText('before-restore');
  await expect(await callsWith(phone, '202')).toHaveCount(theirs);
  await expect(await callsWith(phone, '600')).toHaveCount(others);

  // The phone calls on the restored log as before.
  await phone.getByTestId('nav-calls').click();
  await phone.getByTestId('dial-box').fill('600');
  await phone.getByTestId('dial-box').press('Enter');
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await phone.getByTestId('call-hangup').click();
  await expect(await callsWith(phone, '600')).toHaveCount(others + 1);
});
