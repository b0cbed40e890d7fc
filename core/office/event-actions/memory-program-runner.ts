import type { OffhookError } from '#contract/errors.ts';
import type { AddressOpener, ProgramRunner } from './program-runner.ts';

/** Notes what would have been started and opened; a test may make it fail. */
export class MemoryProgramRunner implements ProgramRunner, AddressOpener {
  readonly started: { program: string; args: readonly string[] }[] = [];
  readonly opened: string[] = [];
  failure: OffhookError | null = null;

  async run(program: string, args: readonly string[]): Promise<void> {
    if (this.failure) throw this.failure;
    this.started.push({ program, args });
  }

  async open(url: string): Promise<void> {
    if (this.failure) throw this.failure;
    this.opened.push(url);
  }
}
