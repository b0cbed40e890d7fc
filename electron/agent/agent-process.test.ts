import { beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { Agent, ClientPort } from '#core/composition-root.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { toDisposable } from '#core/foundation/index.ts';
import type { OwnedDirectory, RunningDirectory } from '#core/storage/index.ts';
import type { DemoAccount, FromAgent, ToAgent } from '../messages.ts';
import { AgentProcess, type AgentProcessParts } from './agent-process.ts';

const demo: DemoAccount = { account: { user: '201', domain: '127.0.0.1' }, password: 'p', echo: '600', menu: '700' };
const start: ToAgent = { kind: 'start', dataDirectory: '/d', version: '1', demo, keyStore: true, linkCommand: [] };
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

let told: FromAgent[];
let order: string[];
let clock: FakeClock;
let directory: OwnedDirectory | RunningDirectory;
let options: Parameters<AgentProcessParts['createAgent']>[0] | null;
let registered: PromiseWithResolvers<void>;
let connected: ClientPort[];
let testCall: () => ReturnType<Agent['testCall']>;

beforeEach(() => {
  told = [];
  order = [];
  connected = [];
  options = null;
  clock = new FakeClock();
  registered = Promise.withResolvers();
  testCall = async () => ({ answeredAfter: 5, toneAfter: 50 });
  directory = { kind: 'owner', directory: '/d', writable: true, announce: async () => {}, release: async () => void order.push('released') };
});

async function started(): Promise<AgentProcess> {
  const agent = {
    connect: (client: ClientPort) => (connected.push(client), toDisposable(() => {})),
    testCall: () => testCall(),
    registered: () => registered.promise,
    stop: async () => void order.push('agent stopped'),
  } as unknown as Agent;
  const process = new AgentProcess({
    send: (message) => told.push(message),
    acquire: async () => directory,
    createAgent: async (given) => ((options = given), agent),
    answerSecret: (id, value) => order.push(`secret ${id} ${value}`),
    answerProxy: (id, address) => order.push(`proxy ${id} ${address}`),
    apiPort: null,
    exit: () => order.push('exit'),
    clock,
  });
  process.receive(start);
  return process;
}

describe("Electron's agent process", () => {
  it('makes its agent with the demo account, and lets in the windows that came first', async () => {
    const early = {} as ClientPort;
    const process = await started();
    process.receive({ kind: 'connect' }, [early]);
    await settle();
    process.receive({ kind: 'connect' }, [{} as ClientPort]);
    expect(options?.demo).toEqual(demo);
    expect(connected).toHaveLength(2);
    expect(connected[0]).toBe(early);
    expect(told).toEqual([{ kind: 'ready' }]);
  });

  it('tells where the local API is, whenever that changes', async () => {
    const announced: unknown[] = [];
    directory = { ...(directory as OwnedDirectory), announce: async (info) => void announced.push(info) };
    await started();
    options!.localApi!.onAccess({ port: 17_480, securePort: null, secret: 'key' });
    await settle();
    options!.localApi!.onAccess(null);
    expect(announced).toEqual([{ shell: 'electron', api: { port: 17_480, secret: 'key' } }, { shell: 'electron' }]);
  });

  it('makes none where another one runs', async () => {
    directory = { kind: 'running', info: null };
    await started();
    await settle();
    expect(told).toEqual([{ kind: 'occupied' }]);
    expect(options).toBeNull();
  });

  it('is ready although nothing takes its announcement', async () => {
    directory = { ...(directory as OwnedDirectory), announce: () => Promise.reject(new OffhookError('storage.full')) };
    await started();
    await settle();
    expect(told).toEqual([{ kind: 'ready' }]);
  });

  it('has the built-in exchange started when the window wants it, and says when that fails', async () => {
    const process = await started();
    await settle();
    const wanted = options!.startDemo!();
    expect(told.at(-1)).toEqual({ kind: 'demo-wanted' });
    process.receive({ kind: 'demo', demo });
    expect(await wanted).toEqual(demo);
    const refused = options!.startDemo!();
    process.receive({ kind: 'demo', demo: null });
    await expect(refused).rejects.toMatchObject({ code: 'call.server-failed' });
  });

  it('makes the test call once registered, and tells why it failed when nothing registers within ten seconds', async () => {
    const process = await started();
    await settle();
    process.receive({ kind: 'test-call' });
    clock.advance(10_000);
    await settle();
    expect(told.at(-1)).toMatchObject({ kind: 'test-call-failed', error: { code: 'line.timed-out' } });
    registered.resolve();
    process.receive({ kind: 'test-call' });
    await settle();
    expect(told.at(-1)).toEqual({ kind: 'test-call', answeredAfter: 5, toneAfter: 50 });
    testCall = () => Promise.reject(new OffhookError('call.media-lost'));
    process.receive({ kind: 'test-call' });
    await settle();
    expect(told.at(-1)).toMatchObject({ kind: 'test-call-failed', error: { code: 'call.media-lost' } });
  });

  it('hands secrets and proxies on, and stops agent and lock in this order', async () => {
    const process = await started();
    await settle();
    process.receive({ kind: 'secret', id: 3, value: 'v', error: null });
    process.receive({ kind: 'proxy', id: 4, address: null, error: null });
    process.receive({ kind: 'stop' });
    await settle();
    expect(order).toEqual(['secret 3 v', 'proxy 4 null', 'agent stopped', 'released', 'exit']);
  });
});
