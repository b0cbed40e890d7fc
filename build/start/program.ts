import { fork, type ChildProcess, type Serializable } from 'node:child_process';

export interface ProgramOptions {
  file: string;
  parameters?: string[];
  environment?: NodeJS.ProcessEnv;
  onMessage(message: unknown): void;
  /** It ended although nobody asked it to. */
  onLost(code: number | null): void;
}

/**
 * Threads in which Node asks disks and the names of hosts. A share that does not answer keeps some of its four for
 * minutes, and the phone has to find its exchange meanwhile.
 */
const threadsForDisks = '16';

/**
 * A program of ours in a process of its own, with Node's IPC pipe to it: it ends when the pipe breaks, so nothing
 * outlives the starter, however that dies.
 */
export class Program {
  private readonly options: ProgramOptions;
  private child: ChildProcess | null = null;
  private stopping = false;

  constructor(options: ProgramOptions) {
    this.options = options;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  start(): void {
    const child = fork(this.options.file, this.options.parameters ?? [], {
      env: { UV_THREADPOOL_SIZE: threadsForDisks, ...process.env, ...this.options.environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    child.on('message', (message) => this.options.onMessage(message));
    child.once('exit', (code) => {
      if (this.child === child) this.child = null;
      if (!this.stopping) this.options.onLost(code);
    });
  }

  send(message: Serializable): void {
    if (this.child?.connected) this.child.send(message, () => {});
  }

  /** Asks it to end; after `patience` ms it is killed. */
  async stop(patience: number): Promise<void> {
    this.stopping = true;
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    this.send({ kind: 'stop' });
    const last = setTimeout(() => child.kill('SIGKILL'), patience);
    await gone;
    clearTimeout(last);
  }

  kill(): void {
    this.stopping = true;
    this.child?.kill('SIGKILL');
  }
}
