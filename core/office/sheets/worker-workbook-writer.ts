import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { OffhookError } from '#contract/errors.ts';
import type { Clock, Disposable } from '#core/foundation/index.ts';
import { KeptVersions } from './patching/files/kept-versions.ts';
import type {
  LastWrite,
  WorkbookWorkerData,
  WorkbookWorkerReply,
  WorkbookWorkerRequest,
  WritingAnswer,
  WritingArguments,
  WritingName,
} from './workbook-worker-protocol.ts';
import type { LinkChange, RowChange, WorkbookTarget, WorkbookWriter } from './workbook-writer.ts';

export interface WorkerWorkbookWriterOptions {
  /** Where the worker's program lies: `sheet-worker.ts`, or the bundle made of it. */
  workerEntry: URL;
  keptFolder: string;
  helper: readonly string[] | null;
  clock: Clock;
  /** ms without work after which the thread is ended; a minute when left out. */
  idleMilliseconds?: number;
}

interface Asked {
  file: string;
  resolve: (answer: never) => void;
  reject: (error: OffhookError) => void;
}

const usualIdle = 60_000;
/** A share that does not answer, or an Excel that does not: whoever asked tries again later. */
const longestMilliseconds = 3 * 60_000;

/** Writes in a worker thread, which is started with the first wish and ended when there is none. */
export class WorkerWorkbookWriter implements WorkbookWriter {
  private readonly options: WorkerWorkbookWriterOptions;
  private readonly asked = new Map<number, Asked>();
  private readonly last = new Map<string, LastWrite>();
  private kept: KeptVersions | null = null;
  private worker: Worker | null = null;
  private idle: Disposable | null = null;
  private lastId = 0;

  constructor(options: WorkerWorkbookWriterOptions) {
    this.options = options;
  }

  look = (file: string) => this.ask('look', [file]);
  isOpenHere = (file: string) => (this.options.helper ? this.ask('isOpenHere', [file]) : Promise.resolve(false));
  write = (target: WorkbookTarget, changes: readonly RowChange[]) => this.ask('write', [target, changes]);
  setLinks = (target: WorkbookTarget, change: LinkChange) => this.ask('setLinks', [target, change]);
  undo = (file: string) => this.ask('undo', [file]);

  lastWrite(file: string): LastWrite {
    const known = this.last.get(file);
    if (known !== undefined) return known;
    // What an earlier run left; from here on the thread tells.
    this.kept ??= new KeptVersions(this.options.keptFolder);
    const version = this.kept.last(path.resolve(file));
    const found = version && { at: version.at, canUndo: true };
    this.last.set(file, found);
    return found;
  }

  /** Ends the thread; what it is in the middle of leaves the old file or the new one. */
  async close(): Promise<void> {
    this.idle?.dispose();
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }

  private ask<N extends WritingName>(name: N, args: WritingArguments<N>): Promise<WritingAnswer<N>> {
    const worker = (this.worker ??= this.start());
    const id = ++this.lastId;
    const [target] = args;
    const file = typeof target === 'string' ? target : target.file;
    const answered = new Promise<WritingAnswer<N>>((resolve, reject) => this.asked.set(id, { file, resolve, reject }));
    const patience = this.options.clock.after(longestMilliseconds, () => {
      this.asked.get(id)?.reject(failure(file, 'nothing was heard of it for minutes'));
      void worker.terminate();
    });
    worker.postMessage({ id, name, args } as WorkbookWorkerRequest);
    this.rest();
    return answered.finally(() => {
      patience.dispose();
      this.asked.delete(id);
    });
  }

  private start(): Worker {
    const { workerEntry, keptFolder, helper } = this.options;
    const workerData: WorkbookWorkerData = { role: 'writer', keptFolder, helper };
    const worker = new Worker(workerEntry, {
      workerData,
      execArgv: [],
      name: 'workbooks',
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    let cause = 'the thread that writes ended';
    worker.on('message', (reply: WorkbookWorkerReply) => this.receive(reply));
    worker.on('error', (error) => (cause = String(error)));
    worker.on('exit', () => this.left(worker, cause));
    return worker;
  }

  private receive(reply: WorkbookWorkerReply): void {
    const asked = this.asked.get(reply.id);
    if ('error' in reply) return asked?.reject(OffhookError.fromReport(reply.error));
    this.last.set(reply.file, reply.last);
    asked?.resolve(reply.answer as never);
  }

  private rest(): void {
    this.idle?.dispose();
    this.idle = this.options.clock.after(this.options.idleMilliseconds ?? usualIdle, () => {
      if (this.asked.size > 0) this.rest();
      else void this.close();
    });
  }

  private left(worker: Worker, cause: string): void {
    if (this.worker !== null && this.worker !== worker) return;
    this.worker = null;
    this.idle?.dispose();
    for (const { file, reject } of this.asked.values()) reject(failure(file, cause));
    this.asked.clear();
  }
}

function failure(file: string, detail: string): OffhookError {
  return new OffhookError('sheet.failed', { values: { file: path.basename(file) }, detail });
}
