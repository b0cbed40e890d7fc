import { spawn } from 'node:child_process';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import { DisposableStore, type Clock, type Disposable } from '#core/foundation/index.ts';
import { startProgram, systemOpener } from '#core/screen-pop/index.ts';
import type { AddressOpener, ProgramRunner } from './program-runner.ts';

/** ms in which a program shows that something is wrong with it. */
const probation = 2_000;
/** ms after which a program that still runs counts as one that the user works with. */
const settled = 60_000;
const mostAtOnce = 8;

function toProgramError(program: string, cause: unknown): OffhookError {
  const missing = (cause as { code?: unknown }).code === 'ENOENT';
  const detail = cause instanceof Error ? cause.message : String(cause);
  const values = { program: path.basename(program) };
  return new OffhookError(missing ? 'action.program-missing' : 'action.program-failed', { values, detail, cause });
}

/** Programs as children of their own, which outlive the agent. */
export class NodeProgramRunner implements ProgramRunner, Disposable {
  private readonly clock: Clock;
  /** What is watched of each program that was started a moment ago. */
  private readonly watched = new Set<DisposableStore>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async run(program: string, args: readonly string[]): Promise<void> {
    if (this.watched.size >= mostAtOnce)
      throw new OffhookError('action.too-many', { detail: `${mostAtOnce} programs run` });
    const timers = new DisposableStore();
    this.watched.add(timers);
    const release = () => {
      timers.dispose();
      this.watched.delete(timers);
    };
    timers.add(this.clock.after(settled, release));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    timers.add(this.clock.after(probation, resolve));
    try {
      const child = spawn(program, args, { shell: false, detached: true, stdio: 'ignore', windowsHide: true });
      child.unref();
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        release();
        if (code === 0) resolve();
        else reject(new Error(code === null ? `ended by ${signal ?? 'a signal'}` : `exit code ${code}`));
      });
      await promise;
    } catch (cause) {
      release();
      throw toProgramError(program, cause);
    }
  }

  dispose(): void {
    for (const timers of this.watched) timers.dispose();
    this.watched.clear();
  }
}

/** Addresses by the system's own opener, without a shell. */
export class NodeAddressOpener implements AddressOpener {
  async open(url: string): Promise<void> {
    const [program, ...args] = systemOpener(process.platform);
    try {
      await startProgram(program, [...args, url]);
    } catch (cause) {
      throw new OffhookError('action.program-failed', { values: { program }, detail: String(cause), cause });
    }
  }
}
