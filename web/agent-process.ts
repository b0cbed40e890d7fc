import { OffhookError, toReport } from '#contract/errors.ts';
import type { Agent, AgentOptions } from '#core/composition-root.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { LocalApiAccess } from '#core/office/local-api/index.ts';
import type { OwnedDirectory, RunningDirectory } from '#core/storage/index.ts';
import type { DemoAccount, FromWebProcess, ToWebProcess } from './messages.ts';
import { standingProblems } from './standing-problems.ts';
import type { WebShell, WebShellOptions } from './shell.ts';

/** ms; the built-in exchange answers within a few. */
const registrationPatience = 10_000;

type Start = Extract<ToWebProcess, { kind: 'start' }>;

/** What the process is made of; main.ts hands in the real ones. */
export interface AgentProcessParts {
  send(message: FromWebProcess): void;
  acquire(directory: string): Promise<OwnedDirectory | RunningDirectory>;
  createAgent(options: Pick<AgentOptions, 'demo' | 'startDemo' | 'openWindow' | 'version' | 'localApi'>, owned: OwnedDirectory): Promise<Agent>;
  startShell(options: WebShellOptions): Promise<WebShell>;
  newSecret(): string;
  /** The port that the environment forces for the local API; null for none. */
  apiPort: number | null;
  killWindow(pid: number): void;
  exit(): void;
  clock: Clock;
  logger: Logger;
}

/** The agent and its web shell in a process of their own, driven by messages from the starter. */
export class AgentProcess {
  private readonly parts: AgentProcessParts;
  private start: Start | null = null;
  private owned: OwnedDirectory | null = null;
  private agent: Agent | null = null;
  private shell: WebShell | null = null;
  private windowProcess: number | null = null;
  private api: LocalApiAccess | null = null;
  /** How a second start finds us; null before the shell is up. */
  private announcement: { shell: 'web'; port: number; secret: string } | null = null;
  private stopping = false;
  private lastRequest = 0;
  private readonly windowRequests = new Map<number, (opened: boolean) => void>();
  private demoWanted: ((demo: DemoAccount | null) => void)[] = [];

  constructor(parts: AgentProcessParts) {
    this.parts = parts;
  }

  receive(message: ToWebProcess): void {
    this.handle(message).catch((error: unknown) => this.parts.send({ kind: 'failed', error: toReport(error) }));
  }

  private async handle(message: ToWebProcess): Promise<void> {
    switch (message.kind) {
      case 'start':
        return await this.take(message);
      case 'demo':
        return await this.demoGiven(message.demo);
      case 'test-call':
        return await this.testCall();
      case 'window-opened':
        return this.settleWindow(message.request, message.opened);
      case 'window-process':
        this.windowProcess = message.pid;
        return;
      case 'ask-address':
        if (this.shell) this.parts.send({ kind: 'address', request: message.request, address: this.shell.address(message.lifetime) });
        return;
      case 'stop':
        return await this.stop();
    }
  }

  private async take(start: Start): Promise<void> {
    this.start = start;
    const directory = await this.parts.acquire(start.dataDirectory);
    if (directory.kind === 'running') return this.parts.send({ kind: 'occupied', info: directory.info });
    this.owned = directory;
    this.parts.send({ kind: 'owned' });
  }

  private async demoGiven(demo: DemoAccount | null): Promise<void> {
    if (this.demoWanted.length > 0) {
      for (const settle of this.demoWanted.splice(0)) settle(demo);
      return;
    }
    const { start, owned } = this;
    if (!start || !owned || this.agent) return;
    const agent = await this.parts.createAgent(
      {
        version: start.version,
        demo,
        startDemo: () => this.askForDemo(),
        openWindow: () => void this.askForWindow(null),
        localApi: {
          onAccess: (access) => {
            this.api = access;
            void this.announce(owned);
          },
          port: this.parts.apiPort,
        },
      },
      owned,
    );
    this.agent = agent;
    await this.serve(agent, start, owned);
    void agent.registered().then(() => this.parts.send({ kind: 'registered' }));
  }

  private async serve(agent: Agent, start: Start, owned: OwnedDirectory): Promise<void> {
    const secret = this.parts.newSecret();
    const options: WebShellOptions = {
      staticDirectory: start.staticDirectory,
      port: start.port,
      connect: (client) => agent.connect(client),
      attachSecret: secret,
      onAttach: (screen) => this.askForWindow(screen),
      sessions: start.sessions,
      onSession: (hashes) => this.parts.send({ kind: 'sessions', hashes }),
      clock: this.parts.clock,
      logger: this.parts.logger.child('web'),
    };
    this.shell = await this.parts.startShell(options);
    this.announcement = { shell: 'web', port: this.shell.port, secret };
    await this.announce(owned);
    this.parts.send({ kind: 'ready', port: this.shell.port });
    const problems = await standingProblems(agent);
    if (problems.length > 0) this.parts.send({ kind: 'problems', problems });
  }

  /** A disk that does not take it costs a second start its window, and the command line its way, but not this one. */
  private async announce(owned: OwnedDirectory): Promise<void> {
    if (!this.announcement || this.stopping) return;
    const api = this.api && { port: this.api.port, secret: this.api.secret };
    await owned
      .announce({ ...this.announcement, ...(api ? { api } : {}) })
      .catch((error: unknown) => this.parts.logger.warn('a second start cannot be told where we are', { error }));
  }

  private async askForDemo(): Promise<DemoAccount> {
    const demo = await new Promise<DemoAccount | null>((resolve) => {
      this.demoWanted.push(resolve);
      this.parts.send({ kind: 'demo-wanted' });
    });
    if (!demo) throw new OffhookError('call.server-failed', { detail: 'the built-in exchange did not start' });
    return demo;
  }

  private askForWindow(screen: Record<string, string> | null): Promise<boolean> {
    this.lastRequest += 1;
    const request = this.lastRequest;
    return new Promise((resolve) => {
      this.windowRequests.set(request, resolve);
      this.parts.clock.after(10_000, () => this.settleWindow(request, false));
      this.parts.send({ kind: 'open-window', request, screen });
    });
  }

  private settleWindow(request: number, opened: boolean): void {
    this.windowRequests.get(request)?.(opened);
    this.windowRequests.delete(request);
  }

  private async testCall(): Promise<void> {
    try {
      if (!this.agent) throw new OffhookError('line.none');
      await this.registeredWithin(this.agent, registrationPatience);
      this.parts.send({ kind: 'test-call', ...(await this.agent.testCall()) });
    } catch (error) {
      this.parts.send({ kind: 'test-call-failed', error: toReport(error) });
    }
  }

  private registeredWithin(agent: Agent, milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const limit = this.parts.clock.after(milliseconds, () => reject(new OffhookError('line.timed-out')));
      void agent.registered().then(() => {
        limit.dispose();
        resolve();
      });
    });
  }

  /** The starter is gone without a word: what it would have ended, we end. */
  async orphaned(): Promise<void> {
    if (this.windowProcess !== null) this.parts.killWindow(this.windowProcess);
    await this.stop();
  }

  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    await this.agent?.stop();
    await this.shell?.close();
    await this.owned?.release();
    this.parts.exit();
  }
}
