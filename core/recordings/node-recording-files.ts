import { mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { RecordingFile, RecordingFiles, RecordingWriter } from './recording-files.ts';
import { within } from './recording-path.ts';

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}

/** Undefined instead of the error of a file that is not there. */
async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

class HandleWriter implements RecordingWriter {
  private readonly handle: FileHandle;

  constructor(handle: FileHandle) {
    this.handle = handle;
  }

  async write(chunk: Uint8Array): Promise<void> {
    await this.handle.writeFile(chunk);
  }

  async close(): Promise<void> {
    // A disk that is full or gone has told so at the writing already; what came so far is kept either way.
    await this.handle.datasync().catch(() => undefined);
    await this.handle.close().catch(() => undefined);
  }
}

/** Recordings in a folder of the disk, by Node's own asynchronous calls. */
export class NodeRecordingFiles implements RecordingFiles {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = path.resolve(folder);
  }

  async create(file: string): Promise<RecordingWriter> {
    const absolute = within(this.folder, file);
    if (absolute === null) throw new Error('a recording lies in the folder of recordings');
    const month = path.dirname(absolute);
    // One at a time: Node's recursive mkdir never returns on some file systems (see make-directory.ts).
    for (const each of [this.folder, path.dirname(month), month]) {
      await mkdir(each, { mode: 0o700 }).catch((error: unknown) => {
        if (codeOf(error) !== 'EEXIST') throw error;
      });
    }
    return new HandleWriter(await open(absolute, 'wx', 0o600));
  }

  async look(file: string): Promise<RecordingFile | null> {
    const absolute = within(this.folder, file);
    const found = absolute === null ? undefined : await ifThere(stat(absolute));
    return found?.isFile() ? { bytes: found.size, modifiedAt: Math.round(found.mtimeMs) } : null;
  }

  async read(file: string, offset: number, length: number): Promise<{ chunk: Uint8Array; bytes: number } | null> {
    const absolute = within(this.folder, file);
    const handle = absolute === null ? undefined : await ifThere(open(absolute, 'r'));
    if (!handle) return null;
    try {
      const { size } = await handle.stat();
      const buffer = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
      return { chunk: buffer.subarray(0, bytesRead), bytes: size };
    } finally {
      await handle.close();
    }
  }

  async remove(file: string): Promise<void> {
    const absolute = within(this.folder, file);
    if (absolute !== null) await rm(absolute, { force: true });
  }
}
