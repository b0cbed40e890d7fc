import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fillDirectory, mergeDirectory } from '#test/support/many-people.ts';
import { percentile, type Measure } from './measure.ts';
import type { PeopleBenchResult, PeopleBenchTask } from './people-bench-messages.ts';

const count = 100_000;
const child = path.join(import.meta.dirname, 'people-bench-child.ts');
let filled: Promise<string> | null = null;

/** A database with 100,000 entries and 200,000 numbers, as the agent has it when all of them were merged; made once a run. */
function directory(): Promise<string> {
  filled ??= fill();
  return filled;
}

async function fill(): Promise<string> {
  const made = mkdtempSync(path.join(tmpdir(), 'offhook-bench-people-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  fillDirectory(path.join(made, 'people.sqlite'), count);
  await mergeDirectory(path.join(made, 'people.sqlite'));
  return made;
}

async function inAgent(task: PeopleBenchTask): Promise<PeopleBenchResult> {
  const made = await directory();
  const agent = fork(child, [task, mkdtempSync(path.join(made, 'agent-')), path.join(made, 'people.sqlite')], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let result: PeopleBenchResult | null = null;
  agent.once('message', (message) => (result = message as PeopleBenchResult));
  const [code] = (await once(agent, 'exit')) as [number | null];
  if (!result) throw new Error(`the agent ended with ${code} before it was measured`);
  return result;
}

export const measures: Measure[] = [
  {
    id: 'match',
    stat: 'p99',
    unit: 'ms',
    goal: 1,
    title: 'whose number it may be, a million numbers in the index',
    run: async () => ({ value: (await inAgent('match')).taken[0]! }),
  },
  {
    id: 'match-memory',
    stat: 'size',
    unit: 'MB',
    goal: 60,
    title: 'index of 100,000 people with 200,000 numbers, on top of the agent',
    run: async () => ({ value: (await inAgent('memory')).taken[0]! }),
  },
  {
    id: 'index-load',
    stat: 'p95',
    unit: 'ms',
    goal: 1500,
    title: 'start of the people worker → 100,000 people of the database can be matched',
    run: async () => ({ value: percentile((await inAgent('load')).taken, 0.95) }),
  },
  {
    id: 'people-search',
    stat: 'p95',
    unit: 'ms',
    goal: 15,
    title: 'search in 100,000 people, after each letter typed',
    run: async () => ({ value: percentile((await inAgent('search')).taken, 0.95) }),
  },
  {
    id: 'match-turn',
    stat: 'max',
    unit: 'ms of CPU',
    goal: 10,
    title: "longest turn of the agent's loop: images swapped, people listed, matched and searched at once",
    run: async () => ({ value: (await inAgent('turn')).longestTurn }),
  },
];
