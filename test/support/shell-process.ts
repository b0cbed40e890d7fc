import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DemoAccount, FromWebProcess, ToWebProcess } from '#web/messages.ts';
import { ManagedProcess } from './managed-process.ts';
import type { NetworkHost } from './network-namespace.ts';
import type { Actor } from './stage.ts';
import { within } from './until.ts';

export interface ShellProcessOptions {
  directory: string;
  /** The account that it registers, as if it were the demo's. */
  demo: DemoAccount | null;
  host?: NetworkHost | null;
  /** PEM file of an authority that it trusts. */
  authority?: string;
  /** `debug` when left out. */
  logLevel?: 'debug' | 'info';
}

type Kind = FromWebProcess['kind'];

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = path.join(root, 'dist');

/** In a process of its own: the bundler keeps threads and pipes open for its next run. */
export async function bundlePrograms(): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(root, 'build', 'bundle.ts')], { cwd: root });
}

/** The bundled agent with its web shell, as `npm start` runs it: one process, driven over IPC. */
export class ShellProcess implements Actor {
  private readonly options: ShellProcessOptions;
  private readonly told: FromWebProcess[] = [];
  private readonly waiting = new Set<() => void>();
  private process: ManagedProcess | null = null;
  private lastRequest = 0;

  constructor(options: ShellProcessOptions) {
    this.options = options;
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  /** Resolves when it serves windows. */
  async start(): Promise<void> {
    await bundlePrograms();
    this.spawn();
    await this.heard('ready');
  }

  /** Starts it without waiting for anything; `bundlePrograms` must have been called. */
  spawn(): void {
    const { directory, demo, host, authority } = this.options;
    this.told.length = 0;
    this.process = new ManagedProcess({
      name: 'web shell',
      command: process.execPath,
      args: [path.join(dist, 'web.js')],
      directory,
      logFile: path.join(directory, 'shell.log'),
      namespace: host?.namespace,
      environment: { OFFHOOK_DATA: path.join(directory, 'data'), OFFHOOK_API_PORT: '0', OFFHOOK_LOG: this.options.logLevel ?? 'debug', ...(authority ? { NODE_EXTRA_CA_CERTS: authority } : {}) },
      ipc: true,
    });
    this.process.child.on('message', (message: FromWebProcess) => {
      if (message.kind === 'owned') this.send({ kind: 'demo', demo });
      if (message.kind === 'open-window') this.send({ kind: 'window-opened', request: message.request, opened: false });
      this.told.push(message);
      for (const look of [...this.waiting]) look();
    });
    this.send({
      kind: 'start',
      dataDirectory: path.join(directory, 'data'),
      staticDirectory: path.join(dist, 'renderer'),
      version: '0.0.0-test',
      port: 0,
      sessions: [],
    });
  }

  async registered(timeout = 10_000): Promise<void> {
    await this.heard('registered', timeout);
  }

  /** An address of the window, with a ticket for one use. */
  async address(): Promise<string> {
    this.lastRequest += 1;
    const request = this.lastRequest;
    this.send({ kind: 'ask-address', request, lifetime: 30_000 });
    const answer = await this.heard('address', 5000, (message) => message.request === request);
    return answer.address;
  }

  async stop(): Promise<void> {
    const running = this.process;
    this.process = null;
    if (!running?.running) return;
    running.child.send({ kind: 'stop' } satisfies ToWebProcess);
    const timer = setTimeout(() => running.kill(), 6000);
    const code = await running.exited;
    clearTimeout(timer);
    if (code !== 0) throw new Error(`the web shell ended with ${code}:\n${running.tail(20)}`);
  }

  private async heard<K extends Kind>(
    kind: K,
    timeout = 10_000,
    fits: (message: Extract<FromWebProcess, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<FromWebProcess, { kind: K }>> {
    const find = () =>
      this.told.find((message): message is Extract<FromWebProcess, { kind: K }> => message.kind === kind && fits(message as Extract<FromWebProcess, { kind: K }>));
    let look = () => {};
    const come = new Promise<Extract<FromWebProcess, { kind: K }>>((resolve, reject) => {
      look = () => {
        const message = find();
        const failed = this.told.find((each) => each.kind === 'failed');
        if (message) resolve(message);
        else if (failed) reject(new Error(`the web shell failed: ${JSON.stringify(failed)}`));
      };
      this.waiting.add(look);
      look();
    });
    try {
      return await within(timeout, `the web shell says ${kind}\n${this.process?.tail(10)}`, come);
    } finally {
      this.waiting.delete(look);
    }
  }

  private send(message: ToWebProcess): void {
    this.process?.child.send(message);
  }
}
