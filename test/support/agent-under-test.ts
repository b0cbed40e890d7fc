import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AccountInput, CallRecord, CallSnapshot, CallState, LineSnapshot } from '#contract/ipc/index.ts';
import type { CodecName } from '#core/media/index.ts';
import type { AgentSetup, FromAgentProcess, HeardTone, ToAgentProcess } from './agent-messages.ts';
import type { LocalApiAccess } from '#core/office/local-api/index.ts';
import { ManagedProcess } from './managed-process.ts';
import type { NetworkHost } from './network-namespace.ts';
import { ScriptedClient } from './scripted-client.ts';
import type { Actor } from './stage.ts';
import { pause, until } from './until.ts';

export interface AgentUnderTestOptions {
  directory: string;
  host?: NetworkHost | null;
  /** PEM file of an authority that the agent's process trusts. */
  authority?: string;
  /** `synthetic` when left out: each call speaks a tone and reports those that it hears. */
  audio?: 'window' | 'synthetic';
  /** See `AgentSetup.codecs`. */
  codecs?: CodecName[];
  /** Built renderer to serve windows from; see `address`. */
  staticDirectory?: string;
  logLevel?: 'debug' | 'warn';
  /** Has the local API listen, on any free port; see `api`. */
  localApi?: boolean;
  /** Built pane for Excel and Outlook. */
  paneDirectory?: string;
  /** The user's home, in which the store of trusted certificates is. */
  home?: string;
  /** Program and arguments to start it through, e.g. `unshare --mount …`. */
  launcher?: string[];
}

export { agentTone } from './agent-messages.ts';

const toneTolerance = 15;

/** The real agent in a process of its own, and a scripted client of it. Its process must end by itself when stopped. */
export class AgentUnderTest implements Actor {
  readonly client = new ScriptedClient((message) => this.tell({ kind: 'client', message }));
  readonly tones: (HeardTone & { at: number })[] = [];
  private readonly options: AgentUnderTestOptions;
  private process: ManagedProcess | null = null;
  private readonly beginnings = new Map<number, bigint>();
  /** Of its window, with a ticket for one use; only with `staticDirectory`. */
  address: string | null = null;
  /** Where its local API is, with the secret of Offhook's own programs; only with `localApi`. */
  api: LocalApiAccess | null = null;

  constructor(options: AgentUnderTestOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    const { directory, host, authority, home, launcher = [] } = this.options;
    // Whoever starts an agent owns its data directory, and has made it.
    mkdirSync(this.setup.dataDirectory, { recursive: true, mode: 0o700 });
    const child = fileURLToPath(new URL('./agent-child.ts', import.meta.url));
    const [command = '', ...args] = [...launcher, process.execPath, child, JSON.stringify(this.setup)];
    this.process = new ManagedProcess({
      name: 'agent',
      command,
      args,
      directory,
      logFile: path.join(directory, 'agent.log'),
      namespace: host?.namespace,
      environment: {
        NODE_NO_WARNINGS: '1',
        ...(authority ? { NODE_EXTRA_CA_CERTS: authority } : {}),
        ...(home ? { HOME: home } : {}),
      },
      ipc: true,
    });
    const { exited } = this.process;
    const ready = new Promise<void>((resolve) => {
      this.process?.child.on('message', (message: FromAgentProcess) => this.hear(message, resolve));
    });
    const failed = exited.then((code): never => {
      throw new Error(`the agent ended with ${code} at start:\n${this.process?.tail(30)}`);
    });
    await Promise.race([ready, failed]);
    await this.client.open();
  }

  /** Asks the agent to stop; its process must then end by itself, without an error. */
  async stop(): Promise<void> {
    const running = this.process;
    this.process = null;
    if (!running) return;
    if (running.running && running.child.connected) running.child.send({ kind: 'stop' } satisfies ToAgentProcess);
    const timer = setTimeout(() => running.kill(), 8000);
    const code = await running.exited;
    clearTimeout(timer);
    if (code !== 0) throw new Error(`the agent's process ended with ${code}:\n${running.tail(30)}`);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const running = this.process;
    this.process = null;
    running?.kill();
    await running?.exited;
  }

  get alive(): boolean {
    return this.process?.running ?? false;
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  get log(): string {
    return this.process?.lines.join('\n') ?? '';
  }

  /** Where its database lies, for filling it before the start. */
  get database(): string {
    return path.join(this.setup.dataDirectory, 'offhook.sqlite');
  }

  async addLine(account: AccountInput, password: string): Promise<string> {
    const { lineId } = await this.client.call('lines.add', { account, password });
    return lineId;
  }

  /** Adds a line and waits until it is registered. */
  async registeredLine(account: AccountInput, password: string): Promise<string> {
    const lineId = await this.addLine(account, password);
    await this.lineIs(lineId, 'registered');
    return lineId;
  }

  async lineIs(lineId: string, state: LineSnapshot['registration']['state'], timeout = 10_000): Promise<LineSnapshot> {
    const find = () => this.client.lines.find((line) => line.id === lineId);
    try {
      return await this.client.when(
        `line ${state}`,
        () => (find()?.registration.state === state ? find() : undefined),
        timeout,
      );
    } catch (error) {
      throw new Error(`the line is not ${state}: ${JSON.stringify(find()?.registration)}`, { cause: error });
    }
  }

  async place(text: string, lineId: string | null = null): Promise<string> {
    const { callId } = await this.client.call('calls.place', { text, lineId });
    return callId;
  }

  call(callId: string): CallSnapshot {
    const call = this.client.calls.find((each) => each.id === callId);
    if (!call) throw new Error('that call is not there any more');
    return call;
  }

  /** Waits for a state, or for whatever `check` looks for. A call that ends instead fails at once, with its reason. */
  callIs(
    callId: string,
    wanted: CallState | ((call: CallSnapshot) => boolean),
    timeout = 10_000,
  ): Promise<CallSnapshot> {
    const fits = typeof wanted === 'string' ? (call: CallSnapshot) => call.state === wanted : wanted;
    return this.client.when(
      `call ${String(wanted)}`,
      () => {
        const call = this.client.calls.find((each) => each.id === callId);
        if (call && fits(call)) return call;
        if (call?.state === 'disconnected') throw new Error('the call ended');
        return undefined;
      },
      timeout,
    );
  }

  /** The next call that rings here and is none of `known`. */
  incoming(known: string[] = [], timeout = 10_000): Promise<CallSnapshot> {
    const rings = (call: CallSnapshot) => call.state === 'offering' && !known.includes(call.id);
    return this.client.when('a call rings', () => this.client.calls.find(rings), timeout);
  }

  /** The record of the nth call recorded as ended, oldest first. */
  record(index = 0, timeout = 10_000): Promise<CallRecord> {
    const ended = () => this.client.all('callLog.recorded').filter(({ record }) => record.endedAt !== null);
    return this.client.when('a record', () => ended()[index]?.record, timeout);
  }

  /** Resolves at the next report of that tone. */
  async hears(callId: string, frequency: number, timeout = 10_000): Promise<void> {
    const from = performance.now();
    const fits = (tone: HeardTone & { at: number }) =>
      tone.at >= from &&
      tone.callId === callId &&
      Math.abs(tone.frequency - frequency) <= toneTolerance &&
      tone.level > -40;
    await this.client.when(`the agent hears ${frequency} Hz`, () => this.tones.find(fits), timeout);
  }

  /** Resolves once a whole second passes without any tone in that call. */
  async hearsNothing(callId: string, timeout = 10_000): Promise<void> {
    const end = performance.now() + timeout;
    for (;;) {
      const from = performance.now();
      await pause(1000);
      if (!this.tones.some((tone) => tone.at >= from && tone.callId === callId)) return;
      if (performance.now() > end) throw new Error('the agent still hears a tone');
    }
  }

  /** When the agent began with the last command sent, in ns of CLOCK_MONOTONIC (`process.hrtime.bigint`). */
  async lastBegan(): Promise<bigint> {
    return await until('the agent begins', () => this.beginnings.get(this.client.lastSent), { every: 2 });
  }

  private get setup(): AgentSetup {
    const { directory, audio = 'synthetic', staticDirectory = null, logLevel = 'debug' } = this.options;
    const { codecs = null, localApi = false, paneDirectory = null } = this.options;
    return {
      dataDirectory: path.join(directory, 'data'),
      audio,
      staticDirectory,
      logLevel,
      codecs,
      localApi,
      paneDirectory,
    };
  }

  private hear(message: FromAgentProcess, ready: () => void): void {
    if (message.kind === 'ready') {
      this.address = message.address;
      this.api = message.api;
      return ready();
    }
    if (message.kind === 'began') return void this.beginnings.set(message.id, BigInt(message.at));
    if (message.kind === 'message') return this.client.receive(message.message);
    this.tones.push({ ...message.tone, at: performance.now() });
    this.client.look();
  }

  private tell(message: ToAgentProcess): void {
    if (this.process?.running && this.process.child.connected) this.process.child.send(message);
  }
}
