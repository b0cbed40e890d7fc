import { Worker } from 'node:worker_threads';
import { OffhookError } from '#contract/errors.ts';
import type { Clock, Disposable } from '#core/foundation/index.ts';
import type { FoundPeople, PeopleQuery, PeopleSearch } from './people-search.ts';
import type { SearchReply, SearchRequest } from './search-protocol.ts';

export interface WorkerPeopleSearchOptions {
  /** Where the worker's program lies: `search-worker.ts`, or the bundle made of it. */
  workerEntry: URL;
  clock: Clock;
}

interface Question {
  query: PeopleQuery;
  attempts: number;
  resolve: (found: FoundPeople) => void;
  reject: (error: OffhookError) => void;
}

// Looking through half a million people for the first time takes some seconds.
const longestMilliseconds = 30_000;
const mostAttempts = 2;
const mostWaiting = 200;

/**
 * Searches in a worker thread, which is started with the first question and started again when it dies. One question is
 * with the worker at a time; of those that wait the newest is next, since somebody is still typing.
 */
export class WorkerPeopleSearch implements PeopleSearch {
  private readonly options: WorkerPeopleSearchOptions;
  private image: SharedArrayBuffer | null = null;
  private worker: Worker | null = null;
  private asked: Question | null = null;
  private waiting: Question[] = [];
  private timeout: Disposable | null = null;
  private closing: Promise<void> | null = null;

  constructor(options: WorkerPeopleSearchOptions) {
    this.options = options;
  }

  /** The image that is searched from now on. */
  setImage(image: SharedArrayBuffer): void {
    this.image = image;
    this.send({ kind: 'image', image });
  }

  /** Nobody is found while there is no image. */
  find(query: PeopleQuery): Promise<FoundPeople> {
    if (this.closing) return Promise.reject(failure('the search is closed'));
    if (!this.image) return Promise.resolve({ version: 0, total: 0, places: [] });
    return new Promise((resolve, reject) => {
      this.waiting.push({ query, attempts: 0, resolve, reject });
      if (this.waiting.length > mostWaiting) this.waiting.shift()!.reject(failure('the search does not keep up'));
      this.next();
    });
  }

  /** What still waits is rejected. */
  close(): Promise<void> {
    this.closing ??= this.closeNow();
    return this.closing;
  }

  private async closeNow(): Promise<void> {
    const left = [...(this.asked ? [this.asked] : []), ...this.waiting];
    this.timeout?.dispose();
    this.asked = null;
    this.waiting = [];
    for (const { reject } of left) reject(failure('the search is closed'));
    await this.worker?.terminate();
  }

  private next(): void {
    if (this.asked) return;
    const question = this.waiting.pop();
    if (!question) return;
    this.worker ??= this.start();
    this.asked = question;
    question.attempts += 1;
    this.send({ kind: 'find', query: question.query });
    const { worker } = this;
    this.timeout = this.options.clock.after(longestMilliseconds, () => {
      // It would hang another time.
      question.attempts = mostAttempts;
      void worker.terminate();
    });
  }

  private start(): Worker {
    const worker = new Worker(this.options.workerEntry, { execArgv: [], name: 'search' });
    let cause = 'the search worker ended';
    worker.on('message', (reply: SearchReply) => this.receive(reply));
    worker.on('error', (error) => (cause = String(error)));
    worker.on('exit', () => this.died(cause));
    if (this.image) worker.postMessage({ kind: 'image', image: this.image } satisfies SearchRequest);
    return worker;
  }

  private send(request: SearchRequest): void {
    this.worker?.postMessage(request);
  }

  private receive(reply: SearchReply): void {
    const question = this.settle();
    if ('found' in reply) question?.resolve(reply.found);
    else question?.reject(OffhookError.fromReport(reply.error));
    this.next();
  }

  private died(cause: string): void {
    this.worker = null;
    const question = this.settle();
    if (question && question.attempts < mostAttempts) this.waiting.push(question);
    else question?.reject(failure(cause));
    if (!this.closing) this.next();
  }

  private settle(): Question | null {
    const question = this.asked;
    this.asked = null;
    this.timeout?.dispose();
    this.timeout = null;
    return question;
  }
}

function failure(detail: string): OffhookError {
  return new OffhookError('internal.bug', { detail });
}
