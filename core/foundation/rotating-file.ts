import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { makeDirectory } from './make-directory.ts';

export interface RotatingFileOptions {
  file: string;
  /** The file is moved to `file.1` (that one to `file.2`, and so on) when it grows beyond this. */
  maximumBytes: number;
  /** How many old files stay. */
  keep: number;
}

// Characters that the disk has not taken yet; beyond it lines are dropped, since logging must not fill the memory.
const maximumPending = 1024 * 1024;

/**
 * A log file for the user alone, written in the background. A disk that refuses it costs lines, never the program:
 * pino's own destination throws on a file that cannot be opened.
 */
export class RotatingFile {
  private readonly options: RotatingFileOptions;
  private pending: string[] = [];
  private pendingLength = 0;
  private handle: FileHandle | null = null;
  private size = 0;
  private draining = false;
  /** How often a disk that is full or broken cost lines. */
  failures = 0;

  constructor(options: RotatingFileOptions) {
    this.options = options;
  }

  write(line: string): void {
    if (this.pendingLength > maximumPending) {
      this.failures += 1;
      return;
    }
    this.pending.push(line);
    this.pendingLength += line.length;
    if (!this.draining) void this.drain();
  }

  /** Writes what waits, blocking; for the way out. */
  flush(): void {
    const text = this.take();
    try {
      if (text !== '') appendFileSync(this.options.file, text, { mode: 0o600 });
    } catch {
      this.failures += 1;
    }
  }

  private take(): string {
    const text = this.pending.join('');
    this.pending = [];
    this.pendingLength = 0;
    return text;
  }

  private async drain(): Promise<void> {
    this.draining = true;
    // Lines of one turn of the loop go together.
    await Promise.resolve();
    while (this.pending.length > 0) {
      try {
        await this.append(this.take());
      } catch {
        this.failures += 1;
      }
    }
    // Nothing is held open between lines: whoever looks after logs may move or delete them.
    await this.close();
    this.draining = false;
    if (this.pending.length > 0) void this.drain();
  }

  private async append(text: string): Promise<void> {
    const length = Buffer.byteLength(text);
    this.handle ??= await this.openFile();
    if (this.size > 0 && this.size + length > this.options.maximumBytes) {
      await this.close();
      this.shiftAll();
      this.handle = await this.openFile();
    }
    await this.handle.appendFile(text);
    this.size += length;
  }

  private async openFile(): Promise<FileHandle> {
    makeDirectory(path.dirname(this.options.file));
    const handle = await open(this.options.file, 'a', 0o600);
    this.size = (await handle.stat()).size;
    return handle;
  }

  private async close(): Promise<void> {
    const { handle } = this;
    this.handle = null;
    await handle?.close().catch(() => (this.failures += 1));
  }

  private shiftAll(): void {
    const { file, keep } = this.options;
    rmSync(`${file}.${keep}`, { force: true });
    for (let number = keep - 1; number >= 0; number -= 1)
      this.shift(number === 0 ? file : `${file}.${number}`, number + 1);
  }

  private shift(from: string, number: number): void {
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${this.options.file}.${number}`);
  }
}
