import { Worker } from 'node:worker_threads';
import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import { Emitter, type Clock } from '#core/foundation/index.ts';
import type { Database, SchemaPart, SqlValue, Statement, StatementResult } from './database.ts';
import type { StorageReply, StorageRequest, StorageWorkerData } from './storage-protocol.ts';

export interface WorkerDatabaseOptions {
  /** Path of the SQLite file. */
  file: string;
  parts: readonly SchemaPart[];
  /** Where the storage worker's program lies: `storage-worker.ts`, or the bundle made of it. */
  workerEntry: URL;
  clock: Clock;
}

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: OffhookError) => void;
}

type Ask = StorageRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

const restartMilliseconds = 1000;
// Far more than a busy phone asks in a minute; beyond it the disk hangs, and memory must not follow.
const maximumWaiting = 20_000;

/** `Database` by a worker thread of its own. A worker that dies is started again with the next request. */
export class WorkerDatabase implements Database {
  private readonly options: WorkerDatabaseOptions;
  private readonly waiting = new Map<number, Waiting>();
  private readonly problemEmitter = new Emitter<ErrorReport | null>();
  private worker: Worker | null;
  private diedAt = -Infinity;
  private nextId = 1;
  private closing: Promise<void> | null = null;
  private current: ErrorReport | null = null;

  readonly onProblem = this.problemEmitter.event;

  constructor(options: WorkerDatabaseOptions) {
    this.options = options;
    this.worker = this.start();
  }

  get problem(): ErrorReport | null {
    return this.current;
  }

  async execute(sql: string, values: readonly SqlValue[] = []): Promise<StatementResult> {
    const [result] = await this.transaction([{ sql, values }]);
    return result!;
  }

  query<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.ask({ kind: 'query', sql, values }) as Promise<Row[]>;
  }

  async transaction(statements: readonly Statement[]): Promise<StatementResult[]> {
    if (statements.length === 0) return [];
    return (await this.ask({ kind: 'transaction', statements })) as StatementResult[];
  }

  close(): Promise<void> {
    this.closing ??= this.closeNow();
    return this.closing;
  }

  private async closeNow(): Promise<void> {
    const worker = this.worker;
    if (!worker) return;
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.send(worker, { kind: 'close' }).catch((error: OffhookError) => this.setProblem(error));
    await gone;
  }

  private ask(request: Ask): Promise<unknown> {
    const { clock } = this.options;
    if (this.closing) return Promise.reject(new OffhookError('storage.failed', { detail: 'the database is closed' }));
    if (!this.worker && clock.monotonic() - this.diedAt >= restartMilliseconds) this.worker = this.start();
    if (!this.worker) return Promise.reject(new OffhookError('storage.failed', { detail: 'the storage worker died' }));
    if (this.waiting.size >= maximumWaiting)
      return Promise.reject(new OffhookError('storage.failed', { detail: 'the disk does not keep up' }));
    return this.send(this.worker, request);
  }

  private send(worker: Worker, request: Ask): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ ...request, id });
    });
  }

  private start(): Worker {
    const { file, parts, workerEntry } = this.options;
    const workerData: StorageWorkerData = { file, parts };
    const worker = new Worker(workerEntry, { workerData, name: 'storage' });
    let cause: unknown;
    worker.on('message', (reply: StorageReply) => this.receive(reply));
    worker.on('error', (error) => (cause = error));
    worker.on('exit', () => this.died(worker, cause));
    return worker;
  }

  private receive(reply: StorageReply): void {
    if ('problem' in reply) return this.setProblem(reply.problem);
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(OffhookError.fromReport(reply.error));
    else waiting?.resolve(reply.result);
  }

  private died(worker: Worker, cause: unknown): void {
    if (this.worker !== worker) return;
    this.worker = null;
    this.diedAt = this.options.clock.monotonic();
    const detail = cause instanceof Error ? cause.message : 'the storage worker ended';
    const error = new OffhookError('storage.failed', { values: { file: this.options.file }, detail, cause });
    if (!this.closing) this.setProblem({ code: error.code, values: error.values, detail });
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  private setProblem(problem: ErrorReport | null): void {
    if (JSON.stringify(problem) === JSON.stringify(this.current)) return;
    this.current = problem;
    this.problemEmitter.fire(problem);
  }
}
