import { execFile } from 'node:child_process';
import type { RunProgram } from './run-program.ts';

const patienceMilliseconds = 10_000;
const mostOutput = 1_000_000;

/** @param environment of the programs; this process's own when left out */
export function nodeRunProgram(environment?: NodeJS.ProcessEnv): RunProgram {
  const options = {
    ...{ timeout: patienceMilliseconds, maxBuffer: mostOutput, encoding: 'utf8', windowsHide: true },
    ...(environment ? { env: environment } : {}),
  } as const;
  return (program, parameters) =>
    new Promise((resolve, reject) => {
      execFile(program, [...parameters], options, (error, stdout) => {
        if (error) reject(error);
        else resolve({ stdout });
      });
    });
}
