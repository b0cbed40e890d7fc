import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Recording } from '#contract/ipc/index.ts';
import { agentTone } from '#test/support/agent-messages.ts';
import { toneLevel } from '#test/support/tone.ts';
import { expect, test } from './support/office.ts';
import { decodeSound } from './support/decode-sound.ts';
import { hears } from './support/page-ear.ts';
import { voiceTones } from './support/voice.ts';
import { askAgent } from './support/page-agent.ts';

const [low, high] = voiceTones;
/** dB by which a voice stands above the other one in its own channel. */
const apart = 20;

type Offhook = { directory: string };

const folderOf = ({ directory }: Offhook) => path.join(directory, 'data', 'recordings');

function filesOf(offhook: Offhook): string[] {
  if (!existsSync(folderOf(offhook))) return [];
  const names = readdirSync(folderOf(offhook), { recursive: true }).map(String);
  return names.filter((name) => name.endsWith('.webm')).map((name) => path.join(folderOf(offhook), name));
}

async function talk(page: Page): Promise<void> {
  await page.getByTestId('answer-button').click();
  await expect(page.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  await hears(page, agentTone);
}

async function hangUp(page: Page): Promise<void> {
  await page.getByTestId('call-hangup').click();
  await expect(page.getByTestId('call-timer')).toHaveCount(0);
}

/** Once the agent has closed every file of the call. */
async function recordingsOf(page: Page, callId: string, count: number): Promise<Recording[]> {
  let found: Recording[] = [];
  const look = async () => {
    found = await askAgent(page, 'recordings.list', { callId });
    return found.filter(({ state }) => state !== 'recording').length;
  };
  await expect.poll(look).toBe(count);
  return found;
}

/** The call's id as the phone of 201 has it: that of the newest record. */
async function newestCall(page: Page): Promise<string> {
  const [newest] = await askAgent(page, 'callLog.list', { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 1 });
  return newest!.id;
}

const loudest = (samples: Float32Array, rate: number, frequencies: readonly number[]) =>
  Math.max(...frequencies.map((frequency) => toneLevel(samples, rate, frequency)));

/** My voice left, the far end's right, and neither in the other's place. */
async function expectBothVoices(page: Page, file: string): Promise<number> {
  const { channels, rate } = await decodeSound(page, readFileSync(file));
  expect(channels).toHaveLength(2);
  const [left, right] = channels as [Float32Array, Float32Array];
  // Past the first half second: echo cancellation and codecs settle.
  const [mine, theirs] = [left.subarray(rate / 2), right.subarray(rate / 2)];
  const levels = {
    mine: loudest(mine, rate, [low, high]),
    theirs: toneLevel(theirs, rate, agentTone),
    theirsInMine: toneLevel(mine, rate, agentTone),
    mineInTheirs: loudest(theirs, rate, [low, high]),
  };
  test.info().annotations.push({ type: 'levels, dBFS', description: JSON.stringify(levels) });
  expect(levels.mine).toBeGreaterThan(-40);
  expect(levels.theirs).toBeGreaterThan(-40);
  expect(levels.mine - levels.theirsInMine).toBeGreaterThan(apart);
  expect(levels.theirs - levels.mineInTheirs).toBeGreaterThan(apart);
  return left.length / rate;
}

test('a call is recorded by one click: my voice left, the other one right, in a file for the user alone', async ({
  phone,
  colleague,
  offhook,
}) => {
  await colleague.place('201');
  await talk(phone);
  const before = filesOf(offhook);
  await phone.getByTestId('call-recording').click();
  await expect(phone.getByTestId('recording-mark')).toContainText('00:0');
  await phone.waitForTimeout(4000);
  await hangUp(phone);
  const [recording] = await recordingsOf(phone, await newestCall(phone), 1);
  expect(recording).toMatchObject({ state: 'complete', source: 'computer', mediaType: 'audio/webm' });
  const [file] = filesOf(offhook).filter((name) => !before.includes(name));
  expect(statSync(file!).mode & 0o777).toBe(0o600);
  expect(statSync(file!).size).toBe(recording!.bytes);
  const seconds = await expectBothVoices(phone, file!);
  expect(Math.abs(seconds - recording!.durationMilliseconds! / 1000)).toBeLessThan(0.5);
  const { peaks } = await askAgent(phone, 'recordings.peaks', { recordingId: recording!.id });
  const wave = Buffer.from(peaks!, 'base64');
  expect(Math.abs(wave.length / 2 - seconds * 10)).toBeLessThan(5);
  expect(Math.max(...wave)).toBeGreaterThan(10);
});
