import { Worker } from 'node:worker_threads';
import { OffhookError } from '#contract/errors.ts';
import type { Clock, Disposable } from '#core/foundation/index.ts';
import type { WritePace } from '#core/storage/index.ts';
import type { DirectoryWork, RunningWork, WorkTold } from './directory-work.ts';
import type {
  DirectoryJobName,
  DirectoryJobs,
  DirectoryWorkerData,
  DirectoryWorkerReply,
  DirectoryWorkerRequest,
} from './directory-worker-protocol.ts';

export interface WorkerDirectoryWorkOptions {
  /** Path of the agent's database. */
  database: string;
  /** Where the worker's program lies: `directory-worker.ts`, or the bundle made of it. */
  workerEntry: URL;
  clock: Clock;
  /** Of all threads that write; when left out nobody has to be waited for. */
  pace?: WritePace;
  /** What a source may need at most, 512 when left out: what needs more is too large for an office's address book. */
  mostHeapMegabytes?: number;
}

const usualHeapMegabytes = 512;
const lookMilliseconds = 200;
/**
 * A thread that comes to this limit at once takes the whole process with it, whatever Node promises: its own way out
 * needs memory too. It is far enough off for the thread to be ended before.
 */
const limitMegabytes = 2048;
const obeyMilliseconds = 2000;
/** A disk or a share that does not answer keeps even a thread that was ended; it does nothing of its own any more. */
const leaveMilliseconds = 2000;

function tooLarge(cause?: unknown): OffhookError {
  return new OffhookError('directory.too-large', { detail: 'more memory is needed than a source may have', cause });
}

/** What a thread died of. */
function fatal(error: unknown): OffhookError {
  if ((error as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY') return tooLarge(error);
  const detail = error instanceof Error ? error.message : String(error);
  return new OffhookError('internal.bug', { detail: detail.slice(0, 300), cause: error });
}

/** Each work in a worker thread of its own that opens the database by itself. */
export class WorkerDirectoryWork implements DirectoryWork {
  private readonly options: WorkerDirectoryWorkOptions;

  constructor(options: WorkerDirectoryWorkOptions) {
    this.options = options;
  }

  begin<N extends DirectoryJobName>(
    kind: N,
    request: DirectoryJobs[N]['request'],
    told: WorkTold = {},
  ): RunningWork<N> {
    return new WorkerRun<N>(this.options, { kind, request } as DirectoryWorkerRequest, told);
  }
}

class WorkerRun<N extends DirectoryJobName> implements RunningWork<N> {
  readonly finished: Promise<DirectoryJobs[N]['result']>;
  private readonly worker: Worker;
  private readonly clock: Clock;
  private readonly mostBytes: number;
  private deadline: Disposable | null = null;
  private cancelled = false;
  private overfull = false;
  private gone = false;
  private readonly left = Promise.withResolvers<void>();

  constructor(
    { database, workerEntry, clock, pace, mostHeapMegabytes = usualHeapMegabytes }: WorkerDirectoryWorkOptions,
    request: DirectoryWorkerRequest,
    told: WorkTold,
  ) {
    this.clock = clock;
    this.mostBytes = mostHeapMegabytes * 1024 * 1024;
    const workerData: DirectoryWorkerData = { database, pace: pace?.shared };
    const resourceLimits = { maxOldGenerationSizeMb: limitMegabytes };
    const worker = new Worker(workerEntry, { workerData, resourceLimits, execArgv: [], name: 'directory' });
    this.worker = worker;
    const watch = clock.every(lookMilliseconds, () => void this.look());
    this.finished = this.follow(told).finally(() => {
      this.gone = true;
      watch.dispose();
      this.deadline?.dispose();
    });
    worker.postMessage(request);
  }

  cancel(): void {
    if (this.gone || this.cancelled) return;
    this.cancelled = true;
    this.worker.postMessage({ kind: 'abort' } satisfies DirectoryWorkerRequest);
    this.deadline = this.clock.after(obeyMilliseconds, () => this.end());
  }

  private end(): void {
    if (this.gone) return;
    this.deadline?.dispose();
    this.deadline = this.clock.after(leaveMilliseconds, () => {
      this.worker.unref();
      this.left.resolve();
    });
    void this.worker.terminate();
  }

  /** Settles when the thread has ended, or was ended and does not leave: then nothing writes any more. */
  private follow(told: WorkTold): Promise<DirectoryJobs[N]['result']> {
    const { worker } = this;
    let end: (() => DirectoryJobs[N]['result']) | null = null;
    const fail = (error: OffhookError) => () => {
      throw error;
    };
    worker.on('message', (reply: DirectoryWorkerReply) => {
      if ('progress' in reply) told.progress?.(reply.progress);
      else if ('secret' in reply) told.secret?.(reply.secret);
      else {
        end =
          'error' in reply
            ? fail(OffhookError.fromReport(reply.error))
            : () => reply.result as DirectoryJobs[N]['result'];
        // A source may have left a socket open, which would keep the thread.
        this.end();
      }
    });
    worker.once('error', (error) => (end ??= fail(fatal(error))));
    worker.once('exit', () => this.left.resolve());
    return this.left.promise.then(() => {
      if (end) return end();
      if (this.overfull) throw tooLarge();
      throw this.cancelled ? new OffhookError('directory.cancelled') : fatal('the directory worker ended');
    });
  }

  private async look(): Promise<void> {
    // Where the thread has ended meanwhile there is nothing to be measured.
    const heap = await this.worker.getHeapStatistics().catch(() => null);
    if (!heap || heap.used_heap_size <= this.mostBytes) return;
    this.overfull = true;
    this.end();
  }
}
