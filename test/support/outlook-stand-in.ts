import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '#build/root.ts';

export interface OutlookContact {
  EntryID: string;
  LastModificationTime: string;
  [column: string]: string | readonly string[];
}

export interface OutlookFolder {
  name: string;
  /** 2 holds contacts. */
  type: number;
  contacts: OutlookContact[];
  folders: OutlookFolder[];
}

/** The helper's C#, compiled with a stand-in for Outlook's objects, to be run by Mono. */
export class OutlookStandIn {
  private readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Whether compiler and runtime are there. */
  static get possible(): boolean {
    return ['mcs', 'mono'].every((program) => existsSync(path.join('/usr/bin', program)));
  }

  static build(): OutlookStandIn {
    const standIn = new OutlookStandIn(mkdtempSync(path.join(os.tmpdir(), 'offhook-outlook-')));
    const source = path.join(root, 'addins', 'com-helper', 'source');
    const files = readdirSync(source).map((name) => path.join(source, name));
    const model = path.join(root, 'test', 'support', 'outlook-stand-in', 'StandIn.cs');
    // C# 5: what the compiler of every Windows can read.
    const switches = [
      '-langversion:5',
      '-warnaserror',
      '-main:StandInProgram',
      '-r:System.Web.Extensions.dll',
      '-r:Microsoft.CSharp.dll',
    ];
    execFileSync('mcs', [...switches, `-out:${standIn.program}`, ...files, model], { stdio: 'pipe' });
    return standIn;
  }

  private get program(): string {
    return path.join(this.folder, 'helper.exe');
  }

  private get data(): string {
    return path.join(this.folder, 'folders.json');
  }

  /** Id and store of the item that was shown last; null for none. */
  get shown(): string | null {
    const file = `${this.data}.shown`;
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  }

  /** @param rejections calls that are rejected between two that are not */
  command(folders: readonly OutlookFolder[] | null, mood: { rejections?: number; hangs?: boolean } = {}): string[] {
    if (folders) writeFileSync(this.data, JSON.stringify(folders));
    else rmSync(this.data, { force: true });
    return ['mono', this.program, this.data, String(mood.rejections ?? 0), mood.hangs ? 'hang' : 'no'];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
