import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { ManagedProcess } from './managed-process.ts';
import type { Actor } from './stage.ts';
import { until, within } from './until.ts';

export interface SippOptions {
  directory: string;
  /** Pieces from `sipp-steps.ts`. */
  steps: string[];
  /** A caller sends to this place, e.g. `127.0.0.1:25060`; a callee waits. */
  target?: string;
  /** Whom a caller calls. */
  service?: string;
  transport?: 'udp' | 'tcp';
}

/** One call by sipp, which says and does exactly what the steps say, and fails where the other side does not. */
export class SippScenario implements Actor {
  private readonly options: SippOptions;
  private process: ManagedProcess | null = null;
  private firstPort = 0;

  constructor(options: SippOptions) {
    this.options = options;
  }

  get port(): number {
    return this.firstPort;
  }

  get address(): string {
    return `127.0.0.1:${this.firstPort}`;
  }

  async start(): Promise<void> {
    const { directory, steps, target, service, transport = 'udp' } = this.options;
    this.firstPort = await freePort(12);
    const file = path.join(directory, 'scenario.xml');
    writeFileSync(file, `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="odd">\n${steps.join('\n')}\n</scenario>\n`);
    const media = this.firstPort + 2;
    this.process = new ManagedProcess({
      name: 'sipp',
      command: 'sipp',
      args: [
        ...(target ? [target] : []),
        ...['-sf', file, '-i', '127.0.0.1', '-p', String(this.firstPort), '-t', transport === 'tcp' ? 't1' : 'u1'],
        ...['-mi', '127.0.0.1', '-mp', String(media)],
        ...['-m', '1', '-s', service ?? 'sipp', '-nostdin', '-trace_err', '-error_file', this.at('errors.log')],
        ...['-trace_msg', '-message_file', this.at('messages.log'), '-timeout', '50s', '-timeout_error'],
      ],
      directory,
      logFile: this.at('sipp.log'),
    });
    // A callee is ready when its socket is bound; sipp says nothing, but the kernel does.
    const table = transport === 'tcp' ? '/proc/net/tcp' : '/proc/net/udp';
    const local = `0100007F:${this.firstPort.toString(16).toUpperCase().padStart(4, '0')}`;
    await until('sipp has its socket', () => !this.process?.running || readFileSync(table, 'latin1').includes(local), { every: 10 });
  }

  /** Resolves when the call went as the steps say. */
  async succeeded(timeout = 20_000): Promise<void> {
    if (!this.process) throw new Error('sipp was not started');
    const code = await within(timeout, `sipp ends\n${this.messages.slice(-3000)}`, this.process.exited);
    if (code !== 0) throw new Error(`sipp ended with ${code}\n${this.process.tail(5)}\n${this.errors}\n${this.messages.slice(-3000)}`);
  }

  /** Every message sent and received, as sipp writes it down. */
  get messages(): string {
    return this.read('messages.log');
  }

  get errors(): string {
    return this.read('errors.log');
  }

  async stop(): Promise<void> {
    await this.process?.stop('SIGKILL');
  }

  private at(name: string): string {
    return path.join(this.options.directory, name);
  }

  private read(name: string): string {
    return existsSync(this.at(name)) ? readFileSync(this.at(name), 'latin1') : '';
  }
}
