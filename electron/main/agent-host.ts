import type { MessagePortMain, UtilityProcess } from 'electron';
import { toReport } from '#contract/errors.ts';
import type { SafeStorageVault } from '../adapters/safe-storage-vault.ts';
import type { FromAgent, ToAgent } from '../messages.ts';

export interface AgentHostOptions {
  fork(): Pick<UtilityProcess, 'on' | 'once' | 'postMessage' | 'kill'>;
  start: Extract<ToAgent, { kind: 'start' }>;
  vault: SafeStorageVault;
  /** Address of the system's proxy for an address; null to go straight. */
  findProxy(url: string): Promise<string | null>;
  onMessage(message: FromAgent): void;
  /** The agent was started anew: every window needs a new port. */
  onRestarted(): void;
  /** It died too often to be started once more. */
  onGaveUp(): void;
  now(): number;
}

const mostDeaths = 5;
const deathWindow = 60_000;

/** The agent's utility process: started, given windows and secrets, started anew when it dies. */
export class AgentHost {
  private readonly options: AgentHostOptions;
  private process: ReturnType<AgentHostOptions['fork']> | null = null;
  private deaths: number[] = [];
  private stopping = false;

  constructor(options: AgentHostOptions) {
    this.options = options;
  }

  start(): void {
    const child = this.options.fork();
    this.process = child;
    child.on('message', (message: FromAgent) => this.receive(message));
    child.once('exit', () => this.lost(child));
    child.postMessage(this.options.start);
  }

  /** Hands a window's end of a channel over. */
  connect(port: MessagePortMain): void {
    this.process?.postMessage({ kind: 'connect' } satisfies ToAgent, [port]);
  }

  send(message: Extract<ToAgent, { kind: 'demo' | 'test-call' }>): void {
    this.process?.postMessage(message);
  }

  /** Calls ended, lines un-registered; killed after `patience` ms. */
  stop(patience: number): Promise<void> {
    const child = this.process;
    this.stopping = true;
    if (!child) return Promise.resolve();
    return new Promise((resolve) => {
      const last = setTimeout(() => child.kill(), patience);
      child.once('exit', () => {
        clearTimeout(last);
        resolve();
      });
      child.postMessage({ kind: 'stop' } satisfies ToAgent);
    });
  }

  private receive(message: FromAgent): void {
    if (message.kind === 'proxy') return void this.tellProxy(message.id, message.url);
    if (message.kind !== 'secret') return this.options.onMessage(message);
    const answer = { kind: 'secret' as const, id: message.id, value: null, error: null };
    try {
      const value = this.options.vault.carryOut(message.request);
      this.process?.postMessage({ ...answer, value } satisfies ToAgent);
    } catch (error) {
      this.process?.postMessage({ ...answer, error: toReport(error) } satisfies ToAgent);
    }
  }

  private async tellProxy(id: number, url: string): Promise<void> {
    const answer = { kind: 'proxy' as const, id, address: null, error: null };
    try {
      const address = await this.options.findProxy(url);
      this.process?.postMessage({ ...answer, address } satisfies ToAgent);
    } catch (error) {
      this.process?.postMessage({ ...answer, error: toReport(error) } satisfies ToAgent);
    }
  }

  private lost(child: AgentHost['process']): void {
    if (this.process === child) this.process = null;
    if (this.stopping) return;
    const now = this.options.now();
    this.deaths = [...this.deaths.filter((death) => now - death < deathWindow), now];
    if (this.deaths.length >= mostDeaths) return this.options.onGaveUp();
    this.start();
    this.options.onRestarted();
  }
}
