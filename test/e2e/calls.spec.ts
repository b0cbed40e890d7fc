import type { Page } from '@playwright/test';
import { agentTone } from '#test/support/agent-messages.ts';
import { expect, test } from './support/office.ts';
import { hears, hearsNoMore, hearsNot } from './support/page-ear.ts';
import { voiceTones } from './support/voice.ts';

const [low, high] = voiceTones;

async function dialByKeypad(phone: Page, digits: string): Promise<void> {
  for (const digit of digits) await phone.getByTestId(`key-${digit}`).click();
  await phone.getByTestId('call-button').click();
}

async function panelIs(phone: Page, state: string): Promise<void> {
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', state);
}

async function hangUp(phone: Page): Promise<void> {
  await phone.getByTestId('call-hangup').click();
  await expect(phone.getByTestId('call-timer')).toHaveCount(0);
}

test('a newcomer dials the echo by the keypad and hears their own voice', async ({ phone }) => {
  await dialByKeypad(phone, '600');
  await panelIs(phone, 'connected');
  await hears(phone, low);
  await hears(phone, high);
  await hangUp(phone);
  await expect(phone.getByTestId('call-record').first()).toHaveAttribute('data-disposition', 'answered');
});

test('a call that comes in is shown without taking the keyboard, answered, and heard both ways', async ({ phone, colleague }) => {
  await phone.getByTestId('dial-box').focus();
  const callId = await colleague.place('201');
  await expect(phone.getByTestId('incoming-call')).toBeVisible();
  await expect(phone.getByTestId('dial-box')).toBeFocused();
  await phone.getByTestId('answer-button').click();
  await panelIs(phone, 'connected');
  await hears(phone, agentTone);
  await colleague.hears(callId, low);
  await hangUp(phone);
  await colleague.callIs(callId, (call) => call.endedAt !== null);
});

test('a held colleague hears music instead of us, and us again afterwards', async ({ phone, colleague }) => {
  const callId = await colleague.place('201');
  await phone.getByTestId('answer-button').click();
  await colleague.hears(callId, low);
  await phone.getByTestId('call-hold').click();
  await panelIs(phone, 'onHold');
  await colleague.callIs(callId, (call) => call.heldByThem);
  await hearsNoMore(phone, agentTone);
  await phone.getByTestId('call-hold').click();
  await panelIs(phone, 'connected');
  await hears(phone, agentTone);
  await colleague.hears(callId, low);
  await hangUp(phone);
});

test('a muted microphone sends nothing', async ({ phone, colleague }) => {
  const callId = await colleague.place('201');
  await phone.getByTestId('answer-button').click();
  await colleague.hears(callId, low);
  await phone.getByTestId('call-mute').click();
  await colleague.hearsNothing(callId);
  await phone.getByTestId('call-mute').click();
  await colleague.hears(callId, low);
  await hangUp(phone);
});

test('digits steer the voice menu: 2 leads to its echo', async ({ phone }) => {
  await dialByKeypad(phone, '700');
  await panelIs(phone, 'connected');
  expect(await hearsNot(phone, low, 700)).toBe(true);
  await phone.getByTestId('call-keypad').click();
  await phone.getByTestId('call-panel').getByTestId('key-2').click();
  await expect(phone.getByTestId('sent-digits')).toHaveText('2');
  await hears(phone, low, 15_000);
  await hears(phone, high);
  await hangUp(phone);
});

test('a window that is reloaded in mid-call has its sound back within two seconds', async ({ phone, colleague }) => {
  const callId = await colleague.place('201');
  await phone.getByTestId('answer-button').click();
  await hears(phone, agentTone);
  await colleague.hears(callId, low);
  await phone.reload({ waitUntil: 'commit' });
  const from = performance.now();
  await hears(phone, agentTone, 2_000);
  await colleague.hears(callId, low, 2_000 - (performance.now() - from));
  await panelIs(phone, 'connected');
  expect(colleague.call(callId).state).toBe('connected');
  await hangUp(phone);
});

test('two calls at once: the second one holds the first, and each can be taken back', async ({ phone, colleague }) => {
  await dialByKeypad(phone, '600');
  await panelIs(phone, 'connected');
  const callId = await colleague.place('201');
  await phone.getByTestId('answer-button').click();
  await colleague.hears(callId, low);
  await hearsNoMore(phone, high);
  await colleague.client.call('calls.hangUp', { callId });
  await phone.getByTestId('call-hold').click();
  await panelIs(phone, 'connected');
  await hears(phone, high);
  await hangUp(phone);
});

test('a call nobody took is listed as missed, and called back by one click', async ({ phone, colleague }) => {
  const callId = await colleague.place('201');
  await expect(phone.getByTestId('incoming-call')).toBeVisible();
  await colleague.client.call('calls.hangUp', { callId });
  const record = phone.getByTestId('call-record').first();
  await expect(record).toHaveAttribute('data-disposition', 'missed');
  await record.getByTestId('record-call').click();
  const back = await colleague.incoming();
  await colleague.client.call('calls.decline', { callId: back.id, reason: 'busy' });
  await expect(phone.getByTestId('call-record').first()).toHaveAttribute('data-disposition', 'busy');
});
