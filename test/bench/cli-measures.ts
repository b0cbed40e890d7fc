import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { offhookProgram } from '#test/support/offhook-command.ts';
import { percentile, type Measure, type Measured } from './measure.ts';
import { SipStub } from './sip-stub.ts';

const warmUps = 10;
const rounds = 60;

/** What the shell that runs the agent writes, so that the command finds it. */
function announce(directory: string, agent: AgentUnderTest): void {
  const api = { port: agent.api?.port, secret: agent.api?.secret };
  const text = JSON.stringify({ pid: process.pid, info: { shell: 'web', api } });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(directory, 'agent.json'), text, { mode: 0o600 });
}

/** @returns ms from just before the process is made to the INVITE at the stub */
async function dialOnce(stub: SipStub, directory: string): Promise<number> {
  const arrived = stub.next('INVITE', ({ start }) => start.startsWith('INVITE '));
  const began = process.hrtime.bigint();
  const child = spawn(process.execPath, [offhookProgram, 'dial', '1003'], {
    env: { ...process.env, OFFHOOK_DATA: directory, LC_ALL: 'en_US.UTF-8' },
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const { at } = await arrived;
  const code = await ended;
  if (code !== 0) throw new Error(`offhook dial ended with ${code}`);
  return Number(at - began) / 1e6;
}

/** Node that starts and does nothing: what no command in it can be quicker than, in the mood that the machine is in. */
async function startBareNode(): Promise<number> {
  const began = process.hrtime.bigint();
  const child = spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return Number(process.hrtime.bigint() - began) / 1e6;
}

/** The whole process, with Node's own start, before an agent that runs already. */
async function cliDialInvite(): Promise<Measured> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-cli-bench-'));
  const announced = path.join(directory, 'announced');
  const stub = new SipStub();
  await stub.start();
  const agent = new AgentUnderTest({ directory, audio: 'window', logLevel: 'warn', localApi: true });
  try {
    await agent.start();
    // A window is there and says nothing: an RTP account's path may not wait for it.
    await agent.client.call('audio.claim', {});
    await agent.registeredLine(
      { user: '1001', domain: 'office.invalid', serverHost: '127.0.0.1', serverPort: stub.port },
      'x',
    );
    announce(announced, agent);
    const times: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < warmUps + rounds; round++) {
      const time = await dialOnce(stub, announced);
      await agent.client.when('the call ends', () => !agent.client.calls.some((call) => !call.ending) || undefined);
      const idle = await startBareNode();
      if (round < warmUps) continue;
      times.push(time);
      bare.push(idle);
    }
    return { value: percentile(times, 0.95), against: { name: 'bare Node', value: percentile(bare, 0.95) } };
  } finally {
    // What it asked of the silent window it still waits for.
    await Promise.allSettled([agent.stop()]);
    await stub.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

export const measures: Measure[] = [
  {
    id: 'cli-dial-invite',
    stat: 'p95',
    unit: 'ms',
    goal: 120,
    title: 'offhook dial, whole process → INVITE on the wire',
    run: cliDialInvite,
  },
];
