import { spawn } from 'node:child_process';

/** The system's own program for opening files and addresses, with what is opened as one argument; no shell reads it. */
const programs: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  linux: ['xdg-open'],
  darwin: ['open'],
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
};

export function systemOpener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  return programs[platform] ?? ['xdg-open'];
}

/** Resolves once the program has been started; it outlives this one. */
export function startProgram(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore', windowsHide: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
