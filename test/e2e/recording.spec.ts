import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Recording } from '#contract/ipc/index.ts';
import { agentTone } from '#test/support/agent-messages.ts';
import { soundLevel, toneLevel } from '#test/support/tone.ts';
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

/** dBFS of these tones as they mostly are: the median of quarter seconds, since a busy machine tears a tone here and there. */
function levelOf(samples: Float32Array, rate: number, frequencies: readonly number[]): number {
  const step = rate / 4;
  const levels = Array.from({ length: Math.floor(samples.length / step) }, (_, at) => {
    const quarter = samples.subarray(at * step, (at + 1) * step);
    return Math.max(...frequencies.map((frequency) => toneLevel(quarter, rate, frequency)));
  });
  return levels.sort((x, y) => x - y)[levels.length >> 1]!;
}

interface Voices {
  mine: Float32Array;
  theirs: Float32Array;
  rate: number;
  seconds: number;
}

async function voicesOf(page: Page, file: string): Promise<Voices> {
  const { channels, rate } = await decodeSound(page, readFileSync(file));
  expect(channels).toHaveLength(2);
  const [mine, theirs] = channels as [Float32Array, Float32Array];
  return { mine, theirs, rate, seconds: mine.length / rate };
}

/** My voice left, the far end's right, and neither in the other's place. */
function expectEachInItsPlace({ mine, theirs, rate }: Voices): void {
  // Past the first half second: echo cancellation and codecs settle.
  const [left, right] = [mine.subarray(rate / 2), theirs.subarray(rate / 2)];
  const levels = {
    mine: levelOf(left, rate, [low, high]),
    theirs: levelOf(right, rate, [agentTone]),
    theirsInMine: levelOf(left, rate, [agentTone]),
    mineInTheirs: levelOf(right, rate, [low, high]),
  };
  test.info().annotations.push({ type: 'levels, dBFS', description: JSON.stringify(levels) });
  expect(levels.mine).toBeGreaterThan(-40);
  expect(levels.theirs).toBeGreaterThan(-40);
  expect(levels.mine - levels.theirsInMine).toBeGreaterThan(apart);
  expect(levels.theirs - levels.mineInTheirs).toBeGreaterThan(apart);
}

async function record(page: Page, milliseconds: number): Promise<void> {
  await page.getByTestId('call-recording').click();
  await expect(page.getByTestId('recording-mark')).toBeVisible();
  await page.waitForTimeout(milliseconds);
}

/** Files that come to be while `work` runs. */
async function filesMadeBy(offhook: Offhook, work: () => Promise<void>): Promise<string[]> {
  const before = filesOf(offhook);
  await work();
  return filesOf(offhook).filter((file) => !before.includes(file));
}

test('a call is recorded by one click: my voice left, the other one right, in a file for the user alone', async ({
  phone,
  colleague,
  offhook,
}) => {
  await colleague.place('201');
  await talk(phone);
  const [file] = await filesMadeBy(offhook, () => record(phone, 4000));
  await expect(phone.getByTestId('recording-mark')).toContainText('00:0');
  await hangUp(phone);
  const [recording] = await recordingsOf(phone, await newestCall(phone), 1);
  expect(recording).toMatchObject({ state: 'complete', source: 'computer', mediaType: 'audio/webm' });
  expect(statSync(file!).mode & 0o777).toBe(0o600);
  expect(statSync(file!).size).toBe(recording!.bytes);
  const voices = await voicesOf(phone, file!);
  expectEachInItsPlace(voices);
  expect(Math.abs(voices.seconds - recording!.durationMilliseconds! / 1000)).toBeLessThan(0.5);
  const { peaks } = await askAgent(phone, 'recordings.peaks', { recordingId: recording!.id });
  const wave = Buffer.from(peaks!, 'base64');
  expect(Math.abs(wave.length / 2 - voices.seconds * 10)).toBeLessThan(5);
  expect(Math.max(...wave)).toBeGreaterThan(10);
});

test('a muted microphone is silence on the left, and the recording ends when it is stopped, not the call', async ({
  phone,
  colleague,
  offhook,
}) => {
  await colleague.place('201');
  await talk(phone);
  await phone.getByTestId('call-mute').click();
  await expect(phone.getByTestId('call-mute')).toHaveAttribute('aria-pressed', 'true');
  const [file] = await filesMadeBy(offhook, () => record(phone, 2500));
  await phone.keyboard.press('Alt+R');
  await expect(phone.getByTestId('recording-mark')).toHaveCount(0);
  const callId = await newestCall(phone);
  await recordingsOf(phone, callId, 1);
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'connected');
  const { mine, theirs, rate } = await voicesOf(phone, file!);
  expect(soundLevel(mine)).toBeLessThan(-80);
  expect(levelOf(theirs.subarray(rate / 2), rate, [agentTone])).toBeGreaterThan(-40);
  await hangUp(phone);
});

test('a held call is recorded as it is heard: in silence, and both voices again afterwards', async ({
  phone,
  colleague,
  offhook,
}) => {
  await colleague.place('201');
  await talk(phone);
  const [file] = await filesMadeBy(offhook, () => record(phone, 500));
  await phone.getByTestId('call-hold').click();
  await expect(phone.getByTestId('call-panel')).toHaveAttribute('data-state', 'onHold');
  await phone.waitForTimeout(3000);
  await phone.getByTestId('call-hold').click();
  await hears(phone, agentTone);
  await phone.waitForTimeout(2000);
  await hangUp(phone);
  await recordingsOf(phone, await newestCall(phone), 1);
  const { mine, theirs, rate, seconds } = await voicesOf(phone, file!);
  const quietest = (samples: Float32Array) => {
    const levels = Array.from({ length: Math.floor(seconds) }, (_, at) =>
      soundLevel(samples.subarray(at * rate, (at + 1) * rate)),
    );
    return Math.min(...levels);
  };
  expect([quietest(mine), quietest(theirs)].filter((level) => level > -80)).toEqual([]);
  expect(levelOf(mine.subarray(-rate * 1.5), rate, [low, high])).toBeGreaterThan(-40);
  expect(levelOf(theirs.subarray(-rate * 1.5), rate, [agentTone])).toBeGreaterThan(-40);
});

test('a window that is reloaded in mid-call leaves what was recorded, and the call goes on', async ({
  phone,
  colleague,
  offhook,
}) => {
  const callId = await colleague.place('201');
  await talk(phone);
  const [file] = await filesMadeBy(offhook, () => record(phone, 4000));
  await phone.reload({ waitUntil: 'commit' });
  await hears(phone, agentTone);
  expect(colleague.call(callId).state).toBe('connected');
  const [recording] = await recordingsOf(phone, await newestCall(phone), 1);
  expect(recording!.durationMilliseconds).toBeGreaterThan(2000);
  await expect(phone.getByTestId('recording-mark')).toHaveCount(0);
  const voices = await voicesOf(phone, file!);
  expect(voices.seconds).toBeGreaterThan(2);
  expectEachInItsPlace(voices);
  await record(phone, 1500);
  await hangUp(phone);
  await recordingsOf(phone, recording!.callId, 2);
});

test('every answered call is recorded by itself where the settings say so, also after a reload', async ({
  phone,
  colleague,
}) => {
  await phone.getByTestId('nav-settings').click();
  await phone.getByTestId('settings-recording').click();
  await phone.getByTestId('setting-recordCalls').getByRole('combobox').selectOption('always');
  await phone.getByTestId('nav-calls').click();
  try {
    await colleague.place('201');
    await expect(phone.getByTestId('incoming-call')).toBeVisible();
    await talk(phone);
    await expect(phone.getByTestId('recording-mark')).toBeVisible();
    await phone.waitForTimeout(1500);
    await phone.reload({ waitUntil: 'commit' });
    await hears(phone, agentTone);
    await expect(phone.getByTestId('recording-mark')).toBeVisible();
    await phone.waitForTimeout(1500);
    await hangUp(phone);
    await recordingsOf(phone, await newestCall(phone), 2);
  } finally {
    await askAgent(phone, 'settings.set', { values: { recordCalls: 'never' } });
  }
});

test('a recording whose file has vanished is told, nothing else is lost, and the phone still calls', async ({
  phone,
  colleague,
  offhook,
}) => {
  await colleague.place('201');
  await talk(phone);
  const [file] = await filesMadeBy(offhook, () => record(phone, 1500));
  await hangUp(phone);
  const [recording] = await recordingsOf(phone, await newestCall(phone), 1);
  rmSync(file!);
  const reading = askAgent(phone, 'recordings.read', { recordingId: recording!.id, offset: 0 });
  await expect(reading).rejects.toThrow('recording.missing');
  expect(await askAgent(phone, 'recordings.list', { callId: recording!.callId })).toMatchObject([{ state: 'missing' }]);
  expect(await newestCall(phone)).toBe(recording!.callId);
  await colleague.place('201');
  await talk(phone);
  await hangUp(phone);
});

test('a folder in which nothing can be written is told, and the call goes on', async ({
  phone,
  colleague,
  offhook,
}) => {
  mkdirSync(folderOf(offhook), { recursive: true });
  const aside = `${folderOf(offhook)}.aside`;
  renameSync(folderOf(offhook), aside);
  writeFileSync(folderOf(offhook), 'a file where the folder should be');
  try {
    const callId = await colleague.place('201');
    await talk(phone);
    await phone.getByTestId('call-recording').click();
    await expect(phone.locator('[data-code="recording.failed"]').first()).toBeVisible();
    await expect(phone.getByTestId('call-recording')).toHaveAttribute('aria-pressed', 'false');
    await colleague.hears(callId, low);
    await hangUp(phone);
  } finally {
    rmSync(folderOf(offhook));
    renameSync(aside, folderOf(offhook));
  }
});
