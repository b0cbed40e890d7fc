import { execFile } from 'node:child_process';
import type { RunProgram } from './run-program.ts';

const patienceMilliseconds = 10_000;
const mostOutput = 1_000_000;

/** @param environment of the programs; this process's own when left out */
export function nodeRunProgram(environment: NodeJS.ProcessEnv = process.env): RunProgram {
  return (program, parameters) =>
    new Promise((resolve, reject) => {
      const limits = { timeout: patienceMilliseconds, maxBuffer: mostOutput };
      execFile(
        program,
        [...parameters],
        { ...limits, encoding: 'utf8', windowsHide: true, env: environment },
        (error, stdout) => {
          if (error) reject(error);
          else resolve({ stdout });
        },
      );
    });
}
