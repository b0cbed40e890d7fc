import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { nativeHostName } from '#contract/browser-extension/identity.ts';
import { windowsKeys } from './browser-places.ts';
import { batchFile, hostManifest, type BrowserFamily } from './host-files.ts';
import type { HostInstallation } from './host-installation.ts';

/** Runs `reg.exe` with these arguments. @returns false where it says no, e.g. to a key that is not there */
export type RunRegistry = (parameters: readonly string[]) => Promise<boolean>;

export const runRegistry: RunRegistry = async (parameters) => {
  const { execFile } = await import('node:child_process');
  try {
    await promisify(execFile)('reg.exe', [...parameters], { windowsHide: true });
    return true;
  } catch {
    // It prints no more than that, in the system's language.
    return false;
  }
};

/** A manifest for each family of browsers, and a key of the registry that names it for each browser. */
export class WindowsHostInstallation implements HostInstallation {
  private readonly folder: string;
  private readonly command: readonly string[];
  private readonly registry: RunRegistry;

  /**
   * @param folder for the manifests and the batch file that browsers start
   * @param command program and arguments of `offhook`
   */
  constructor(folder: string, command: readonly string[], registry: RunRegistry = runRegistry) {
    this.folder = folder;
    this.command = command;
    this.registry = registry;
  }

  async install(): Promise<string[]> {
    mkdirSync(this.folder, { recursive: true });
    const program = path.join(this.folder, 'offhook-native-host.bat');
    writeFileSync(program, batchFile(this.command));
    for (const family of ['chromium', 'firefox'] as const)
      writeFileSync(this.manifest(family), hostManifest(family, program));
    return await this.each(({ key, family }) => ['add', key, '/ve', '/t', 'REG_SZ', '/d', this.manifest(family), '/f']);
  }

  async remove(): Promise<string[]> {
    const removed = await this.each(({ key }) => ['delete', key, '/f']);
    rmSync(this.folder, { recursive: true, force: true });
    return removed;
  }

  private async each(parameters: (entry: { key: string; family: BrowserFamily }) => string[]): Promise<string[]> {
    const done: string[] = [];
    for (const { key, family } of windowsKeys) {
      const own = `${key}\\${nativeHostName}`;
      if (await this.registry(parameters({ key: own, family }))) done.push(own);
    }
    return done;
  }

  private manifest(family: BrowserFamily): string {
    return path.join(this.folder, `${nativeHostName}.${family}.json`);
  }
}
