import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { makeDirectory } from '#core/foundation/index.ts';
import { findBrowser, hasDisplay, windowArguments, type Machine } from './browser.ts';

/** Opens the window and keeps at most one browser process of ours. */
export class WindowLauncher {
  private readonly machine: Machine;
  private readonly dataDirectory: string;
  private readonly onProcess: (pid: number | null) => void;
  private browser: ChildProcess | null = null;

  constructor(options: { machine: Machine; dataDirectory: string; onProcess(pid: number | null): void }) {
    this.machine = options.machine;
    this.dataDirectory = options.dataDirectory;
    this.onProcess = options.onProcess;
  }

  /**
   * @param screen where to open it, when a second start on another screen asks; null for our own
   * @returns false when there is no browser or no screen: the address is then for the user to open
   */
  async open(address: string, screen: Record<string, string> | null = null): Promise<boolean> {
    const own = this.machine.environment;
    const environment = screen ? { ...own, DISPLAY: undefined, WAYLAND_DISPLAY: undefined, ...screen } : own;
    const program = findBrowser(this.machine);
    if (!program || !hasDisplay({ ...this.machine, environment })) return false;
    // A profile of our own: the user's browser, its extensions and its sessions stay out of it.
    const profile = path.join(this.dataDirectory, 'window-profile');
    makeDirectory(profile);
    const parameters = windowArguments({ address, profile, asRoot: process.getuid?.() === 0 });
    const child = spawn(program, parameters, { env: environment, stdio: 'ignore' });
    return await this.settle(child);
  }

  /** A browser that already runs with this profile takes the address over, and the new process ends at once. */
  private settle(child: ChildProcess): Promise<boolean> {
    // Adopted at once, so that Ctrl-C in its first second closes it too.
    this.adopt(child);
    return new Promise((resolve) => {
      child.once('error', () => {
        this.forget(child);
        resolve(false);
      });
      const stays = setTimeout(() => resolve(true), 1500);
      child.once('exit', (code) => {
        clearTimeout(stays);
        this.forget(child);
        resolve(code === 0);
      });
    });
  }

  private adopt(child: ChildProcess): void {
    if (this.browser) return;
    this.browser = child;
    this.onProcess(child.pid ?? null);
  }

  private forget(child: ChildProcess): void {
    if (this.browser !== child) return;
    this.browser = null;
    this.onProcess(null);
  }

  /** Closes the window; resolves when its process is gone, after 3 s at the latest. */
  async close(): Promise<void> {
    const child = this.browser;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const last = setTimeout(() => child.kill('SIGKILL'), 3000);
    await gone;
    clearTimeout(last);
  }
}
