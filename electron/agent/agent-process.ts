import { OffhookError, toReport } from '#contract/errors.ts';
import type { Agent, AgentOptions, ClientPort } from '#core/composition-root.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { LocalApiAccess } from '#core/office/local-api/index.ts';
import type { OwnedDirectory, RunningDirectory } from '#core/storage/index.ts';
import type { DemoAccount, FromAgent, ToAgent } from '../messages.ts';

/** ms; the built-in exchange answers within a few. */
const registrationPatience = 10_000;

type Start = Extract<ToAgent, { kind: 'start' }>;

/** What the process is made of; agent.ts hands in the real ones. */
export interface AgentProcessParts {
  send(message: FromAgent): void;
  acquire(directory: string): Promise<OwnedDirectory | RunningDirectory>;
  createAgent(options: Pick<AgentOptions, 'demo' | 'startDemo' | 'openWindow' | 'version' | 'localApi'>, start: Start, owned: OwnedDirectory): Promise<Agent>;
  answerSecret(id: number, value: string | null, error: Extract<ToAgent, { kind: 'secret' }>['error']): void;
  answerProxy(id: number, address: string | null, error: Extract<ToAgent, { kind: 'proxy' }>['error']): void;
  /** The port that the environment forces for the local API; null for none. */
  apiPort: number | null;
  exit(): void;
  clock: Clock;
}

/** The agent in Electron's utility process, driven by messages from the main process. */
export class AgentProcess {
  private readonly parts: AgentProcessParts;
  private readonly waiting: ClientPort[] = [];
  private agent: Agent | null = null;
  private owned: OwnedDirectory | null = null;
  private api: LocalApiAccess | null = null;
  private stopping = false;
  private demoWanted: ((demo: DemoAccount | null) => void)[] = [];

  constructor(parts: AgentProcessParts) {
    this.parts = parts;
  }

  /** @param clients what `connect` brings */
  receive(message: ToAgent, clients: ClientPort[] = []): void {
    Promise.resolve(this.handle(message, clients)).catch((error: unknown) => this.parts.send({ kind: 'failed', error: toReport(error) }));
  }

  private handle(message: ToAgent, clients: ClientPort[]): Promise<void> | void {
    switch (message.kind) {
      case 'start':
        return this.start(message);
      case 'connect':
        for (const client of clients) {
          if (this.agent) this.agent.connect(client);
          else this.waiting.push(client);
        }
        return;
      case 'secret':
        return this.parts.answerSecret(message.id, message.value, message.error);
      case 'proxy':
        return this.parts.answerProxy(message.id, message.address, message.error);
      case 'demo':
        for (const settle of this.demoWanted.splice(0)) settle(message.demo);
        return;
      case 'test-call':
        return this.testCall();
      case 'stop':
        return this.stop();
    }
  }

  private async start(start: Start): Promise<void> {
    const directory = await this.parts.acquire(start.dataDirectory);
    if (directory.kind === 'running') return this.parts.send({ kind: 'occupied' });
    this.owned = directory;
    const options = {
      version: start.version,
      demo: start.demo,
      startDemo: () => this.askForDemo(),
      openWindow: () => this.parts.send({ kind: 'open-window' }),
      localApi: {
        onAccess: (access: LocalApiAccess | null) => {
          this.api = access;
          if (this.agent) void this.announce(directory);
        },
        port: this.parts.apiPort,
      },
    };
    const agent = await this.parts.createAgent(options, start, directory);
    this.agent = agent;
    await this.announce(directory);
    for (const client of this.waiting.splice(0)) agent.connect(client);
    this.parts.send({ kind: 'ready' });
  }

  /** A disk that does not take it costs a second start its answer, and the command line its way, but not this one. */
  private async announce(directory: OwnedDirectory): Promise<void> {
    if (this.stopping) return;
    const api = this.api && { port: this.api.port, secret: this.api.secret };
    await directory.announce({ shell: 'electron', ...(api ? { api } : {}) }).catch(() => null);
  }

  private async askForDemo(): Promise<DemoAccount> {
    const demo = await new Promise<DemoAccount | null>((resolve) => {
      this.demoWanted.push(resolve);
      this.parts.send({ kind: 'demo-wanted' });
    });
    if (!demo) throw new OffhookError('call.server-failed', { detail: 'the built-in exchange did not start' });
    return demo;
  }

  private async testCall(): Promise<void> {
    try {
      if (!this.agent) throw new OffhookError('line.none');
      await this.registered(this.agent);
      this.parts.send({ kind: 'test-call', ...(await this.agent.testCall()) });
    } catch (error) {
      this.parts.send({ kind: 'test-call-failed', error: toReport(error) });
    }
  }

  private registered(agent: Agent): Promise<void> {
    return new Promise((resolve, reject) => {
      const limit = this.parts.clock.after(registrationPatience, () => reject(new OffhookError('line.timed-out')));
      agent.registered().then(() => {
        limit.dispose();
        resolve();
      }, reject);
    });
  }

  private async stop(): Promise<void> {
    this.stopping = true;
    await this.agent?.stop();
    await this.owned?.release();
    this.parts.exit();
  }
}
