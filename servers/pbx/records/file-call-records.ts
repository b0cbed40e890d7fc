import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import type { Logger } from '#core/foundation/index.ts';
import type { CallRecord, CallRecords } from './call-record.ts';
import { MemoryCallRecords } from './memory-call-records.ts';

const shape = z.looseObject({ id: z.string(), startedAt: z.number(), endedAt: z.number(), disposition: z.string(), legs: z.array(z.unknown()) });

/** bytes of the file's end that are read at start */
const readBack = 4_194_304;

/**
 * JSON lines in a file that only grows. Calls never wait for the disk: records that end together are written together
 * and then synced; what cannot be written now is kept and tried again with the next record.
 */
export class FileCallRecords implements CallRecords {
  private readonly memory = new MemoryCallRecords();
  private readonly file: FileHandle;
  private readonly logger: Logger;
  private waiting: string[] = [];
  private writing: Promise<void> | null = null;

  /** Opens or makes the file, readable by its owner alone: it tells who called whom. */
  static async open(path: string, logger: Logger): Promise<FileCallRecords> {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600);
    const records = new FileCallRecords(file, logger.child('records'));
    await records.readBack();
    return records;
  }

  private constructor(file: FileHandle, logger: Logger) {
    this.file = file;
    this.logger = logger;
  }

  append(record: CallRecord): void {
    this.memory.append(record);
    this.waiting.push(`${JSON.stringify(record)}\n`);
    this.writing ??= this.write();
  }

  recent(limit: number): readonly CallRecord[] {
    return this.memory.recent(limit);
  }

  find(id: string): CallRecord | null {
    return this.memory.find(id);
  }

  async flush(): Promise<void> {
    while (this.writing) await this.writing;
  }

  async close(): Promise<void> {
    if (this.waiting.length > 0) this.writing ??= this.write();
    await this.flush();
    await this.file.close();
  }

  private async write(): Promise<void> {
    // Lets everything that ends in this turn go out in one write.
    await Promise.resolve();
    try {
      while (this.waiting.length > 0) {
        const lines = this.waiting;
        this.waiting = [];
        try {
          await this.file.appendFile(lines.join(''));
          await this.file.datasync();
        } catch (error) {
          this.waiting = [...lines, ...this.waiting];
          throw error;
        }
      }
    } catch (error) {
      this.logger.error('call records are not on the disk yet', { waiting: this.waiting.length, error });
    } finally {
      this.writing = null;
    }
  }

  private async readBack(): Promise<void> {
    const { size } = await this.file.stat();
    const start = Math.max(0, size - readBack);
    const buffer = Buffer.alloc(size - start);
    await this.file.read(buffer, 0, buffer.length, start);
    const text = buffer.toString('utf8');
    const lines = text.split('\n').slice(start > 0 ? 1 : 0);
    const unreadable = lines.filter((line) => line.trim() !== '' && !this.readLine(line)).length;
    if (unreadable > 0) this.logger.warn('unreadable call records were skipped', { unreadable });
    // A line that a power cut left half written must not swallow the next one.
    if (text.length > 0 && !text.endsWith('\n')) await this.file.appendFile('\n');
  }

  private readLine(line: string): boolean {
    try {
      const record = shape.safeParse(JSON.parse(line));
      if (record.success) this.memory.append(record.data as unknown as CallRecord);
      return record.success;
    } catch (error) {
      if (error instanceof SyntaxError) return false;
      throw error;
    }
  }
}
