import { Worker } from 'node:worker_threads';
import { OffhookError } from '#contract/errors.ts';
import type { WritePace } from '#core/storage/index.ts';
import type { PeopleImage } from '../matching/people-image.ts';
import type { BuildingMode, PeopleBuilder } from './people-builder.ts';
import type { PeopleWorkerData, PeopleWorkerReply, PeopleWorkerRequest } from './people-worker-protocol.ts';

export interface WorkerPeopleBuilderOptions {
  /** Path of the agent's database. */
  database: string;
  /** Where the worker's program lies: `people-worker.ts`, or the bundle made of it. */
  workerEntry: URL;
  openImage: (buffer: SharedArrayBuffer) => PeopleImage;
  /** Of all threads that write; when left out nobody has to be waited for. */
  pace?: WritePace;
}

/** Fewer and larger sweeps of what is short-lived, which nearly all of it is. In MB. */
const youngGeneration = 32;

/** Each image is made in a thread that ends afterwards, with all the memory that it took. */
export class WorkerPeopleBuilder implements PeopleBuilder {
  private readonly options: WorkerPeopleBuilderOptions;
  private version = 0;
  private worker: Worker | null = null;

  constructor(options: WorkerPeopleBuilderOptions) {
    this.options = options;
  }

  async build(mode: BuildingMode, onImage: (image: PeopleImage) => void): Promise<number> {
    const { database, workerEntry, openImage, pace } = this.options;
    const workerData: PeopleWorkerData = { database, pace: pace?.shared, mode, version: (this.version += 1) };
    const resourceLimits = { maxYoungGenerationSizeMb: youngGeneration };
    const worker = new Worker(workerEntry, { workerData, execArgv: [], name: 'people', resourceLimits });
    this.worker = worker;
    try {
      return await this.follow(worker, (buffer) => onImage(openImage(buffer)));
    } finally {
      if (this.worker === worker) this.worker = null;
    }
  }

  cut(): void {
    this.worker?.postMessage('cut' satisfies PeopleWorkerRequest);
  }

  async stop(): Promise<void> {
    await this.worker?.terminate();
  }

  /** Resolves when the thread is gone, so that there is never a second one. */
  private follow(worker: Worker, onImage: (buffer: SharedArrayBuffer) => void): Promise<number> {
    return new Promise((resolve, reject) => {
      let outcome: number | OffhookError = new OffhookError('storage.failed', { detail: 'the people worker ended' });
      worker.on('message', (reply: PeopleWorkerReply) => {
        if ('image' in reply) onImage(reply.image);
        else outcome = 'error' in reply ? OffhookError.fromReport(reply.error) : reply.written;
      });
      worker.once('error', (error) => {
        outcome = new OffhookError('storage.failed', {
          detail: error instanceof Error ? error.message : String(error),
        });
      });
      worker.once('exit', () => (typeof outcome === 'number' ? resolve(outcome) : reject(outcome)));
    });
  }
}
