import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeDirectory } from '#core/foundation/index.ts';
import { findBrowser, hasDisplay, windowArguments, type Machine } from './browser.ts';

/** Whether a folder takes a file that is not empty; it is made when it is missing. */
function takesFiles(folder: string): boolean {
  const probe = path.join(folder, 'offhook-probe');
  try {
    makeDirectory(folder);
    writeFileSync(probe, 'x'.repeat(4096));
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

/** Opens the window and keeps at most one browser process of ours. */
export class WindowLauncher {
  private readonly machine: Machine;
  private readonly dataDirectory: string;
  private readonly onProcess: (pid: number | null) => void;
  private browser: ChildProcess | null = null;
  private passingProfile: string | null = null;

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
    const profile = this.profile();
    if (profile === null) return false;
    const parameters = windowArguments({ address, profile, asRoot: process.getuid?.() === 0 });
    const child = spawn(program, parameters, { env: environment, stdio: 'ignore' });
    return await this.settle(child);
  }

  /**
   * A profile of our own: the user's browser, its extensions and its sessions stay out of it. Where the data directory
   * takes none (a browser ends over that), it lies in the temporary directory until we end; null where that does not
   * take one either.
   */
  private profile(): string | null {
    const usual = path.join(this.dataDirectory, 'window-profile');
    if (takesFiles(usual)) return usual;
    try {
      this.passingProfile ??= mkdtempSync(path.join(os.tmpdir(), 'offhook-window-'));
    } catch {
      return null;
    }
    return takesFiles(this.passingProfile) ? this.passingProfile : null;
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
    await this.endBrowser();
    if (this.passingProfile !== null) rmSync(this.passingProfile, { recursive: true, force: true, maxRetries: 3 });
    this.passingProfile = null;
  }

  private async endBrowser(): Promise<void> {
    const child = this.browser;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const last = setTimeout(() => child.kill('SIGKILL'), 3000);
    await gone;
    clearTimeout(last);
  }
}
