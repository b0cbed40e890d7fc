import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { link } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const keptVersion = z.object({
  /** Of the file that was written. */
  file: z.string(),
  /** Name of the version before, in the folder of kept versions. */
  copy: z.string(),
  /** Unix ms of the write. */
  at: z.number(),
  /** Of the version before and of what was written: undone is only what is still there. */
  before: z.string(),
  written: z.string(),
});
export type KeptVersion = z.infer<typeof keptVersion>;

const perFile = 5;
/** Bytes of all that is kept, of which the newest of each file stays in any case. */
const mostBytes = 1024 ** 3;

/** The versions of workbooks before the last writes, in a folder of Offhook's own. */
export class KeptVersions {
  private readonly folder: string;
  private readonly index: string;
  private versions: KeptVersion[];

  constructor(folder: string) {
    this.folder = folder;
    this.index = path.join(folder, 'index.json');
    this.versions = this.read();
  }

  /** The newest of a file; null where there is none. */
  last(file: string): KeptVersion | null {
    return this.versions.findLast((each) => each.file === file && existsSync(this.pathOf(each))) ?? null;
  }

  pathOf({ copy }: KeptVersion): string {
    return path.join(this.folder, copy);
  }

  /** Where a version of the file is to lie; its ending stays, so that it can be opened. */
  placeFor(file: string, id: string): string {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    return path.join(this.folder, `${hash('sha256', file, 'base64url').slice(0, 12)}-${id}${path.extname(file)}`);
  }

  /** @returns whether it is kept: a full disk is no reason to take back what was written */
  add(version: KeptVersion): boolean {
    this.versions.push(version);
    if (this.save()) {
      this.thin();
      return true;
    }
    this.versions.pop();
    return false;
  }

  drop(version: KeptVersion): void {
    this.versions = this.versions.filter((each) => each !== version);
    rmSync(this.pathOf(version), { force: true });
    this.save();
  }

  private thin(): void {
    const newest = new Set(this.versions.map(({ file }) => this.last(file)));
    const counts = new Map<string, number>();
    let bytes = 0;
    const kept = this.versions.toReversed().filter((version) => {
      const count = (counts.get(version.file) ?? 0) + 1;
      counts.set(version.file, count);
      bytes += statSync(this.pathOf(version), { throwIfNoEntry: false })?.size ?? 0;
      return newest.has(version) || (count <= perFile && bytes <= mostBytes);
    });
    this.versions = kept.reverse();
    this.save();
    const names = new Set(this.versions.map(({ copy }) => copy));
    // Also what a killed write left.
    for (const name of readdirSync(this.folder))
      if (!names.has(name) && name !== path.basename(this.index)) rmSync(path.join(this.folder, name), { force: true });
  }

  private read(): KeptVersion[] {
    try {
      return z.array(keptVersion).parse(JSON.parse(readFileSync(this.index, 'utf8')));
    } catch {
      // None yet, or damaged: what can be undone is a comfort, and not worth a failure.
      return [];
    }
  }

  private save(): boolean {
    const draft = `${this.index}.new`;
    try {
      writeFileSync(draft, JSON.stringify(this.versions), { mode: 0o600, flush: true });
      renameSync(draft, this.index);
      return true;
    } catch {
      // Whoever asks for a version that is not there is told so.
      return false;
    }
  }
}

/** @returns whether both names are of one file now; else the content has to be copied */
export async function linkTo(file: string, place: string): Promise<boolean> {
  try {
    await link(file, place);
    return true;
  } catch (error) {
    // Another disk, or a file system without links.
    if (
      /^(?:EXDEV|EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK|EACCES|EINVAL|UNKNOWN)$/.test(
        (error as NodeJS.ErrnoException).code ?? '',
      )
    )
      return false;
    throw error;
  }
}
