import type { Page } from '@playwright/test';
import { agentTone } from '#test/support/agent-messages.ts';
import { expect, test } from './support/office.ts';
import { hears } from './support/page-ear.ts';
import { voiceTones } from './support/voice.ts';

const microphone = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', '--use-file-for-fake-audio-capture'];

async function answerAndHear(page: Page): Promise<void> {
  await page.getByTestId('answer-button').click();
  await expect(page.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await hears(page, agentTone);
  await page.getByTestId('call-hangup').click();
}

test('without a microphone the window says so, and the far end is still heard', async ({ openPhoneWithout, colleague }) => {
  const page = await openPhoneWithout(...microphone.slice(1));
  await colleague.place('201');
  await expect(page.getByText(/microphone/i).first()).toBeVisible();
  await answerAndHear(page);
});

test('with the microphone refused the window says what to do, and the far end is still heard', async ({ openPhoneWithout, colleague }) => {
  const page = await openPhoneWithout(microphone[0]!);
  await colleague.place('201');
  await answerAndHear(page);
  await expect(page.getByText(/microphone/i).first()).toBeVisible();
});

test('a window that crashes in mid-call leaves the call up, and the next window has its sound', async ({ phone, openPhoneWithout, colleague }) => {
  const callId = await colleague.place('201');
  await phone.getByTestId('answer-button').click();
  await colleague.hears(callId, voiceTones[0]);
  const crashed = phone.waitForEvent('crash');
  await Promise.all([crashed, phone.goto('chrome://crash').catch((error: Error) => expect(error.message).toMatch(/crash/i))]);
  const next = await openPhoneWithout();
  await expect(next.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await hears(next, agentTone, 2_000);
  await colleague.hears(callId, voiceTones[0], 2_000);
  await next.getByTestId('call-hangup').click();
});

test('a wrong password and an unknown server are each told in a sentence, and the other line keeps working', async ({ phone }) => {
  await phone.getByTestId('nav-settings').click();
  await phone.getByTestId('settings-lines').click();
  await phone.getByTestId('add-line').click();
  const form = phone.getByTestId('line-form');
  await form.getByLabel(/server/i).first().fill('nowhere.invalid');
  await form.getByLabel(/login|user/i).first().fill('555');
  await form.getByLabel(/^password/i).first().fill('wrong');
  await phone.getByTestId('line-submit').click();
  await expect(phone.getByText('nowhere.invalid').first()).toBeVisible();
  await expect(phone.getByTestId('error-notice').first()).toBeVisible({ timeout: 15_000 });
  await phone.getByTestId('nav-calls').click();
  await phone.getByTestId('dial-box').fill('600');
  await phone.getByTestId('dial-box').press('Enter');
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await phone.getByTestId('call-hangup').click();
});
