import { spawn } from 'node:child_process';
import { OffhookError } from '#contract/errors.ts';

/** ms; the system may ask the user meanwhile. */
const patience = 120_000;

export interface Ran {
  code: number | null;
  output: string;
}

/**
 * Runs a program of the system's, its arguments as they are; no shell reads them.
 * @throws OffhookError `local-api.trust-failed` where there is no such program, or it hangs
 */
export function runProgram(program: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    const take = (chunk: Buffer) => (output = (output + String(chunk)).slice(-10_000));
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const limit = setTimeout(() => child.kill('SIGKILL'), patience);
    child.once('error', (cause) => {
      clearTimeout(limit);
      reject(new OffhookError('local-api.trust-failed', { detail: `${program}: ${cause.message}`, cause }));
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code, output });
    });
  });
}

/** As `runProgram`, for what has to end well. */
export async function runWell(program: string, args: readonly string[]): Promise<string> {
  const { code, output } = await runProgram(program, args);
  if (code === 0) return output;
  const detail = `${program} ended with ${code}: ${output.trim().slice(-300)}`;
  throw new OffhookError('local-api.trust-failed', { detail });
}
