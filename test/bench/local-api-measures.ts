import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AgentUnderTest } from '#test/support/agent-under-test.ts';
import { ApiClient } from '#test/support/api-client.ts';
import { pause, until } from '#test/support/until.ts';
import { listenBySocket, listenByStream, type OnEvent } from './event-listeners.ts';
import { percentile, type Measure, type Measured } from './measure.ts';
import { invitation } from './signalling-measures.ts';
import { SipStub } from './sip-stub.ts';

const warmUps = 20;
const rounds = 100;
const listeners = 200;
const eventsEach = 20;
const eventCount = 250;

interface Bench {
  stub: SipStub;
  agent: AgentUnderTest;
  client: ApiClient;
}

/** The agent registered at a stub, with its local API. */
async function bench(run: (bench: Bench) => Promise<Measured>): Promise<Measured> {
  const directory = mkdtempSync(path.join(tmpdir(), 'offhook-bench-'));
  mkdirSync(path.join(directory, 'agent'));
  const stub = new SipStub();
  await stub.start();
  const agent = new AgentUnderTest({
    directory: path.join(directory, 'agent'),
    audio: 'window',
    logLevel: 'warn',
    localApi: true,
  });
  let client: ApiClient | null = null;
  try {
    await agent.start();
    await agent.client.call('audio.claim', {});
    client = new ApiClient(agent.api!);
    await agent.registeredLine(
      { user: '1001', domain: 'office.invalid', serverHost: '127.0.0.1', serverPort: stub.port },
      'x',
    );
    return await run({ stub, agent, client });
  } finally {
    client?.close();
    await Promise.allSettled([agent.stop()]);
    await stub.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** ms from the moment at which a program begins to ask until the INVITE has arrived. */
async function dials({ stub, agent, client }: Bench): Promise<number> {
  const arrived = stub.next('INVITE', ({ start }) => start.startsWith('INVITE '));
  const began = process.hrtime.bigint();
  const answered = client.ask('POST', '/v1/calls', { text: '1003' });
  const [{ at }, { status, json }] = await Promise.all([arrived, answered]);
  if (status !== 201) throw new Error(`not dialled: ${JSON.stringify(json)}`);
  const { callId } = json as { callId: string };
  await agent.client.when(
    'the call ends',
    () => !agent.client.calls.some((call) => call.id === callId && !call.ending) || undefined,
  );
  return Number(at - began) / 1e6;
}

/**
 * A call rings and its sound is switched off and on 50 times a second; each change is told to everybody. Listeners are
 * in this process, so that what is measured includes their own work.
 * @returns p99 of the ms from the command to the moment at which a listener has the event
 */
async function fanOut({ stub, agent }: Bench): Promise<number> {
  const phone = stub.phones.get('1001');
  if (!phone) throw new Error('the agent is not registered');
  stub.send(invitation(stub, `sip:1001@127.0.0.1:${phone.port}`), phone);
  const { id: callId } = await agent.incoming();
  const delays: number[] = [];
  const changedAt: number[] = [];
  let heard = 0;
  /** Changes come in their order, to each. */
  const ear = (): OnEvent => {
    let next = 0;
    return (name) => {
      if (name === 'calls.snapshot') heard += 1;
      if (name !== 'call.changed') return;
      delays.push(performance.now() - changedAt[next]!);
      next += 1;
    };
  };
  const leaving = await Promise.all(
    Array.from({ length: listeners }, (_, index) =>
      (index % 2 === 0 ? listenByStream : listenBySocket)(agent.api!, ear()),
    ),
  );
  await until('everybody listens', () => heard === listeners);
  const began = performance.now();
  for (let told = 0; told < eventCount; told += 1) {
    await pause(Math.max(0, began + told * eventsEach - performance.now()));
    changedAt.push(performance.now());
    await agent.client.call('calls.setMuted', { callId, muted: told % 2 === 0 });
  }
  await until('all is heard', () => delays.length >= eventCount * listeners);
  for (const leave of leaving) leave();
  return percentile(delays, 0.99);
}

export const measures: Measure[] = [
  {
    id: 'api-dial-invite',
    stat: 'p95',
    unit: 'ms',
    goal: 25,
    title: 'POST /v1/calls by a program → INVITE on the wire',
    run: () =>
      bench(async (given) => {
        const taken: number[] = [];
        for (let round = 0; round < warmUps + rounds; round++) {
          const time = await dials(given);
          if (round >= warmUps) taken.push(time);
        }
        return { value: percentile(taken, 0.95) };
      }),
  },
  {
    id: 'event-fanout',
    stat: 'p99',
    unit: 'ms',
    goal: 20,
    title: 'event → each of 200 listeners (half of them WebSockets), 50 events a second',
    run: () => bench(async (given) => ({ value: await fanOut(given) })),
  },
];
