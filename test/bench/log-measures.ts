import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExchangeHost } from '#build/start/exchange-host.ts';
import { fillCallLog } from '#test/support/million-calls.ts';
import type { LogBenchResult, LogBenchTask } from './log-bench-messages.ts';
import { percentile, type Measure } from './measure.ts';

const count = 1_000_000;
const openings = 12;
const child = path.join(import.meta.dirname, 'log-bench-child.ts');
let filled: Promise<string> | null = null;

async function fill(): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-log-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  fillCallLog(path.join(directory, 'offhook.sqlite'), count);
  return directory;
}

/** Data directory with a log of a million calls, made once a run. */
const million = () => (filled ??= fill());

async function inAgent(task: LogBenchTask, demo: unknown = null): Promise<LogBenchResult> {
  const agent = fork(child, [task, await million(), JSON.stringify(demo)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let result: LogBenchResult | null = null;
  agent.once('message', (message) => (result = message as LogBenchResult));
  const [code] = (await once(agent, 'exit')) as [number | null];
  if (!result) throw new Error(`the agent ended with ${code} before it was measured`);
  return result;
}

async function besideExchange(task: LogBenchTask): Promise<LogBenchResult> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-'));
  const exchange = new ExchangeHost(directory, { quiet: true });
  try {
    return await inAgent(task, await exchange.start());
  } finally {
    await exchange.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function firstScreens(): Promise<number[]> {
  const taken: number[] = [];
  for (let opening = 0; opening < openings; opening++) taken.push(...(await inAgent('first-screen')).taken);
  return taken;
}

export const measures: Measure[] = [
  {
    id: 'record-durable',
    stat: 'p95',
    unit: 'ms',
    goal: 10,
    title: 'hang-up command → record on the disk, a million calls in the log',
    run: async () => ({ value: percentile((await besideExchange('durable')).taken, 0.95) }),
  },
  {
    id: 'log-first-screen',
    stat: 'p95',
    unit: 'ms',
    goal: 50,
    title: 'first screen of a million calls, from the agent, each time in a new process',
    run: async () => ({ value: percentile(await firstScreens(), 0.95) }),
  },
  {
    id: 'log-search',
    stat: 'p95',
    unit: 'ms',
    goal: 30,
    title: 'search in a million calls, after each letter typed',
    run: async () => ({ value: percentile((await inAgent('search')).taken, 0.95) }),
  },
  {
    id: 'log-size',
    stat: 'size',
    unit: 'MB',
    goal: 700,
    title: 'database of a million calls, a fifth of them with a note',
    run: async () => ({ value: statSync(path.join(await million(), 'offhook.sqlite')).size / 1e6 }),
  },
  {
    id: 'log-report',
    stat: 'max',
    unit: 'ms',
    goal: 1000,
    title: 'any report over a million calls',
    run: async () => ({ value: Math.max(...(await inAgent('report')).taken) }),
  },
  {
    id: 'log-turn',
    stat: 'max',
    unit: 'ms of CPU',
    goal: 10,
    title: "longest turn of the agent's loop: calls, searches, notes and reports at once",
    run: async () => ({ value: (await besideExchange('turn')).longestTurn }),
  },
];
