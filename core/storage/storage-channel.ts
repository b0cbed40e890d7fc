import { Worker } from 'node:worker_threads';
import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { StorageReply, StorageRequest, StorageWorkerData } from './storage-protocol.ts';

interface Waiting {
  resolve: (result: unknown) => void;
  reject: (error: OffhookError) => void;
  onProgress?: (progress: unknown) => void;
}

export type StorageAsk = StorageRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

export interface StorageChannelOptions {
  workerEntry: URL;
  workerData: StorageWorkerData;
  clock: Clock;
  /** The worker's word of what keeps the file from being used; null when all is well. */
  onProblem: (problem: ErrorReport | null) => void;
  /** A new file took the place of the one that was open. */
  onReplaced?: () => void;
}

const restartMilliseconds = 1000;
// Far more than a busy phone asks in a minute; beyond it the disk hangs, and memory must not follow.
const maximumWaiting = 20_000;

/** Requests to one storage worker and its answers, in order. A worker that dies is started again with the next request. */
export class StorageChannel {
  private readonly options: StorageChannelOptions;
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | null;
  private diedAt = -Infinity;
  private nextId = 1;
  private closing: Promise<void> | null = null;

  constructor(options: StorageChannelOptions) {
    this.options = options;
    this.worker = this.start();
  }

  ask(request: StorageAsk, onProgress?: (progress: unknown) => void): Promise<unknown> {
    const { clock } = this.options;
    if (this.closing) return Promise.reject(new OffhookError('storage.failed', { detail: 'the database is closed' }));
    if (!this.worker && clock.monotonic() - this.diedAt >= restartMilliseconds) this.worker = this.start();
    if (!this.worker) return Promise.reject(new OffhookError('storage.failed', { detail: 'the storage worker died' }));
    if (this.waiting.size >= maximumWaiting)
      return Promise.reject(new OffhookError('storage.failed', { detail: 'the disk does not keep up' }));
    return this.send(this.worker, request, onProgress);
  }

  /** Leaves what is under way undone. */
  async kill(): Promise<void> {
    this.closing ??= Promise.resolve();
    await this.worker?.terminate();
  }

  /** Finishes what was asked for, then lets go of the file. */
  close(): Promise<void> {
    this.closing ??= this.closeNow();
    return this.closing;
  }

  private async closeNow(): Promise<void> {
    const worker = this.worker;
    if (!worker) return;
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.send(worker, { kind: 'close' }).catch((error: OffhookError) => this.options.onProblem(error));
    await gone;
  }

  private send(worker: Worker, request: StorageAsk, onProgress?: (progress: unknown) => void): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, onProgress });
      worker.postMessage({ ...request, id });
    });
  }

  private start(): Worker {
    const { workerEntry, workerData } = this.options;
    const worker = new Worker(workerEntry, { workerData, name: workerData.readOnly ? 'storage-reader' : 'storage' });
    let cause: unknown;
    worker.on('message', (reply: StorageReply) => this.receive(reply));
    worker.on('error', (error) => (cause = error));
    worker.on('exit', () => this.died(worker, cause));
    return worker;
  }

  private receive(reply: StorageReply): void {
    if ('problem' in reply) return this.options.onProblem(reply.problem);
    if ('replaced' in reply) return this.options.onReplaced?.();
    const waiting = this.waiting.get(reply.id);
    if ('progress' in reply) return waiting?.onProgress?.(reply.progress);
    this.waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(OffhookError.fromReport(reply.error));
    else waiting?.resolve(reply.result);
  }

  private died(worker: Worker, cause: unknown): void {
    if (this.worker !== worker) return;
    this.worker = null;
    this.diedAt = this.options.clock.monotonic();
    const detail = cause instanceof Error ? cause.message : 'the storage worker ended';
    const { file } = this.options.workerData;
    const error = new OffhookError('storage.failed', { values: { file }, detail, cause });
    if (!this.closing) this.options.onProblem({ code: error.code, values: error.values, detail });
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
