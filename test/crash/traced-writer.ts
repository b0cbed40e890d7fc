import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { CallRecord } from '#contract/ipc/index.ts';
import { compileCache, launch, readReportFile, reportDescriptor } from './launch.ts';

/** Each system call that brings something to a disk; `?`: not every processor's Linux has it. */
const writes =
  'write pwrite64 writev pwritev pwritev2 ftruncate truncate fallocate fsync fdatasync unlink unlinkat rename renameat renameat2';
const traced = writes
  .split(' ')
  .map((name) => `?${name}`)
  .join(',');

/** Why no program can be killed at its writes here; null when it can. */
export function whyNotTraced(): string | null {
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=none', 'true']);
  if (tried.error) return 'strace is not installed';
  return tried.status === 0 ? null : 'strace may not trace here';
}

export interface TracedWriter {
  /** The writer's program, of the bundle. */
  writer: string;
  /** Data directory. */
  directory: string;
  /** Files in it whose writes count. */
  files: readonly string[];
}

/** What the writer's script writes, in order: the name of each system call. */
export async function traceWrites(options: TracedWriter): Promise<string[]> {
  const trace = `${options.directory}.trace`;
  const { killed } = await run(options, ['-o', trace, '-e', `trace=${traced}`]);
  if (killed) throw new Error('the writer was killed though nobody did');
  const names = readFileSync(trace, 'utf8')
    .split('\n')
    .map((line) => /^\d+ +(\w+)\(/.exec(line)?.[1]);
  rmSync(trace);
  return names.filter((name) => name !== undefined);
}

/** Runs the writer's script and kills it as it enters that system call for the nth time, counting from 1. */
export function runUntilWrite(
  options: TracedWriter,
  name: string,
  nth: number,
): Promise<{ killed: boolean; ended: CallRecord[] }> {
  // --seccomp-bpf would be quicker, but strace 6.1 then forgets to send the signal.
  return run(options, ['-o', '/dev/null', '-e', `trace=${name}`, '-e', `inject=${name}:signal=SIGKILL:when=${nth}`]);
}

async function run(
  { writer, directory, files }: TracedWriter,
  more: readonly string[],
): Promise<{ killed: boolean; ended: CallRecord[] }> {
  const report = `${directory}.report`;
  const paths = files.flatMap((file) => ['-P', path.join(directory, file)]);
  const script = [process.execPath, writer, directory, 'once', 'run', String(reportDescriptor)];
  const { child, closed } = launch({
    command: 'strace',
    parameters: ['-f', '-qq', ...more, ...paths, ...script],
    report,
    // One thread for the journal, so that its writes are counted through: strace counts for each thread apart.
    environment: { ...compileCache(writer), UV_THREADPOOL_SIZE: '1' },
  });
  await closed;
  // strace ends as the program did.
  const killed = child.signalCode === 'SIGKILL';
  if (!killed && child.exitCode !== 0) throw new Error(`the writer ended with ${child.exitCode ?? child.signalCode}`);
  const { ended } = readReportFile(report);
  rmSync(report);
  return { killed, ended };
}
