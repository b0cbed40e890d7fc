import type { Selection } from './selection.ts';

const longest = 20_000;
const patience = 2000;

/** Programs that print X11's, or Wayland's, primary selection: what is marked, without a copy. */
const readers = [
  { variable: 'WAYLAND_DISPLAY', program: 'wl-paste', parameters: ['--primary', '--no-newline'] },
  { variable: 'DISPLAY', program: 'xclip', parameters: ['-out', '-selection', 'primary'] },
] as const;

/** Null where the program is not installed; a program that finds nothing selected says so by its exit code. */
async function output(program: string, parameters: readonly string[]): Promise<string | null> {
  const { execFile } = await import('node:child_process');
  return await new Promise((resolve) => {
    const options = { timeout: patience, maxBuffer: longest * 4, encoding: 'utf8' } as const;
    execFile(program, [...parameters], options, (error, text) => {
      if (error?.code === 'ENOENT') resolve(null);
      else resolve(error ? '' : text.slice(0, longest));
    });
  });
}

/** The primary selection of Linux, by the small programs that desktops have for it. */
export class CommandSelection implements Selection {
  private readonly environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = environment;
  }

  async read(): Promise<string | null> {
    for (const { variable, program, parameters } of readers) {
      if (!this.environment[variable]) continue;
      const text = await output(program, parameters);
      if (text !== null) return text;
    }
    return null;
  }
}
