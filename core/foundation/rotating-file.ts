import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { destination } from 'pino';

export interface RotatingFileOptions {
  file: string;
  /** The file is moved to `file.1` (that one to `file.2`, and so on) when it grows beyond this. */
  maximumBytes: number;
  /** How many old files stay. */
  keep: number;
}

// Lines that the disk has not taken yet; beyond it they are dropped, since logging must not fill the memory.
const maximumPendingBytes = 1024 * 1024;

/** A log file for the user alone, written in the background. A disk that refuses it costs lines, never the program. */
export class RotatingFile {
  private readonly options: RotatingFileOptions;
  private readonly stream: ReturnType<typeof destination>;
  private written: number;
  /** How often a disk that is full or broken cost lines. */
  failures = 0;

  constructor(options: RotatingFileOptions) {
    this.options = options;
    this.written = this.prepare();
    if (this.written > options.maximumBytes) this.shiftAll();
    this.stream = destination({
      dest: options.file,
      sync: false,
      append: true,
      mode: 0o600,
      maxLength: maximumPendingBytes,
    });
    this.stream.on('error', () => (this.failures += 1));
    this.stream.on('drop', () => (this.failures += 1));
  }

  write(line: string): void {
    this.written += Buffer.byteLength(line);
    this.stream.write(line);
    if (this.written > this.options.maximumBytes && this.shiftAll()) this.stream.reopen();
  }

  flush(): void {
    try {
      this.stream.flushSync();
    } catch {
      // Not open yet, or the disk refuses: there is nobody left to tell.
      this.failures += 1;
    }
  }

  private prepare(): number {
    try {
      mkdirSync(path.dirname(this.options.file), { recursive: true, mode: 0o700 });
      return statSync(this.options.file, { throwIfNoEntry: false })?.size ?? 0;
    } catch {
      // A folder that cannot be made: the stream meets the same, and counts it.
      return 0;
    }
  }

  private shiftAll(): boolean {
    const { file, keep } = this.options;
    this.written = 0;
    try {
      rmSync(`${file}.${keep}`, { force: true });
      for (let number = keep - 1; number >= 0; number -= 1)
        this.shift(number === 0 ? file : `${file}.${number}`, number);
      return true;
    } catch {
      this.failures += 1;
      return false;
    }
  }

  private shift(from: string, number: number): void {
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${this.options.file}.${number + 1}`);
  }
}
