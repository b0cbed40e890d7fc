import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface CommandOutcome {
  code: number | null;
  out: string;
  /** Of standard error. */
  said: string;
}

export const offhookProgram = fileURLToPath(new URL('../../cli/offhook.mjs', import.meta.url));

/** The bundled `offhook` command as a process of its own, before a data directory; nobody's screen. */
export class OffhookCommand {
  private readonly environment: NodeJS.ProcessEnv;
  readonly directory: string;

  constructor(directory: string, environment: NodeJS.ProcessEnv = {}) {
    this.directory = directory;
    this.environment = {
      ...process.env,
      LC_ALL: 'en_US.UTF-8',
      NODE_NO_WARNINGS: '1',
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      OFFHOOK_SHELL: 'web',
      OFFHOOK_DATA: directory,
      ...environment,
    };
  }

  spawn(...parameters: string[]) {
    return spawn(process.execPath, [offhookProgram, ...parameters], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async run(...parameters: string[]): Promise<CommandOutcome> {
    const child = this.spawn(...parameters);
    const outcome = { out: '', said: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (outcome.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (outcome.said += text));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, ...outcome };
  }

  /** Ends the Offhook that a command started: the starter, which is the parent of the agent that announced itself. */
  async endStarted(): Promise<void> {
    const { pid } = JSON.parse(readFileSync(path.join(this.directory, 'agent.json'), 'utf8')) as { pid: number };
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const starter = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    process.kill(starter, 'SIGTERM');
    const end = performance.now() + 8000;
    while (performance.now() < end && (isAlive(starter) || isAlive(pid)))
      await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** One that has ended and waits for its parent does not live. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // No such process any more.
    return false;
  }
}
