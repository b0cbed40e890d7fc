import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { OffhookError } from '#contract/errors.ts';
import { makeDirectory } from '#core/foundation/index.ts';
import { toExportError } from './export-error.ts';
import type { ExportCount, ExportFile, ExportFiles, ExportOrder } from './export-files.ts';
import type { ExportReply, ExportWorkerData } from './export-protocol.ts';

export interface WorkerExportFilesOptions {
  /** Path of the agent's database. */
  database: string;
  /** Holds nothing but these files. */
  directory: string;
  /** Where the worker's program lies: `export-worker.ts`, or the bundle made of it. */
  workerEntry: URL;
  newId: () => string;
}

/** Files on the disk, each written by a worker thread of its own that reads the database by itself. */
export class WorkerExportFiles implements ExportFiles {
  private readonly options: WorkerExportFilesOptions;

  constructor(options: WorkerExportFilesOptions) {
    this.options = options;
  }

  begin(order: ExportOrder, onCount: (count: ExportCount) => void): ExportFile {
    const { database, directory, workerEntry, newId } = this.options;
    try {
      makeDirectory(directory);
    } catch (error) {
      throw toExportError(error);
    }
    const file = path.join(directory, `${newId()}.${order.format}`);
    return new WorkerExportFile({ database, file, order }, workerEntry, onCount);
  }

  async clear(): Promise<void> {
    const { directory } = this.options;
    const left = await readdir(directory).catch(() => []);
    await Promise.all(left.map((name) => rm(path.join(directory, name), { force: true })));
  }
}

class WorkerExportFile implements ExportFile {
  readonly finished: Promise<number>;
  private readonly file: string;
  private readonly worker: Worker;

  constructor(workerData: ExportWorkerData, workerEntry: URL, onCount: (count: ExportCount) => void) {
    this.file = workerData.file;
    const worker = new Worker(workerEntry, { workerData, execArgv: [], name: 'export' });
    this.worker = worker;
    this.finished = new Promise((resolve, reject) => {
      worker.on('message', (reply: ExportReply) => {
        if ('count' in reply) onCount(reply.count);
        else if ('bytes' in reply) resolve(reply.bytes);
        else reject(OffhookError.fromReport(reply.error));
      });
      worker.once('error', (error) => reject(toExportError(error)));
      worker.once('exit', () => reject(toExportError(new Error('the export worker ended'))));
    });
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    try {
      const handle = await open(this.file, 'r');
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw toExportError(error);
    }
  }

  async discard(): Promise<void> {
    await this.worker.terminate();
    // What cannot be removed now is removed at the next start.
    await rm(this.file, { force: true }).catch(() => undefined);
  }
}
