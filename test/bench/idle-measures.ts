import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExchangeHost } from '#build/start/exchange-host.ts';
import { ShellProcess } from '#test/support/shell-process.ts';
import { pause } from '#test/support/until.ts';
import { percentile, type Measure, type Measured } from './measure.ts';
import { cpuTicks, proportionalSetSize } from './process-usage.ts';

const settling = 15_000;
const watching = 30_000;
const starts = 7;

/** The bundled agent beside Offhook's own PBX, each in a process of its own, as `npm start` has them. */
async function besideExchange(run: (agent: ShellProcess) => Promise<Measured>): Promise<Measured> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-'));
  const exchange = new ExchangeHost(directory, { quiet: true });
  let agent: ShellProcess | null = null;
  try {
    const demo = await exchange.start();
    agent = new ShellProcess({ directory, demo, logLevel: 'info' });
    return await run(agent);
  } finally {
    await agent?.stop();
    await exchange.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The relay is a worker of the agent's process, so that one process is both. */
async function idle(look: (pid: number) => Promise<number>): Promise<Measured> {
  return besideExchange(async (agent) => {
    await agent.start();
    await agent.registered();
    await pause(settling);
    return { value: await look(agent.pid) };
  });
}

async function startToRegistered(): Promise<Measured> {
  const taken: number[] = [];
  return besideExchange(async (agent) => {
    for (let round = 0; round < starts; round++) {
      const began = performance.now();
      agent.spawn();
      await agent.registered();
      taken.push(performance.now() - began);
      await agent.stop();
    }
    return { value: percentile(taken, 0.95) };
  });
}

export const measures: Measure[] = [
  {
    id: 'idle-memory',
    stat: 'mean',
    unit: 'MB',
    goal: 150,
    title: 'proportional set size of agent and relay, registered and idle',
    run: () =>
      idle(async (pid) => {
        const values: number[] = [];
        for (let look = 0; look < 10; look++) {
          values.push(proportionalSetSize(pid));
          await pause(500);
        }
        return values.reduce((a, b) => a + b, 0) / values.length;
      }),
  },
  {
    id: 'idle-cpu',
    stat: 'mean',
    unit: '% of a core',
    goal: 0.5,
    title: 'CPU of agent and relay, registered and idle',
    run: () =>
      idle(async (pid) => {
        const [before, from] = [cpuTicks(pid), performance.now()];
        await pause(watching);
        return ((cpuTicks(pid) - before) * 10 * 100) / (performance.now() - from);
      }),
  },
  {
    id: 'start-registered',
    stat: 'p95',
    unit: 'ms',
    goal: 1500,
    title: "start of the agent's process → registered on the local PBX",
    run: startToRegistered,
  },
];
