import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nativeHostName } from '#contract/browser-extension/identity.ts';
import type { BrowserPlace } from './browser-places.ts';
import { hostManifest, shellScript } from './host-files.ts';
import type { HostInstallation } from './host-installation.ts';

/** A manifest in the folder of each browser that has been used, and one script that they all start. */
export class LinuxHostInstallation implements HostInstallation {
  private readonly places: readonly BrowserPlace[];
  private readonly folder: string;
  private readonly command: readonly string[];

  /**
   * @param folder for the script
   * @param command program and arguments of `offhook`
   */
  constructor(places: readonly BrowserPlace[], folder: string, command: readonly string[]) {
    this.places = places;
    this.folder = folder;
    this.command = command;
  }

  async install(): Promise<string[]> {
    const used = this.places.filter(({ profile }) => existsSync(profile));
    if (used.length === 0) return [];
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(this.script, shellScript(this.command), { mode: 0o700 });
    return used.map((place) => {
      mkdirSync(place.folder, { recursive: true });
      writeFileSync(manifestIn(place), hostManifest(place.family, this.script));
      return manifestIn(place);
    });
  }

  async remove(): Promise<string[]> {
    const files = [...this.places.map(manifestIn), this.script].filter((file) => existsSync(file));
    for (const file of files) rmSync(file);
    return files;
  }

  private get script(): string {
    return path.join(this.folder, 'offhook-native-host');
  }
}

function manifestIn({ folder }: BrowserPlace): string {
  return path.join(folder, `${nativeHostName}.json`);
}
