import { beforeEach, describe, expect, it } from 'vitest';
import { OffhookError, toReport } from '#contract/errors.ts';
import type { ClientMessage, Problem } from '#contract/ipc/index.ts';
import type { Agent, ClientPort } from '#core/composition-root.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger, toDisposable } from '#core/foundation/index.ts';
import type { OwnedDirectory, RunningDirectory } from '#core/storage/index.ts';
import { AgentProcess, type AgentProcessParts } from './agent-process.ts';
import type { DemoAccount, FromWebProcess, ToWebProcess } from './messages.ts';
import type { WebShellOptions } from './shell.ts';

const demo: DemoAccount = { account: { user: '201', domain: '127.0.0.1' }, password: 'p', echo: '600', menu: '700' };
const start: ToWebProcess = { kind: 'start', dataDirectory: '/d', staticDirectory: '/s', version: '1', port: 0, sessions: ['kept'] };

let told: FromWebProcess[];
let problems: Problem[];
let order: string[];
let clock: FakeClock;
let directory: OwnedDirectory | RunningDirectory;
let announced: Record<string, unknown> | null;
let agentOptions: Parameters<AgentProcessParts['createAgent']>[0] | null;
let shellOptions: WebShellOptions | null;
let registered: PromiseWithResolvers<void>;
let testCall: () => ReturnType<Agent['testCall']>;

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const kinds = () => told.map((message) => message.kind);

function agentProcess(): AgentProcess {
  const note = async (what: string) => void order.push(what);
  const agent = {
    connect(client: ClientPort) {
      client.onMessage((message) => {
        const { id, command } = message as ClientMessage;
        queueMicrotask(() => client.send(command === 'session.open' ? { id, result: { problems } } : { id, error: toReport(new Error(command)) }));
      });
      return toDisposable(() => problems.length > 0 && order.push('asker gone'));
    },
    testCall: () => testCall(),
    registered: () => registered.promise,
    stop: () => note('agent stopped'),
  } as unknown as Agent;
  return new AgentProcess({
    send: (message) => told.push(message),
    acquire: async () => directory,
    async createAgent(options) {
      agentOptions = options;
      return agent;
    },
    async startShell(options) {
      shellOptions = options;
      return { port: 4321, address: (lifetime) => `http://x/#${lifetime}`, windows: () => 0, close: () => note('shell closed') };
    },
    newSecret: () => 'secret',
    apiPort: null,
    killWindow: (pid) => order.push(`window ${pid} killed`),
    exit: () => order.push('exit'),
    clock,
    logger: silentLogger,
  });
}

beforeEach(() => {
  told = [];
  problems = [];
  order = [];
  clock = new FakeClock();
  announced = null;
  agentOptions = null;
  shellOptions = null;
  registered = Promise.withResolvers();
  testCall = async () => ({ answeredAfter: 5, toneAfter: 50 });
  directory = {
    kind: 'owner',
    directory: '/d',
    writable: true,
    announce: async (info) => void (announced = info),
    release: async () => void order.push('released'),
  };
});

async function started(): Promise<AgentProcess> {
  const process = agentProcess();
  process.receive(start);
  await settle();
  process.receive({ kind: 'demo', demo });
  await settle();
  return process;
}

describe("the web shell's process", () => {
  it('takes the data directory, waits for the demo account, and tells where it listens', async () => {
    await started();
    expect(kinds()).toEqual(['owned', 'ready']);
    expect(agentOptions?.demo).toEqual(demo);
    expect(shellOptions?.sessions).toEqual(['kept']);
    expect(announced).toEqual({ shell: 'web', port: 4321, secret: 'secret' });
    registered.resolve();
    await settle();
    expect(kinds().at(-1)).toBe('registered');
  });

  it('tells where the local API is, whenever that changes, until it stops', async () => {
    const process = await started();
    agentOptions?.localApi?.onAccess({ port: 17_480, securePort: null, secret: 'key' });
    expect(announced).toEqual({ shell: 'web', port: 4321, secret: 'secret', api: { port: 17_480, secret: 'key' } });
    agentOptions?.localApi?.onAccess(null);
    expect(announced).toEqual({ shell: 'web', port: 4321, secret: 'secret' });
    announced = null;
    const stopped = process.stop();
    agentOptions?.localApi?.onAccess(null);
    await stopped;
    expect(announced).toBeNull();
  });

  it('makes no agent where another one runs', async () => {
    directory = { kind: 'running', info: { port: 1 } };
    await started();
    expect(told).toEqual([{ kind: 'occupied', info: { port: 1 } }]);
    expect(agentOptions).toBeNull();
  });

  it('starts although nothing takes its announcement', async () => {
    directory = { ...(directory as OwnedDirectory), writable: false, announce: () => Promise.reject(new OffhookError('storage.full')) };
    await started();
    expect(kinds()).toEqual(['owned', 'ready']);
  });

  it('tells once ready what stands in the way', async () => {
    problems = [{ id: 'storage', error: { code: 'storage.full', values: {}, detail: null }, since: 0, dismissable: true }];
    await started();
    expect(told.slice(1)).toMatchObject([{ kind: 'ready' }, { kind: 'problems', problems: [{ code: 'storage.full' }] }]);
    expect(order).toEqual(['asker gone']);
  });

  it('makes the test call once registered, and reports its times', async () => {
    const process = await started();
    process.receive({ kind: 'test-call' });
    await settle();
    expect(kinds()).not.toContain('test-call');
    registered.resolve();
    await settle();
    expect(told).toContainEqual({ kind: 'test-call', answeredAfter: 5, toneAfter: 50 });
  });

  it('says why a test call failed, also when no line registers within ten seconds', async () => {
    const process = await started();
    process.receive({ kind: 'test-call' });
    await settle();
    clock.advance(10_000);
    await settle();
    expect(told.at(-1)).toMatchObject({ kind: 'test-call-failed', error: { code: 'line.timed-out' } });
    registered.resolve();
    testCall = () => Promise.reject(new OffhookError('call.media-lost'));
    process.receive({ kind: 'test-call' });
    await settle();
    expect(told.at(-1)).toMatchObject({ kind: 'test-call-failed', error: { code: 'call.media-lost' } });
  });

  it('asks the starter for a window, and gives up after ten seconds', async () => {
    const process = await started();
    const opened = shellOptions!.onAttach({ DISPLAY: ':7' });
    const request = told.at(-1) as Extract<FromWebProcess, { kind: 'open-window' }>;
    expect(request.screen).toEqual({ DISPLAY: ':7' });
    process.receive({ kind: 'window-opened', request: request.request, opened: true });
    expect(await opened).toBe(true);
    const never = shellOptions!.onAttach({});
    clock.advance(10_000);
    expect(await never).toBe(false);
  });

  it('asks the starter for the demo exchange when the window wants it', async () => {
    const process = await started();
    const wanted = agentOptions!.startDemo!();
    expect(kinds().at(-1)).toBe('demo-wanted');
    const alsoWanted = agentOptions!.startDemo!();
    process.receive({ kind: 'demo', demo });
    expect(await Promise.all([wanted, alsoWanted])).toEqual([demo, demo]);
    const refused = agentOptions!.startDemo!();
    process.receive({ kind: 'demo', demo: null });
    await expect(refused).rejects.toMatchObject({ code: 'call.server-failed' });
  });

  it('stops agent, shell and lock in this order, once', async () => {
    const process = await started();
    process.receive({ kind: 'stop' });
    process.receive({ kind: 'stop' });
    await settle();
    await settle();
    expect(order).toEqual(['agent stopped', 'shell closed', 'released', 'exit']);
  });

  it('closes the window and stops when its starter is gone', async () => {
    const process = await started();
    process.receive({ kind: 'window-process', pid: 99 });
    await process.orphaned();
    expect(order[0]).toBe('window 99 killed');
    expect(order.at(-1)).toBe('exit');
  });
});
