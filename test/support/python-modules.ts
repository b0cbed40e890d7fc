import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

function has(python: string, modules: readonly string[]): boolean {
  try {
    execFileSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/** A Python 3 that has these modules: the system's, which may not be the first in the path. Null where there is none. */
export function pythonWith(...modules: string[]): string | null {
  const candidates = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'python3'));
  return candidates.find((python) => existsSync(python) && has(python, modules)) ?? null;
}

/** Runs a program text, which finds the arguments in `sys.argv`. */
export async function runPython(python: string, program: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(python, ['-c', program, ...args], { timeout: 60_000 });
}
