import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import { Emitter, type Clock } from '#core/foundation/index.ts';
import type { Database, SchemaPart, SqlValue, Statement, StatementResult } from './database.ts';
import { StorageChannel } from './storage-channel.ts';
import type { StorageJobName, StorageJobs } from './storage-jobs.ts';

export interface WorkerDatabaseOptions {
  /** Path of the SQLite file. */
  file: string;
  parts: readonly SchemaPart[];
  /** Where the storage worker's program lies: `storage-worker.ts`, or the bundle made of it. */
  workerEntry: URL;
  clock: Clock;
}

/** `Database` by worker threads: one writes, one answers long questions beside it, and each long work has its own. */
export class WorkerDatabase implements Database {
  private readonly options: WorkerDatabaseOptions;
  private readonly problemEmitter = new Emitter<ErrorReport | null>();
  private readonly writer: StorageChannel;
  private reader: StorageChannel | null = null;
  private readonly retiring = new Set<Promise<void>>();
  private readonly labour = new Set<StorageChannel>();
  private closing: Promise<void> | null = null;
  private current: ErrorReport | null = null;

  readonly onProblem = this.problemEmitter.event;

  constructor(options: WorkerDatabaseOptions) {
    this.options = options;
    this.writer = new StorageChannel({
      workerEntry: options.workerEntry,
      workerData: { file: options.file, parts: options.parts, readOnly: false },
      clock: options.clock,
      onProblem: (problem) => this.setProblem(problem),
      onReplaced: () => this.retireReader(),
    });
  }

  get problem(): ErrorReport | null {
    return this.current;
  }

  async execute(sql: string, values: readonly SqlValue[] = []): Promise<StatementResult> {
    const [result] = await this.transaction([{ sql, values }]);
    return result!;
  }

  query<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.writer.ask({ kind: 'query', sql, values }) as Promise<Row[]>;
  }

  async read<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    if (this.closing) return this.query(sql, values);
    this.reader ??= this.startReader();
    try {
      return (await this.reader.ask({ kind: 'query', sql, values })) as Row[];
    } catch {
      // Whatever is wrong, the writer meets it too, and knows how to mend the file or what to say of it.
      this.retireReader();
      return this.query(sql, values);
    }
  }

  async transaction(statements: readonly Statement[]): Promise<StatementResult[]> {
    if (statements.length === 0) return [];
    return (await this.writer.ask({ kind: 'transaction', statements })) as StatementResult[];
  }

  async work<N extends StorageJobName>(
    name: N,
    request: StorageJobs[N]['request'],
    onProgress: (progress: StorageJobs[N]['progress']) => void = () => {},
  ): Promise<StorageJobs[N]['result']> {
    if (this.closing) throw new OffhookError('storage.failed', { detail: 'the database is closed' });
    const channel = this.startReader();
    this.labour.add(channel);
    try {
      const heard = (progress: unknown) => onProgress(progress as StorageJobs[N]['progress']);
      return (await channel.ask({ kind: 'job', name, request }, heard)) as StorageJobs[N]['result'];
    } finally {
      this.labour.delete(channel);
      this.retire(channel.close());
    }
  }

  async replaceWith(file: string): Promise<void> {
    // On Windows a file that anybody has open cannot be moved.
    this.retireReader();
    await Promise.all(this.retiring);
    await this.writer.ask({ kind: 'replaceWith', file });
  }

  async condemn(detail: string): Promise<void> {
    this.retireReader();
    await this.writer.ask({ kind: 'condemn', detail });
  }

  close(): Promise<void> {
    this.closing ??= this.closeNow();
    return this.closing;
  }

  private async closeNow(): Promise<void> {
    this.retireReader();
    const killed = [...this.labour].map((channel) => channel.kill());
    await Promise.all([this.writer.close(), ...killed, ...this.retiring]);
  }

  private startReader(): StorageChannel {
    const { file, parts, workerEntry, clock } = this.options;
    return new StorageChannel({ workerEntry, workerData: { file, parts, readOnly: true }, clock, onProblem: () => {} });
  }

  /** A reader that began on another file, or failed, is not asked again; the next one begins anew. */
  private retireReader(): void {
    const retired = this.reader?.close();
    this.reader = null;
    if (retired) this.retire(retired);
  }

  private retire(retired: Promise<void>): void {
    this.retiring.add(retired);
    void retired.finally(() => this.retiring.delete(retired));
  }

  private setProblem(problem: ErrorReport | null): void {
    if (JSON.stringify(problem) === JSON.stringify(this.current)) return;
    this.current = problem;
    this.problemEmitter.fire(problem);
  }
}
