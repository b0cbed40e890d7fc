import { OffhookError, toReport } from '#contract/errors.ts';
import type { DirectoryConfig } from '#contract/ipc/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import { numberRulesVersion } from '../intake/read-entry-numbers.ts';
import type { RefreshResult } from '../intake/refresh-entries.ts';
import type { DirectoryDeed, DirectoryList, DirectoryState } from './directory-list.ts';
import type { DirectoryRecords } from './directory-records.ts';
import type { DirectorySecrets } from './directory-secrets.ts';
import type { DirectoryWork } from './directory-work.ts';
import type { DirectoryJobName, DirectoryJobs, ProxyChoice } from './directory-worker-protocol.ts';
import { noteRefresh } from './note-refresh.ts';
import { nameSource } from './source-place.ts';
import { WorkTurns } from './work-turns.ts';

export interface DirectoryRunsOptions {
  list: DirectoryList;
  records: DirectoryRecords;
  secrets: DirectorySecrets;
  work: DirectoryWork;
  clock: Clock;
  logger: Logger;
  rules: () => NumberRules;
  proxyFor: (config: DirectoryConfig) => Promise<ProxyChoice>;
  /** The program of the Outlook helper; null where there is none. */
  outlookHelper: readonly string[] | null;
  /** Entries were added, changed or removed. */
  onEntries: () => void;
  /** Whatever was to be done with the directory is done. */
  onIdle: (state: DirectoryState) => void;
}

const mostAtOnce = 2;
/** With these nobody can say what a thread had written by its end. */
const cutShort: readonly string[] = ['directory.cancelled', 'directory.too-large', 'internal.bug'];
/** Why a work is ended. */
const byUser = 'by the user';

/** What is done with the directories, for each one thing after the other, and with two of them at once. */
export class DirectoryRuns {
  private readonly options: DirectoryRunsOptions;
  private readonly turns = new WorkTurns(mostAtOnce);

  constructor(options: DirectoryRunsOptions) {
    this.options = options;
  }

  /** Begins what is wanted of the directory, when its turn comes. */
  consider(state: DirectoryState, first: boolean): void {
    if (first && state.turn?.withdraw()) state.turn = null;
    if (state.turn || !this.wanted(state)) return;
    state.turn = this.turns.take(() => this.workOn(state), first);
    this.options.list.changed();
  }

  /** Ends what is done with it, and resolves when nothing is. @param told whether the user wants it so */
  async stop(state: DirectoryState, told = false): Promise<void> {
    state.wantsRefresh = false;
    state.wantsImport = null;
    const { turn } = state;
    if (turn?.withdraw()) state.turn = null;
    state.stopping?.abort(told ? byUser : undefined);
    this.options.list.changed();
    await turn?.ended;
  }

  async sourceRequest(config: DirectoryConfig, secret: string | null): Promise<DirectoryJobs['preview']['request']> {
    const { proxyFor, outlookHelper, rules } = this.options;
    return { config, secret, rules: { ...rules() }, proxy: await proxyFor(config), outlookHelper };
  }

  /** Refreshes that nothing was written of yet. */
  async save(state: DirectoryState): Promise<void> {
    try {
      await this.options.records.update(state.record);
      state.unsaved = false;
    } catch (error) {
      state.unsaved = true;
      this.options.logger.warn('what is known of a directory was not saved', { id: state.record.id, error });
    }
  }

  private wanted({ record, wantsImport, wantsRefresh }: DirectoryState): DirectoryDeed | null {
    if (record.removed) return 'remove';
    if (record.numberRules !== numberRulesVersion(this.options.rules())) return 'renumber';
    return wantsImport ? 'import' : wantsRefresh ? 'refresh' : null;
  }

  private async workOn(state: DirectoryState): Promise<void> {
    const stopping = new AbortController();
    state.stopping = stopping;
    this.options.list.changed();
    state.doing = this.wanted(state);
    while (state.doing && !stopping.signal.aborted) {
      const { doing } = state;
      const done = await this[doing](state, stopping.signal).catch((error: unknown) =>
        this.gaveUp(state, doing, error),
      );
      state.doing = done ? this.wanted(state) : null;
    }
    state.doing = null;
    state.stopping = null;
    state.turn = null;
    state.progress = null;
    this.options.onIdle(state);
    this.options.list.changed();
  }

  private gaveUp(state: DirectoryState, kind: string, error: unknown): false {
    if (!(error instanceof OffhookError && error.code === 'directory.cancelled'))
      this.options.logger.warn('work on a directory was put off', { kind, id: state.record.id, error });
    state.wantsRefresh = false;
    state.wantsImport = null;
    return false;
  }

  private async remove(state: DirectoryState, signal: AbortSignal): Promise<boolean> {
    const { id } = state.record;
    await this.run('remove', { directoryId: id }, state, signal);
    await this.options.records.remove(id);
    this.options.list.drop(state);
    this.options.onEntries();
    return false;
  }

  private async renumber(state: DirectoryState, signal: AbortSignal): Promise<boolean> {
    const rules = { ...this.options.rules() };
    const changed = await this.run('renumber', { directoryId: state.record.id, rules }, state, signal);
    state.record.numberRules = numberRulesVersion(rules);
    await this.save(state);
    if (changed > 0) this.options.onEntries();
    return true;
  }

  private async import(state: DirectoryState, signal: AbortSignal): Promise<boolean> {
    const config = state.wantsImport!;
    state.wantsImport = null;
    const result = await this.attempt(config, async () =>
      this.run('import', await this.sourceRequest(config, null), state, signal),
    );
    await this.ended(state, result, signal);
    return true;
  }

  private async refresh(state: DirectoryState, signal: AbortSignal): Promise<boolean> {
    state.wantsRefresh = false;
    const { id, config, cursor } = state.record;
    const result = await this.attempt(config, async () => {
      const secret = await this.options.secrets.get(id);
      state.record.hasSecret = secret !== null;
      const request = await this.sourceRequest(config, secret);
      return this.run('refresh', { ...request, directoryId: id, cursor }, state, signal);
    });
    await this.ended(state, result, signal);
    return true;
  }

  private async attempt(config: DirectoryConfig, work: () => Promise<RefreshResult>): Promise<RefreshResult> {
    try {
      const result = await work();
      return { ...result, problem: result.problem && nameSource(result.problem, config) };
    } catch (error) {
      const nothing = { changed: 0, moved: 0, removed: 0, outcome: null, skipped: { count: 0, first: [] } };
      return { ...nothing, problem: nameSource(toReport(error), config) };
    }
  }

  private async ended(state: DirectoryState, result: RefreshResult, signal: AbortSignal): Promise<void> {
    const { records, clock, logger, onEntries } = this.options;
    const { id } = state.record;
    const before = state.entries;
    state.progress = null;
    state.entries = await records.count(id).catch(() => before);
    const { problem } = result;
    if (problem) logger.info('a directory was not read to its end', { id, code: problem.code, detail: problem.detail });
    // Whoever ended it for a reason of his own says what comes next.
    const write = signal.aborted && signal.reason !== byUser ? false : noteRefresh(state, result, clock.now());
    if (write) await this.save(state);
    const unsure = problem !== null && cutShort.includes(problem.code);
    if (result.changed + result.removed > 0 || state.entries !== before || unsure) onEntries();
  }

  private async run<N extends DirectoryJobName>(
    kind: N,
    request: DirectoryJobs[N]['request'],
    state: DirectoryState,
    signal: AbortSignal,
  ): Promise<DirectoryJobs[N]['result']> {
    if (signal.aborted) throw new OffhookError('directory.cancelled');
    const running = this.options.work.begin(kind, request, {
      progress: (progress) => {
        state.progress = progress;
        this.options.list.changed();
      },
      secret: (secret) => void this.options.secrets.set(state.record.id, secret),
    });
    const cancel = () => running.cancel();
    signal.addEventListener('abort', cancel);
    try {
      return await running.finished;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }
}
