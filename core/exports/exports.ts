import { OffhookError, toReport } from '#contract/errors.ts';
import {
  exportChunkBytes,
  type CallFilter,
  type ExportProgress,
  type ExportRequest,
  type LoggedCall,
  type PeopleExportRequest,
} from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Logger } from '#core/foundation/index.ts';
import type { ExportFile, ExportFiles, ExportOrder } from './export-files.ts';
import { fileName } from './file-name.ts';

const mostAtOnce = 2;
/** ms between two words of progress. */
const progressInterval = 250;

interface OwnedExport {
  /** Whoever asked for it, e.g. a window; it ends with them. */
  owner: object;
  file: ExportFile;
  progress: ExportProgress;
  toldAt: number;
}

export interface ExportsOptions {
  files: ExportFiles;
  /** Calls that are shown, but wait for the disk. */
  waiting: (filter: CallFilter) => LoggedCall[];
  clock: Clock;
  logger: Logger;
  newId: () => string;
}

/** The files of calls and people that are being written or wait to be fetched, each by its id. */
export class Exports {
  private readonly options: ExportsOptions;
  private readonly owned = new Map<string, OwnedExport>();
  private readonly progressed = new Emitter<ExportProgress>();

  readonly onProgress = this.progressed.event;

  constructor(options: ExportsOptions) {
    this.options = options;
  }

  /** @throws OffhookError `export.limit-reached`, or why no file can be made */
  start(request: ExportRequest, owner: object): string {
    return this.begin({ ...request, waiting: this.options.waiting(request.filter) }, owner);
  }

  /** @throws OffhookError `export.limit-reached`, or why no file can be made */
  startPeople(request: PeopleExportRequest, owner: object): string {
    return this.begin(request, owner);
  }

  /**
   * Base64 of a piece from `offset` on; the last one takes the file with it.
   * @throws OffhookError `export.unknown`
   */
  async read(exportId: string, offset: number): Promise<{ chunk: string; next: number | null }> {
    const { file, progress } = this.owned.get(exportId) ?? {};
    if (!file || !progress || progress.bytes === null) throw new OffhookError('export.unknown');
    const bytes = await file.read(offset, exportChunkBytes);
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
    const next = offset + bytes.length;
    if (bytes.length > 0 && next < progress.bytes) return { chunk, next };
    await this.cancel(exportId);
    return { chunk, next: null };
  }

  async cancel(exportId: string): Promise<void> {
    const { file } = this.owned.get(exportId) ?? {};
    this.owned.delete(exportId);
    await file?.discard();
  }

  /** Lets go of all that somebody asked for who is gone. */
  async leave(owner: object): Promise<void> {
    const ids = [...this.owned].filter(([, each]) => each.owner === owner).map(([id]) => id);
    await Promise.all(ids.map((id) => this.cancel(id)));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.owned.keys()].map((id) => this.cancel(id)));
  }

  private begin(order: ExportOrder, owner: object): string {
    const { files, clock, newId } = this.options;
    const underway = [...this.owned.values()].filter(({ progress }) => progress.state === 'working');
    if (underway.length >= mostAtOnce) throw new OffhookError('export.limit-reached');
    const exportId = newId();
    const name = fileName(order.words.title, order.format, clock.now());
    const nothing = { rows: 0, total: 0, error: null, bytes: null };
    const progress: ExportProgress = { exportId, state: 'working', fileName: name, ...nothing };
    const file = files.begin(order, (count) => this.tell(exportId, count));
    this.owned.set(exportId, { owner, file, progress, toldAt: -Infinity });
    file.finished.then(
      (bytes) => this.tell(exportId, { state: 'done', bytes }),
      (error) => this.failed(exportId, error),
    );
    return exportId;
  }

  private failed(exportId: string, error: unknown): void {
    if (!this.owned.has(exportId)) return;
    const report = toReport(error);
    this.options.logger.warn('an export failed', { code: report.code, detail: report.detail });
    this.tell(exportId, { state: 'failed', error: report });
    void this.cancel(exportId);
  }

  private tell(exportId: string, news: Partial<ExportProgress>): void {
    const own = this.owned.get(exportId);
    if (!own) return;
    Object.assign(own.progress, news);
    const now = this.options.clock.monotonic();
    if (own.progress.state === 'working' && now - own.toldAt < progressInterval) return;
    own.toldAt = now;
    this.progressed.fire({ ...own.progress });
  }
}
