import { OffhookError, toReport } from '#contract/errors.ts';
import type { CommandArguments, CommandResult } from '#contract/ipc/index.ts';
import type { DirectoryRuns } from './directory-runs.ts';
import type { DirectorySecrets } from './directory-secrets.ts';
import type { DirectoryWork, RunningWork } from './directory-work.ts';
import type { KeptSignIns } from './kept-sign-ins.ts';
import { nameSource } from './source-place.ts';

export interface DirectoryPreviewsOptions {
  work: DirectoryWork;
  secrets: DirectorySecrets;
  runs: Pick<DirectoryRuns, 'sourceRequest'>;
  signIns: KeptSignIns;
}

const mostAtOnce = 2;

/** Configurations that are being tried. The latest is what somebody looks at: an older one makes room for it. */
export class DirectoryPreviews {
  private readonly options: DirectoryPreviewsOptions;
  private readonly running = new Set<RunningWork<'preview'>>();

  constructor(options: DirectoryPreviewsOptions) {
    this.options = options;
  }

  async preview(asked: CommandArguments<'directories.preview'>): Promise<CommandResult<'directories.preview'>> {
    const { config } = asked;
    if (config.kind === 'own') throw new OffhookError('bridge.invalid-arguments', { detail: 'nothing to try' });
    const request = await this.options.runs.sourceRequest(config, await this.secretOf(asked));
    const [oldest] = this.running;
    if (this.running.size >= mostAtOnce) oldest!.cancel();
    const own = this.options.work.begin('preview', request);
    this.running.add(own);
    try {
      return await own.finished;
    } catch (error) {
      throw OffhookError.fromReport(nameSource(toReport(error), config));
    } finally {
      this.running.delete(own);
    }
  }

  async cancelAll(): Promise<void> {
    const all = [...this.running];
    for (const each of all) each.cancel();
    await Promise.allSettled(all.map(({ finished }) => finished));
  }

  private async secretOf({ secret, signInId, directoryId }: CommandArguments<'directories.preview'>) {
    if (secret !== null) return secret;
    if (signInId !== null) return this.options.signIns.secretOf(signInId);
    return directoryId === null ? null : this.options.secrets.get(directoryId);
  }
}
