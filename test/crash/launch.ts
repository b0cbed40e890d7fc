import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readReports, type Reports } from './reports.ts';

/** Where the reports of the agent and of the writer go: a file that whoever starts them has opened. */
export const reportDescriptor = 3;

export interface Launched {
  child: ChildProcess;
  /** Resolves when it is gone, in whatever way, and all its output has been read. */
  closed: Promise<unknown>;
}

/** Those that run; none may outlive this process, however it ends. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface LaunchOptions {
  command: string;
  parameters: readonly string[];
  /** What it writes to standard output comes here, or goes nowhere. */
  output?: 'pipe';
  /** File for its reports. */
  report?: string;
  /** Gives it an IPC channel. */
  ipc?: boolean;
  environment?: NodeJS.ProcessEnv;
}

/** Starts a program that is to be killed. */
export function launch(options: LaunchOptions): Launched {
  const { command, parameters, output = 'ignore', report, ipc = false, environment } = options;
  const descriptor = report === undefined ? null : openSync(report, 'w');
  const child = spawn(command, parameters, {
    stdio: ['ignore', output, 'inherit', descriptor ?? 'ignore', ...(ipc ? (['ipc'] as const) : [])],
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...environment },
  });
  if (descriptor !== null) closeSync(descriptor);
  running.add(child);
  const closed = once(child, 'close').finally(() => running.delete(child));
  return { child, closed };
}

/** One of the bundled programs; what the first start has compiled serves all others. */
export function launchProgram(
  program: string,
  parameters: readonly string[],
  options: Pick<LaunchOptions, 'report' | 'ipc'>,
): Launched {
  return launch({
    command: process.execPath,
    parameters: [program, ...parameters],
    ...options,
    environment: compileCache(program),
  });
}

export function compileCache(program: string): NodeJS.ProcessEnv {
  return { NODE_COMPILE_CACHE: path.join(path.dirname(program), 'compiled') };
}

export function readReportFile(report: string): Reports {
  return readReports(readFileSync(report, 'utf8'));
}
