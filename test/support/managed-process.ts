import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { within } from './until.ts';

export interface ProcessOptions {
  /** For messages, e.g. `kamailio`. */
  name: string;
  command: string;
  args: string[];
  directory: string;
  /** Everything the program prints. */
  logFile: string;
  /** Name of a network namespace to run in. */
  namespace?: string | null;
  environment?: Record<string, string>;
  /** Gives the child an IPC channel (`process.send`). */
  ipc?: boolean;
}

/** Process groups that are there; none of them may outlive this process, however it ends. */
const groups = new Set<number>();
process.on('exit', () => {
  for (const group of groups) signalGroup(group, 'SIGKILL');
});

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    // ESRCH: the last of the group is gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A program that a test started: its output by lines, and an end by its own process id. */
export class ManagedProcess {
  readonly child: ChildProcess;
  readonly options: ProcessOptions;
  readonly lines: string[] = [];
  /** Resolves with the exit code, or the signal's name. */
  readonly exited: Promise<number | string>;
  private readonly log: WriteStream;
  private readonly listeners = new Set<(line: string) => void>();
  private over = false;

  constructor(options: ProcessOptions) {
    this.options = options;
    this.log = createWriteStream(options.logFile, { flags: 'a' });
    // `ip netns exec` replaces itself by the program, so that the process id is the program's own.
    const prefix = options.namespace ? ['ip', 'netns', 'exec', options.namespace] : [];
    const [command = '', ...args] = [...prefix, options.command, ...options.args];
    this.child = spawn(command, args, {
      cwd: options.directory,
      env: { ...process.env, ...options.environment },
      // A group of its own: Kamailio is a dozen processes, which must all go even when the first of them hangs.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc ? (['ipc'] as const) : [])],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => this.heard(line));
    if (this.child.pid !== undefined) groups.add(this.child.pid);
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error) => this.ended(resolve, error.message));
      this.child.once('close', (code, signal) => this.ended(resolve, code ?? signal ?? 'unknown'));
    });
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.options.name} did not start`);
    return this.child.pid;
  }

  get running(): boolean {
    return !this.over;
  }

  /** The first line, printed already or to come, that matches. Rejects when the program ends before. */
  async line(pattern: RegExp, timeout = 10_000): Promise<string> {
    const known = this.lines.find((line) => pattern.test(line));
    if (known !== undefined) return known;
    let stop = () => {};
    const found = new Promise<string>((resolve) => {
      const listener = (line: string) => pattern.test(line) && resolve(line);
      this.listeners.add(listener);
      stop = () => this.listeners.delete(listener);
    });
    const early = this.exited.then((code): never => {
      throw new Error(`${this.options.name} ended (${code}) before ${pattern}:\n${this.tail()}`);
    });
    try {
      return await within(timeout, `${this.options.name} prints ${pattern}`, Promise.race([found, early]));
    } finally {
      stop();
    }
  }

  /** The last lines printed, for a failure's message. */
  tail(count = 15): string {
    return this.lines.slice(-count).join('\n');
  }

  /** Asks the program to end, and makes it end after `grace` ms. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', grace = 4000): Promise<void> {
    if (this.over) return;
    this.child.kill(signal);
    const timer = setTimeout(() => this.kill(), grace);
    await this.exited;
    clearTimeout(timer);
  }

  /** Ends the program and all that it started, at once. */
  kill(): void {
    signalGroup(this.pid, 'SIGKILL');
  }

  private heard(line: string): void {
    this.lines.push(line);
    this.log.write(`${line}\n`);
    for (const listener of [...this.listeners]) listener(line);
  }

  private ended(resolve: (code: number | string) => void, code: number | string): void {
    if (this.over) return;
    this.over = true;
    if (this.child.pid !== undefined) groups.delete(this.child.pid);
    this.log.end(`-- ended: ${code}\n`);
    resolve(code);
  }
}
