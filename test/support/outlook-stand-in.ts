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

/** A cell as Excel has it: `value` as `Value2` gives it, `text` as a narrow column shows it, `merged` with the first of them. */
export interface ExcelCell {
  value?: string | number | boolean | null;
  format?: string;
  formula?: string;
  prefix?: string;
  text?: string;
  merged?: [row: number, column: number];
}

export interface ExcelBook {
  file: string;
  readOnly?: boolean;
  final?: boolean;
  date1904?: boolean;
  /** Cells by row and column, counted from 1: `17,5`. */
  sheets: { name: string; protected?: boolean; cells: Record<string, ExcelCell> }[];
}

/** An item that was made through the helper, by the names that Outlook's properties have. */
export type MadeItem = Record<string, string | number | boolean>;

export interface OutlookState {
  /** LCID of its windows; English when left out. */
  language?: number;
  /** Items may be linked to others, as in older versions. */
  links?: boolean;
  /** A folder that is not there. */
  without?: 'journal' | 'task';
  items?: MadeItem[];
}

/** What is in front; areas as first row, first column, last row, last column. */
export type FrontWindow =
  | { kind: 'none' }
  | { kind: 'excel'; file: string; sheet: string; areas: [number, number, number, number][] }
  | {
      kind: 'outlook';
      window: 'explorer' | 'inspector';
      items: ({ Class: number } & Record<string, string | number>)[];
    };

/** How Office behaves: `rejections` calls are rejected between two that are not. */
export interface OfficeMood {
  rejections?: number;
  mood?: 'well' | 'hangs' | 'hangs writing' | 'crashes writing' | 'crashes saved';
}

/** The helper's C#, compiled with a stand-in for Office's objects, to be run by Mono. */
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
    const sources = [path.join('addins', 'com-helper', 'source'), path.join('test', 'support', 'outlook-stand-in')];
    const files = sources.flatMap((folder) =>
      readdirSync(path.join(root, folder)).map((name) => path.join(root, folder, name)),
    );
    // C# 5: what the compiler of every Windows can read.
    const switches = [
      '-langversion:5',
      '-warnaserror',
      '-main:StandInProgram',
      '-r:System.Web.Extensions.dll',
      '-r:Microsoft.CSharp.dll',
    ];
    execFileSync('mcs', [...switches, `-out:${standIn.file('helper.exe')}`, ...files], { stdio: 'pipe' });
    return standIn;
  }

  private file(name: string): string {
    return path.join(this.folder, name);
  }

  /** Id and store of the item, or the row, that was shown last; null for none. */
  get shown(): string | null {
    return existsSync(this.file('shown')) ? readFileSync(this.file('shown'), 'utf8') : null;
  }

  /** Workbooks that are open in Excel, as they are now. */
  get books(): ExcelBook[] {
    return JSON.parse(readFileSync(this.file('workbooks.json'), 'utf8')) as ExcelBook[];
  }

  set books(books: readonly ExcelBook[]) {
    writeFileSync(this.file('workbooks.json'), JSON.stringify(books));
  }

  set outlook(state: OutlookState) {
    writeFileSync(this.file('outlook.json'), JSON.stringify(state));
  }

  get made(): MadeItem[] {
    const file = this.file('outlook.json');
    return existsSync(file) ? ((JSON.parse(readFileSync(file, 'utf8')) as OutlookState).items ?? []) : [];
  }

  set front(window: FrontWindow) {
    writeFileSync(this.file('front.json'), JSON.stringify(window));
  }

  /** @param folders null where there is no Outlook */
  command(folders: readonly OutlookFolder[] | null, mood: OfficeMood = {}): string[] {
    if (folders) writeFileSync(this.file('folders.json'), JSON.stringify(folders));
    else rmSync(this.file('folders.json'), { force: true });
    return ['mono', this.file('helper.exe'), this.folder, String(mood.rejections ?? 0), mood.mood ?? 'well'];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
