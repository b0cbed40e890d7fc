import path from 'node:path';
import { root } from '#build/root.ts';
import { toReport, type ErrorReport } from '#contract/errors.ts';
import type { DemoAccount, FromWebProcess, ToWebProcess } from '#web/messages.ts';
import { Program } from './program.ts';

type Told<K extends FromWebProcess['kind']> = Extract<FromWebProcess, { kind: K }>;

export interface AgentHostOptions {
  dataDirectory: string;
  version: string;
  /** Loopback port; 0 for any. */
  port: number;
  onOwned(): Promise<DemoAccount | null>;
  onOccupied(info: Record<string, unknown> | null): void;
  onReady(): void;
  /** What stands in the way, once the agent is ready. */
  onProblems(problems: ErrorReport[]): void;
  onRegistered(): void;
  onTestCall(outcome: Told<'test-call'> | Told<'test-call-failed'>): void;
  openWindow(screen: Record<string, string> | null): Promise<boolean>;
  onFailed(error: Told<'failed'>['error']): void;
  /** The agent died; `again` is false when it has died too often to be started once more. */
  onDied(again: boolean): void;
  now(): number;
}

const mostDeaths = 5;
const deathWindow = 60_000;

/** The agent's process as the starter sees it: started, kept alive, asked, stopped. */
export class AgentHost {
  private readonly options: AgentHostOptions;
  private readonly program: Program;
  private sessions: string[] = [];
  private deaths: number[] = [];
  private port: number;
  private lastRequest = 0;
  private readonly addressRequests = new Map<number, (address: string) => void>();

  constructor(options: AgentHostOptions) {
    this.options = options;
    this.port = options.port;
    this.program = new Program({
      file: path.join(root, 'dist', 'web.js'),
      environment: { OFFHOOK_DATA: options.dataDirectory },
      onMessage: (message) => this.receive(message as FromWebProcess),
      onLost: () => this.lost(),
    });
  }

  start(): void {
    this.program.start();
    this.send({
      kind: 'start',
      dataDirectory: this.options.dataDirectory,
      staticDirectory: path.join(root, 'dist', 'renderer'),
      version: this.options.version,
      port: this.port,
      sessions: this.sessions,
    });
  }

  get pid(): number | undefined {
    return this.program.pid;
  }

  get webPort(): number {
    return this.port;
  }

  send(message: ToWebProcess): void {
    this.program.send(message);
  }

  /** An address with a fresh single-use ticket. @param lifetime ms */
  address(lifetime: number): Promise<string> {
    this.lastRequest += 1;
    const request = this.lastRequest;
    return new Promise((resolve) => {
      this.addressRequests.set(request, resolve);
      this.send({ kind: 'ask-address', request, lifetime });
    });
  }

  /** Calls are ended, records written, lines un-registered: 2 s at most, and 2 s to spare. */
  stop(): Promise<void> {
    return this.program.stop(4000);
  }

  kill(): void {
    this.program.kill();
  }

  private receive(message: FromWebProcess): void {
    const { options } = this;
    switch (message.kind) {
      case 'owned':
      case 'demo-wanted':
        return void options.onOwned().then(
          (demo) => this.send({ kind: 'demo', demo }),
          (error: unknown) => options.onFailed(toReport(error)),
        );
      case 'occupied':
        return options.onOccupied(message.info);
      case 'ready':
        this.port = message.port;
        return options.onReady();
      case 'problems':
        return options.onProblems(message.problems);
      case 'registered':
        return options.onRegistered();
      case 'test-call':
      case 'test-call-failed':
        return options.onTestCall(message);
      case 'open-window':
        return void options.openWindow(message.screen).then(
          (opened) => this.send({ kind: 'window-opened', request: message.request, opened }),
          () => this.send({ kind: 'window-opened', request: message.request, opened: false }),
        );
      case 'address':
        this.addressRequests.get(message.request)?.(message.address);
        return void this.addressRequests.delete(message.request);
      case 'sessions':
        this.sessions = message.hashes;
        return;
      case 'failed':
        return options.onFailed(message.error);
    }
  }

  /** Started again at once, on the same port and with the same sessions: windows come back by themselves. */
  private lost(): void {
    const now = this.options.now();
    this.deaths = [...this.deaths.filter((death) => now - death < deathWindow), now];
    const again = this.deaths.length < mostDeaths;
    this.options.onDied(again);
    if (again) this.start();
  }
}
