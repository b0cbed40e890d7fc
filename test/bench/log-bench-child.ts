// The agent in a process of its own on a log of a million calls, asked as a window asks.
import { parseArgs } from 'node:util';
import type { CommandInput, CommandName } from '#contract/ipc/index.ts';
import { MemoryClientPort } from '#core/bridge/memory-client-port.ts';
import { createAgent, type DemoExchange } from '#core/composition-root.ts';
import { createPinoLogger } from '#core/foundation/pino-logger.ts';
import { lastCallAt } from '#test/support/million-calls.ts';
import type { LogBenchResult, LogBenchTask } from './log-bench-messages.ts';
import { searchTexts } from './search-texts.ts';
import { TurnMeter } from './turn-meter.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const [task = 'first-screen', dataDirectory = '.', demoText = 'null'] = positionals as [LogBenchTask, string, string];
const demo = JSON.parse(demoText) as DemoExchange | null;
const meter = new TurnMeter();
const day = 86_400_000;

const agent = await createAgent({
  dataDirectory,
  shell: 'web',
  version: '0.0.0-bench',
  logger: createPinoLogger({ file: null, level: 'warn' }).logger,
  relayWorker: new URL('../../dist/relay-worker.js', import.meta.url),
  storageWorker: new URL('../../dist/storage-worker.js', import.meta.url),
  exportWorker: new URL('../../dist/export-worker.js', import.meta.url),
  directoryWorker: new URL('../../dist/directory-worker.js', import.meta.url),
  peopleWorker: new URL('../../dist/people-worker.js', import.meta.url),
  searchWorker: new URL('../../dist/search-worker.js', import.meta.url),
  sheetWorker: new URL('../../dist/sheet-worker.js', import.meta.url),
  demo,
  audio: 'synthetic',
});
const window = new MemoryClientPort();
agent.connect(window);
let asked = 0;

async function ask<N extends CommandName>(command: N, args: CommandInput<N>): Promise<unknown> {
  const id = ++asked;
  window.say({ id, command, args });
  const reply = await window.reply(id);
  window.sent.length = 0;
  if ('error' in reply) throw new Error(`${command}: ${reply.error.code} ${reply.error.detail}`);
  return 'result' in reply ? reply.result : null;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

const firstScreen = () =>
  Promise.all([
    ask('session.open', {}),
    ask('callLog.query', { filter: {} }),
    ask('callLog.count', { filter: { missedOpen: true } }),
    ask('callLog.followUps', {}),
    ask('people.favourites', {}),
  ]);

const periods = [30, 365, 1200];
const date = (moment: number) => new Date(moment).toISOString().slice(0, 10);
async function reports(): Promise<number[]> {
  const taken: number[] = [];
  for (const kind of ['summary', 'days', 'hours', 'people', 'lines', 'callbacks'] as const) {
    for (const days of periods) {
      const period = { from: date(lastCallAt - days * day), to: date(lastCallAt) };
      taken.push(await timed(() => ask('reports.run', { kind, period })));
    }
  }
  return taken;
}

async function searches(): Promise<number[]> {
  const taken: number[] = [];
  for (const text of searchTexts) {
    for (let length = 1; length <= text.length; length++) {
      taken.push(await timed(() => ask('callLog.query', { filter: { text: text.slice(0, length) }, limit: 50 })));
    }
  }
  return taken;
}

async function talkAndHangUp(): Promise<number> {
  const { callId } = (await ask('calls.place', { text: demo!.echo })) as { callId: string };
  await heard(() => window.events('calls.changed').some((payload) => isCall(payload, callId, 'connected')));
  const recorded = heard(() => window.events('callLog.recorded').some((payload) => isEnd(payload, callId)));
  const from = performance.now();
  window.say({ id: ++asked, command: 'calls.hangUp', args: { callId } });
  await recorded;
  const took = performance.now() - from;
  window.sent.length = 0;
  return took;
}

function isCall(payload: unknown, id: string, state: string): boolean {
  const { calls } = payload as { calls: { id: string; state: string }[] };
  return calls.some((call) => call.id === id && call.state === state);
}

function isEnd(payload: unknown, id: string): boolean {
  const { record } = payload as { record: { id: string; endedAt: number | null } };
  return record.id === id && record.endedAt !== null;
}

function heard(so: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const listening = window.onSent(() => {
      if (!so()) return;
      listening.dispose();
      resolve();
    });
  });
}

async function calls(count: number): Promise<number[]> {
  await agent.registered();
  const taken: number[] = [];
  for (let call = 0; call < count; call++) taken.push(await talkAndHangUp());
  return taken;
}

async function everything(): Promise<void> {
  const page = (await ask('callLog.query', { filter: {}, limit: 500 })) as { calls: { record: { id: string } }[] };
  for (const { record } of page.calls.slice(0, 20))
    await ask('callLog.annotate', { callId: record.id, patch: { note: 'Просит счёт', tags: ['опт'] } });
  await searches();
  await reports();
  await ask('callLog.count', { filter: { direction: 'incoming', internal: true } });
  await ask('callLog.suggestions', {});
}

async function run(): Promise<LogBenchResult> {
  // As in the window's life: the agent has long been up when somebody looks.
  await ask('callLog.query', { filter: {}, limit: 1 });
  if (task === 'first-screen') return { taken: [await timed(firstScreen)], longestTurn: 0 };
  if (task === 'search') return { taken: await searches(), longestTurn: 0 };
  if (task === 'report') return { taken: await reports(), longestTurn: 0 };
  if (task === 'durable') {
    await calls(20);
    return { taken: await calls(150), longestTurn: 0 };
  }
  await calls(3);
  meter.start();
  await Promise.all([everything(), calls(40)]);
  return { taken: [], longestTurn: meter.stop() };
}

const result = await run();
await agent.stop();
process.send!(result);
process.disconnect();
