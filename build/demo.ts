import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { words, say } from './prepare/words.mjs';
import { hearTone, openBrowser } from '#build/demo/browser.ts';
import { startHeadless, type HeadlessOffhook } from '#build/start/headless.ts';
import { account } from '#contract/ipc/index.ts';
import { AgentUnderTest, agentTone } from '#test/support/agent-under-test.ts';
import { toneWav } from '#test/support/wav.ts';

// `npm run demo`: the headless proof that a newcomer's first calls work, with nothing but what is in this repository.
const ownTone = 700;

/** What to undo, last first, however the demonstration ends. */
const undo: (() => Promise<unknown> | void)[] = [];

async function step<T>(ru: string, en: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    const result = await run();
    console.log(`✓ ${words(ru, en)}: ${Math.round(performance.now() - started)} ms`);
    return result;
  } catch (error) {
    console.log(`✗ ${words(ru, en)}: ${error instanceof Error ? error.message : String(error)}`);
    throw error;
  }
}

type Window = Awaited<ReturnType<typeof openBrowser>>;

async function openWindow(offhook: HeadlessOffhook, folder: string): Promise<Window> {
  const microphone = path.join(folder, 'voice.wav');
  writeFileSync(microphone, toneWav({ frequency: ownTone, rate: 48_000, seconds: 2 }));
  const window = await openBrowser(microphone);
  undo.push(() => window.browser.close());
  await window.page.goto(await offhook.address());
  await window.page.getByTestId('dial-box').waitFor();
  return window;
}

async function echo({ page }: Window, number: string): Promise<void> {
  await step(`звонок на эхо ${number}: ответ`, `call to the echo ${number}: answered`, async () => {
    await page.getByTestId('dial-box').fill(number);
    await page.getByTestId('dial-box').press('Enter');
    await page.getByTestId('call-timer').waitFor();
  });
  await step(`свой голос (${ownTone} Гц) вернулся`, `own voice (${ownTone} Hz) came back`, () => hearTone(page, ownTone));
  await step('звонок закончен', 'call ended', async () => {
    await page.getByTestId('call-hangup').click();
    await page.getByTestId('active-call').waitFor({ state: 'detached' });
  });
}

async function secondExtension(offhook: HeadlessOffhook, folder: string): Promise<AgentUnderTest> {
  const [, colleague] = offhook.extensions;
  if (!colleague) throw new Error('the exchange has one extension only');
  const directory = path.join(folder, 'colleague');
  mkdirSync(directory);
  const agent = new AgentUnderTest({ directory });
  undo.push(() => agent.stop());
  await agent.start();
  await agent.registeredLine(account.parse(colleague.account), colleague.password);
  return agent;
}

async function incoming({ page }: Window, agent: AgentUnderTest, extension: string): Promise<void> {
  const callId = await step(`входящий от второго номера на ${extension}: звонит`, `call from the second extension to ${extension}: rings`, async () => {
    const placed = await agent.place(extension);
    await agent.callIs(placed, 'ringback');
    await page.getByTestId('incoming-call').waitFor();
    return placed;
  });
  await step('ответ в окне', 'answered in the window', async () => {
    await page.getByTestId('answer-button').click();
    await agent.callIs(callId, 'connected');
  });
  await step(`окно слышит звонящего (${agentTone} Гц)`, `the window hears the caller (${agentTone} Hz)`, () => hearTone(page, agentTone));
  await step(`звонящий слышит окно (${ownTone} Гц)`, `the caller hears the window (${ownTone} Hz)`, () => agent.hears(callId, ownTone));
  await step('звонящий положил трубку', 'the caller hung up', async () => {
    await agent.client.call('calls.hangUp', { callId });
    await page.getByTestId('active-call').waitFor({ state: 'detached' });
  });
}

async function demonstrate(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-demo-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const offhook = await step('АТС и агент запущены, линия зарегистрирована', 'exchange and agent started, line registered', async () => {
    const started = await startHeadless(path.join(folder, 'data'));
    undo.push(() => started.stop());
    return started;
  });
  const window = await step('окно открыто в браузере без экрана', 'window opened in a headless browser', () => openWindow(offhook, folder));
  const [own] = offhook.extensions;
  await echo(window, own?.echo ?? '600');
  const agent = await step('второй номер зарегистрирован', 'second extension registered', () => secondExtension(offhook, folder));
  await incoming(window, agent, own?.account.user ?? '201');
  if (window.complaints.length > 0) throw new Error(`the page complained: ${window.complaints.join('; ')}`);
}

async function cleanUp(): Promise<void> {
  for (const act of undo.splice(0).reverse()) {
    await Promise.resolve(act()).catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cleanUp().then(() => process.exit(130)));

const started = performance.now();
const failure = await demonstrate().then(
  () => null,
  (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
);
await cleanUp();
const seconds = ((performance.now() - started) / 1000).toFixed(1);
if (failure) say(`Не получилось: ${failure.message}`, `It did not work: ${failure.message}`);
else say(`Всё работает (${seconds} с).`, `Everything works (${seconds} s).`);
process.exit(failure ? 1 : 0);
