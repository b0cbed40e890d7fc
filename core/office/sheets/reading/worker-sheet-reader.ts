import { Worker } from 'node:worker_threads';
import { OffhookError } from '#contract/errors.ts';
import { Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { RowMark, SheetReader, TableNews } from './sheet-reader.ts';
import type {
  AnswerOf,
  AskedOf,
  SheetQuestionName,
  SheetWorkerReply,
  SheetWorkerRequest,
} from './sheet-worker-protocol.ts';

export interface WorkerSheetReaderOptions {
  /** Where the worker's program lies: `sheet-worker.ts`, or the bundle made of it. */
  workerEntry: URL;
  clock: Clock;
  marksOf: (sheetId: string) => Promise<RowMark[]>;
  /** ms without a question after which the thread is ended, and its memory given back; five minutes when left out. */
  idleMilliseconds?: number;
}

interface Question {
  resolve: (answer: never) => void;
  reject: (error: OffhookError) => void;
}

const usualIdle = 5 * 60_000;
/** A share that does not answer may keep a reading for ever: whoever asked is told. */
const longestMilliseconds = 60_000;

/** Reads sheets in a worker thread, which is started with the first question and ended when nobody asks any more. */
export class WorkerSheetReader implements SheetReader {
  private readonly options: WorkerSheetReaderOptions;
  private readonly read = new Emitter<TableNews>();
  private readonly asked = new Map<number, Question>();
  private worker: Worker | null = null;
  private idle: Disposable | null = null;
  private lastId = 0;
  private closed = false;

  readonly onRead = this.read.event;

  constructor(options: WorkerSheetReaderOptions) {
    this.options = options;
  }

  page = (asked: AskedOf<'page'>) => this.ask('page', asked);
  rows = (asked: AskedOf<'rows'>) => this.ask('rows', asked);
  find = (asked: AskedOf<'find'>) => this.ask('find', asked);
  next = (asked: AskedOf<'next'>) => this.ask('next', asked);
  headings = (asked: AskedOf<'headings'>) => this.ask('headings', asked);

  written(sheetId: string, rows: Parameters<SheetReader['written']>[1]): void {
    this.send({ kind: 'written', sheetId, rows });
  }

  mark(sheetId: string, marks: readonly RowMark[]): void {
    this.send({ kind: 'mark', sheetId, marks });
  }

  lookAgain(sheetId: string): void {
    this.send({ kind: 'lookAgain', sheetId });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.end();
  }

  private ask<N extends SheetQuestionName>(name: N, asked: AskedOf<N>): Promise<AnswerOf<N>> {
    if (this.closed) return Promise.reject(failure('the reader of sheets is closed'));
    this.worker ??= this.start();
    const id = ++this.lastId;
    const patience = this.options.clock.after(longestMilliseconds, () => {
      this.asked.get(id)?.reject(tooSlow(asked.place.file));
      // It does nothing but wait any more.
      void this.end();
    });
    const answered = new Promise<AnswerOf<N>>((resolve, reject) => this.asked.set(id, { resolve, reject }));
    this.send({ kind: 'ask', id, name, asked } as SheetWorkerRequest);
    this.rest();
    return answered.finally(() => {
      patience.dispose();
      this.asked.delete(id);
    });
  }

  private start(): Worker {
    const worker = new Worker(this.options.workerEntry, { execArgv: [], name: 'sheets' });
    let cause = 'the worker of sheets ended';
    worker.on('message', (reply: SheetWorkerReply) => this.receive(reply));
    worker.on('error', (error) => (cause = String(error)));
    worker.on('exit', () => this.left(worker, cause));
    return worker;
  }

  private receive(reply: SheetWorkerReply): void {
    if (reply.kind === 'answer') this.asked.get(reply.id)?.resolve(reply.answer as never);
    else if (reply.kind === 'failure') this.asked.get(reply.id)?.reject(OffhookError.fromReport(reply.error));
    else if (reply.kind === 'read') this.read.fire(reply.news);
    else void this.giveMarks(reply.sheetId);
  }

  /** Without them rows are shown all the same; those called here and not written yet come again. */
  private async giveMarks(sheetId: string): Promise<void> {
    const marks = await this.options.marksOf(sheetId).catch(() => []);
    this.send({ kind: 'marks', sheetId, marks });
  }

  private rest(): void {
    this.idle?.dispose();
    this.idle = this.options.clock.after(this.options.idleMilliseconds ?? usualIdle, () => {
      if (this.asked.size > 0) this.rest();
      else void this.end();
    });
  }

  private send(request: SheetWorkerRequest): void {
    this.worker?.postMessage(request);
  }

  private async end(): Promise<void> {
    this.idle?.dispose();
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }

  private left(worker: Worker, cause: string): void {
    if (this.worker !== null && this.worker !== worker) return;
    this.worker = null;
    this.idle?.dispose();
    for (const { reject } of this.asked.values()) reject(failure(cause));
    this.asked.clear();
  }
}

function tooSlow(file: string): OffhookError {
  return new OffhookError('directory.timed-out', { values: { host: file }, detail: 'the sheet is not read in time' });
}

function failure(detail: string): OffhookError {
  return new OffhookError('internal.bug', { detail });
}
