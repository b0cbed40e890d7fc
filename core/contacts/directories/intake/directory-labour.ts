import { OffhookError, toReport } from '#contract/errors.ts';
import { directoryConfig, type DirectoryConfig } from '#contract/ipc/index.ts';
import type { DirectoryEnvironment, DirectorySource } from '../directory-source.ts';
import type {
  DirectoryJobName,
  DirectoryJobs,
  DirectoryWorkerReply,
  DirectoryWorkerRequest,
} from '../desk/directory-worker-protocol.ts';
import { environmentProxy } from '#core/network/index.ts';
import type { EntryStore } from './entry-store.ts';
import { importEntries } from './import-entries.ts';
import { previewEntries } from './preview-entries.ts';
import { refreshEntries, type RefreshTold } from './refresh-entries.ts';
import { removeEntries, renumberEntries } from './renumber-entries.ts';

type Job = Exclude<DirectoryWorkerRequest, { kind: 'abort' }>;
type SourceRequest = DirectoryJobs['preview']['request'];

export interface DirectoryLabourOptions {
  openSource: (config: DirectoryConfig, environment: DirectoryEnvironment) => Promise<DirectorySource>;
  openStore: () => EntryStore;
  /** Unix ms. */
  now: () => number;
  /** ms. */
  monotonic: () => number;
  newId: () => string;
  reply: (message: DirectoryWorkerReply) => void;
}

/** ms between two words of progress. */
const progressInterval = 200;

/** What a directory worker does, once. */
export class DirectoryLabour {
  private readonly options: DirectoryLabourOptions;
  private readonly stopping = new AbortController();
  private toldAt = -Infinity;

  constructor(options: DirectoryLabourOptions) {
    this.options = options;
  }

  abort(): void {
    this.stopping.abort();
  }

  /** Replies with the result or the error. */
  async carryOut(job: Job): Promise<void> {
    const { reply } = this.options;
    try {
      reply({ result: await this.resultOf(job) });
    } catch (error) {
      reply({ error: toReport(error) });
    }
  }

  private async resultOf(job: Job): Promise<DirectoryJobs[DirectoryJobName]['result']> {
    const { signal } = this.stopping;
    if (job.kind === 'preview') return previewEntries(await this.open(job.request), job.request, { signal });
    const store = this.options.openStore();
    const bench = { store, signal };
    try {
      switch (job.kind) {
        case 'refresh':
          return await refreshEntries(await this.open(job.request), job.request, this.told(), bench);
        case 'import': {
          const { rules } = job.request;
          return await importEntries(
            await this.open(job.request),
            { rules, newId: this.options.newId },
            this.told(),
            bench,
          );
        }
        case 'renumber':
          return await renumberEntries(job.request.directoryId, job.request.rules, bench);
        case 'remove':
          return await removeEntries(job.request.directoryId, bench);
      }
    } finally {
      store.close();
    }
  }

  private open({ config, proxy, outlookHelper }: SourceRequest): Promise<DirectorySource> {
    const parsed = directoryConfig.safeParse(config);
    if (!parsed.success) throw new OffhookError('directory.failed', { detail: 'the configuration is not valid' });
    const proxyFor = proxy.kind === 'address' ? () => proxy.address : environmentProxy(process.env);
    return this.options.openSource(parsed.data, { now: this.options.now, proxyFor, outlookHelper });
  }

  private told(): RefreshTold {
    const { monotonic, reply } = this.options;
    return {
      progress: (done, total) => {
        if (monotonic() - this.toldAt < progressInterval) return;
        this.toldAt = monotonic();
        reply({ progress: { done, total } });
      },
      keepSecret: (secret) => reply({ secret }),
    };
  }
}
