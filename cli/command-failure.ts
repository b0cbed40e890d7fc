import type { ErrorReport } from '#contract/errors.ts';
import { exitCodeFor, exitCodes, type ExitCode } from './exit-codes.ts';

/** What the user is told instead of a result: one or two sentences, and the exit code. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode;

  constructor(sentence: string, exitCode: ExitCode = exitCodes.failed) {
    super(sentence);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}

/** Wrong words on the command line; the help of the command is pointed to. */
export class WrongUsage extends CommandFailure {
  constructor(sentence: string) {
    super(sentence, exitCodes.wrongUsage);
    this.name = 'WrongUsage';
  }
}

/** What Offhook answered instead of a result. */
export class AgentRefusal extends Error {
  readonly report: ErrorReport;
  readonly exitCode: ExitCode;

  constructor(report: ErrorReport) {
    super(report.code);
    this.name = 'AgentRefusal';
    this.report = report;
    this.exitCode = exitCodeFor(report.code);
  }
}

/** Nobody listens where the agent said it would, or it went away in the middle. */
export class AgentGone extends Error {
  constructor(cause: unknown) {
    super('the agent does not answer', { cause });
    this.name = 'AgentGone';
  }
}
