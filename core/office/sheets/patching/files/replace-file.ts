import { statSync, renameSync, type BigIntStats } from 'node:fs';
import { copyFile, link, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { OffhookError } from '#contract/errors.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { DraftFiles } from './draft-files.ts';
import { linkTo, type KeptVersions } from './kept-versions.ts';
import { lookAtFile } from './look-at-file.ts';
import { contentHash, isSame, isUnchanged, openSource, stillThere, type SourceFile } from './source-file.ts';

export interface FileRewriting<T> {
  result: T;
  /** Whether the draft is to take the file's place. */
  changed: boolean;
}

/** Reads the file as it is and writes it anew; called again if the file changes meanwhile. */
export type Rewrite<T> = (source: SourceFile, draft: FileHandle) => Promise<FileRewriting<T>>;

export interface ReplacerOptions {
  drafts: DraftFiles;
  kept: KeptVersions;
  clock: Clock;
  newId: () => string;
  /** For tests: called right before the file's place is taken. */
  onReady?: () => void;
}

/** Somebody who saves more often than this has it open. */
const attempts = 6;
const pauseMilliseconds = 40;

interface Prepared {
  draft: string;
  handle: FileHandle;
  /** Of the version before. */
  copy: string;
  linked: boolean;
}

/**
 * Puts another version into a file's place in one step, so that a kill at any moment leaves the old or the new one, and
 * keeps the one before. What somebody else saves in the meantime is never lost but by a save that falls into the
 * microseconds between the last look and the rename: then everything begins anew with what they saved.
 */
export class FileReplacer {
  private readonly options: ReplacerOptions;

  constructor(options: ReplacerOptions) {
    this.options = options;
  }

  /**
   * Throws what keeps the file from being written, as system or `OffhookError`.
   * @param keeps whether the version before is kept
   */
  async rewrite<T>(file: string, rewrite: Rewrite<T>, keeps = true): Promise<{ result: T; copy: string | null }> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const real = await lookAtFile(file);
      await this.options.drafts.sweep(path.dirname(real));
      const done = await this.attempt(file, real, rewrite, keeps);
      if (done) return done;
      await new Promise<void>((resolve) => this.options.clock.after(pauseMilliseconds * attempt, resolve));
    }
    throw new OffhookError('sheet.locked', { detail: 'it is saved again and again' });
  }

  /** Null if the file changed meanwhile. */
  private async attempt<T>(
    file: string,
    real: string,
    rewrite: Rewrite<T>,
    keeps: boolean,
  ): Promise<{ result: T; copy: string | null } | null> {
    const { drafts, kept, newId } = this.options;
    const source = await openSource(real);
    const draft = drafts.beside(real);
    const copy = kept.placeFor(file, newId());
    let handle: FileHandle | null = null;
    let stays = false;
    try {
      handle = await open(draft, 'wx+', 0o600);
      const { result, changed } = await rewrite(source, handle);
      if (!changed) return (await isUnchanged(source)) ? { result, copy: null } : null;
      await takeOver(handle, source.stats);
      await handle.sync();
      const written = await contentHash(handle);
      const linked = await linkTo(real, copy);
      if (!linked) await copyFile(real, copy);
      const prepared = { draft, handle, copy, linked };
      if (!(await this.replace(source, prepared))) return null;
      const at = this.options.clock.now();
      stays = keeps && kept.add({ file, copy: path.basename(copy), at, before: source.hash, written });
      return { result, copy: stays ? copy : null };
    } catch (error) {
      // What was read while somebody saved is broken in any way.
      if (await this.isChanged(source)) return null;
      throw error;
    } finally {
      await handle?.close();
      await source.handle.close().catch(() => undefined);
      await drafts.remove(draft);
      if (!stays) await rm(copy, { force: true });
    }
  }

  private async isChanged(source: SourceFile): Promise<boolean> {
    const there = await stillThere(source.path);
    if (!there || source.handle.fd < 0) return false;
    return !isSame(there, source.stats) || !(await isUnchanged(source));
  }

  /** @returns false if the file is not what was read, and is left or put back as it is */
  private async replace(source: SourceFile, { draft, handle, copy, linked }: Prepared): Promise<boolean> {
    if (!(await isUnchanged(source))) return false;
    const ours = await handle.stat({ bigint: true });
    await handle.close();
    // Windows takes no file's place that is open, not even by oneself.
    if (process.platform === 'win32') await source.handle.close();
    this.options.onReady?.();
    const there = statSync(source.path, { bigint: true, throwIfNoEntry: false });
    if (!there || !isSame(there, source.stats)) return false;
    renameSync(draft, source.path);
    await syncFolder(path.dirname(source.path));
    // It is done: what fails from here on must not say that nothing was written.
    if (process.platform === 'win32' || (await isUnchanged(source).catch(() => true))) return true;
    return await this.putBack(source, ours, linked ? copy : null).then(
      () => false,
      // Their save is the version before, then.
      () => true,
    );
  }

  /** Somebody wrote into the old file while it was replaced: that is the one that counts. */
  private async putBack(source: SourceFile, ours: BigIntStats, linked: string | null): Promise<void> {
    const there = await stillThere(source.path);
    if (there?.ino !== ours.ino) return;
    const draft = this.options.drafts.beside(source.path);
    try {
      if (linked) await link(linked, draft);
      else await copyHandle(source, draft);
      await rename(draft, source.path);
      await syncFolder(path.dirname(source.path));
    } finally {
      await this.options.drafts.remove(draft);
    }
  }
}

async function copyHandle({ handle, stats }: SourceFile, to: string): Promise<void> {
  const target = await open(to, 'wx', 0o600);
  try {
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    for (let at = 0; ;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      await target.write(buffer, 0, bytesRead, at);
      at += bytesRead;
    }
    await takeOver(target, stats);
    await target.sync();
  } finally {
    await target.close();
  }
}

/** Owner and rights of the file before, as far as the system lets them be given. */
async function takeOver(handle: FileHandle, { uid, gid, mode }: BigIntStats): Promise<void> {
  if (process.platform === 'win32') return;
  // Only an administrator gives files away.
  await handle.chown(Number(uid), Number(gid)).catch(() => undefined);
  await handle.chmod(Number(mode) & 0o7777).catch(() => undefined);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no way to open a folder; NTFS journals the rename by itself.
  if (process.platform === 'win32') return;
  // Some network file systems know no such thing, and some folders may not be read.
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
