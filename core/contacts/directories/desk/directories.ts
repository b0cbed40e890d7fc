import { OffhookError } from '#contract/errors.ts';
import type { CommandArguments, CommandResult, DirectoryStatus } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { DirectoryDesk } from '../directory-desk.ts';
import { numberRulesVersion } from '../intake/read-entry-numbers.ts';
import type { SignIn } from '../sign-in.ts';
import { browseFiles, type BrowseOptions } from './browse-files.ts';
import { DirectoryList, type DirectoryState } from './directory-list.ts';
import { DirectoryPlanner, type DirectoryPlannerOptions } from './directory-planner.ts';
import { DirectoryRuns, type DirectoryRunsOptions } from './directory-runs.ts';
import { KeptSignIns } from './kept-sign-ins.ts';
import { DirectoryPreviews } from './directory-previews.ts';
import { firstSeconds } from './refresh-schedule.ts';
import type { DirectoryRecord } from './directory-records.ts';
import { filePath } from './source-place.ts';

export interface DirectoriesOptions
  extends
    Omit<DirectoryRunsOptions, 'list' | 'onEntries' | 'onIdle'>,
    Pick<DirectoryPlannerOptions, 'watch' | 'random'> {
  clock: Clock;
  signIn: SignIn | null;
  browse: BrowseOptions;
  newId: () => string;
}

const mostDirectories = 200;
/** What the disk or another thread denied is tried again after this. */
const retryMilliseconds = 10 * 60_000;
/** A disk that does not even give the list. */
const reloadMilliseconds = 60_000;

/** The desk over whatever keeps, reads and plans. */
export class Directories implements DirectoryDesk {
  private readonly options: DirectoriesOptions;
  private readonly states: DirectoryList;
  private readonly planner: DirectoryPlanner;
  private readonly runs: DirectoryRuns;
  private readonly signIns: KeptSignIns;
  private readonly previews: DirectoryPreviews;
  private readonly entriesChanged = new Emitter<void>();
  private loading: Promise<void> | null = null;
  private timer: Disposable | null = null;
  private stopped = false;
  /** Nothing is begun until the list is read. */
  private resting = true;

  readonly onChanged;
  readonly onSignedIn;
  readonly onEntries = this.entriesChanged.event;

  constructor(options: DirectoriesOptions) {
    this.options = options;
    this.states = new DirectoryList(options.clock);
    this.onChanged = this.states.onChanged;
    this.signIns = new KeptSignIns(options);
    this.onSignedIn = this.signIns.onSignedIn;
    this.runs = new DirectoryRuns({
      ...options,
      list: this.states,
      onEntries: () => this.resting || this.entriesChanged.fire(),
      onIdle: (state) => this.idle(state),
    });
    this.previews = new DirectoryPreviews({ ...options, runs: this.runs, signIns: this.signIns });
    this.planner = new DirectoryPlanner({ ...options, list: this.states, due: (state) => this.want(state, false) });
  }

  /** Reads the list; directories are read some seconds later. */
  async start(): Promise<void> {
    await this.ready();
  }

  /** Ends whatever runs, so that nobody has the database open but whoever else does. */
  async letGo(): Promise<void> {
    this.resting = true;
    this.timer?.dispose();
    for (const state of this.states.all) this.planner.forget(state);
    await Promise.all([this.previews.cancelAll(), ...this.states.all.map((state) => this.runs.stop(state))]);
  }

  /** The database is another than before. */
  async reload(): Promise<void> {
    await this.letGo();
    this.loading = null;
    await this.ready();
    this.entriesChanged.fire();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.signIns.dispose();
    await this.loading?.catch(() => undefined);
    await this.letGo();
    await Promise.all(this.states.all.filter(({ unsaved }) => unsaved).map((state) => this.runs.save(state)));
    this.states.dispose();
  }

  /** The office's rules for numbers are others than before. */
  rulesChanged(): void {
    for (const state of this.states.all) this.consider(state, false);
  }

  /** Own contacts were added or removed. */
  async recount(): Promise<void> {
    const own = this.states.all.find(({ record }) => record.id === 'own');
    if (!own) return;
    const before = own.entries;
    own.entries = await this.options.records.count('own').catch(() => before);
    if (own.entries !== before) this.states.changed();
  }

  list(): DirectoryStatus[] {
    return this.states.statuses();
  }

  async preview(asked: CommandArguments<'directories.preview'>): Promise<CommandResult<'directories.preview'>> {
    return this.previews.preview(asked);
  }

  async add(asked: CommandArguments<'directories.add'>): Promise<CommandResult<'directories.add'>> {
    const { records, secrets, newId, rules } = this.options;
    await this.ready();
    const { label, config, everyMinutes, signInId } = asked;
    if (config.kind === 'own' || this.states.all.length >= mostDirectories)
      throw new OffhookError('bridge.invalid-arguments', { detail: 'no such directory can be added' });
    const secret = signInId === null ? asked.secret : this.signIns.secretOf(signInId);
    const id = newId();
    const nothing = { cursor: null, refreshedAt: null, attemptedAt: null, problem: null, removed: false };
    const kept = { id, label, enabled: true, everyMinutes, config, hasSecret: secret !== null };
    const record = { ...kept, ...nothing, skipped: { count: 0, first: [] }, numberRules: numberRulesVersion(rules()) };
    if (secret !== null) await secrets.set(id, secret);
    await records.add(record);
    if (signInId !== null) this.signIns.drop(signInId);
    this.want(this.states.add(record), true);
    return { id };
  }

  async change({ id, patch }: CommandArguments<'directories.change'>): Promise<void> {
    await this.ready();
    const state = this.states.find(id);
    const { secret: given, signInId, ...fields } = patch;
    const { config } = fields;
    if (id === 'own' || (config && config.kind !== state.record.config.kind))
      throw new OffhookError('bridge.invalid-arguments', { detail: 'a directory stays of its kind' });
    const secret = signInId === undefined ? given : this.signIns.secretOf(signInId);
    const isOther = config !== undefined && JSON.stringify(config) !== JSON.stringify(state.record.config);
    const { enabled: wasEnabled, label } = state.record;
    if (isOther || secret !== undefined || patch.enabled === false) await this.rest(state);
    if (secret !== undefined) await this.setSecret(id, secret);
    await this.keep(state, {
      ...fields,
      ...(secret === undefined ? {} : { hasSecret: secret !== null }),
      // What the last refresh left belongs to another source.
      ...(isOther ? { cursor: null, refreshedAt: null, problem: null } : {}),
    }).catch((error: unknown) => {
      // As it was, it is read again in its time.
      this.planner.next(state);
      throw error;
    });
    if (signInId !== undefined) this.signIns.drop(signInId);
    this.changed(state, isOther || secret !== undefined || (!wasEnabled && state.record.enabled));
    // Whoever shows where an entry is from shows it anew.
    if (state.record.label !== label) this.entriesChanged.fire();
  }

  async remove(id: string): Promise<void> {
    await this.ready();
    const state = this.states.find(id);
    if (id === 'own') throw new OffhookError('bridge.invalid-arguments', { detail: 'own contacts stay' });
    await this.rest(state);
    await this.keep(state, { removed: true });
    await this.options.secrets.drop(id);
    this.consider(state, true);
    this.states.changed();
    // Its people are nobody's any more at once, however long its entries wait to be deleted.
    this.entriesChanged.fire();
  }

  async sort(ids: readonly string[]): Promise<void> {
    await this.ready();
    const known = this.states.all.map(({ record }) => record.id);
    const order = [...new Set([...ids.filter((id) => known.includes(id)), ...known])];
    await this.options.records.sort(order);
    this.states.sort(order);
    this.entriesChanged.fire();
  }

  async refresh(id: string): Promise<void> {
    await this.ready();
    const state = this.states.find(id);
    if (state.doing === 'refresh') throw new OffhookError('directory.busy');
    if (state.record.config.kind !== 'own') this.want(state, true);
  }

  async cancel(id: string): Promise<void> {
    await this.ready();
    const state = this.states.find(id);
    await this.runs.stop(state, true);
    this.planner.next(state);
  }

  async import({ config }: CommandArguments<'directories.import'>): Promise<void> {
    await this.ready();
    if (filePath(config) === null)
      throw new OffhookError('bridge.invalid-arguments', { detail: 'only files are imported' });
    const own = this.states.find('own');
    if (own.wantsImport || own.doing === 'import') throw new OffhookError('directory.busy');
    own.wantsImport = config;
    this.consider(own, true);
  }

  browse(path: string | null): Promise<CommandResult<'directories.browse'>> {
    return browseFiles(path, this.options.browse);
  }

  signIn({ config }: CommandArguments<'directories.signIn'>): Promise<CommandResult<'directories.signIn'>> {
    return this.signIns.begin(config);
  }

  private ready(): Promise<void> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = null;
      this.loadLater();
      throw error;
    });
    return this.loading;
  }

  private loadLater(): void {
    const { clock, logger } = this.options;
    this.timer?.dispose();
    this.timer = clock.after(reloadMilliseconds, () => {
      this.ready().catch((error: unknown) => logger.warn('the directories cannot be read yet', { error }));
    });
  }

  private async load(): Promise<void> {
    const { records } = this.options;
    const [known, counts] = await Promise.all([records.load(), records.counts()]);
    if (this.stopped) return;
    this.states.clear();
    this.resting = false;
    for (const record of known) this.planner.first(this.states.add(record, counts.get(record.id) ?? 0));
    this.sweepAfter(firstSeconds);
  }

  /** What was denied, or left undone when the program ended. */
  private sweepAfter(milliseconds: number): void {
    this.timer?.dispose();
    this.timer = this.options.clock.after(milliseconds, () => {
      for (const state of this.states.all) this.consider(state, false);
      this.sweepAfter(retryMilliseconds);
    });
  }

  private want(state: DirectoryState, first: boolean): void {
    state.wantsRefresh = true;
    this.consider(state, first);
  }

  private consider(state: DirectoryState, first: boolean): void {
    if (!this.resting) this.runs.consider(state, first);
  }

  private idle(state: DirectoryState): void {
    if (this.resting) return;
    this.planner.next(state);
    this.consider(state, false);
  }

  /** In memory at once, since a refresh may end meanwhile; what the disk refuses is taken back. */
  private async keep({ record }: DirectoryState, changes: Partial<DirectoryRecord>): Promise<void> {
    const before = Object.fromEntries(
      Object.keys(changes).map((name) => [name, record[name as keyof DirectoryRecord]]),
    );
    Object.assign(record, changes);
    await this.options.records.update(record).catch((error: unknown) => {
      Object.assign(record, before);
      throw error;
    });
  }

  private async rest(state: DirectoryState): Promise<void> {
    await this.runs.stop(state);
    this.planner.forget(state);
  }

  private changed(state: DirectoryState, isOther: boolean): void {
    if (isOther) state.failures = 0;
    this.planner.next(state);
    if (isOther && state.record.enabled) this.want(state, true);
  }

  private async setSecret(id: string, secret: string | null): Promise<void> {
    const { secrets } = this.options;
    await (secret === null ? secrets.drop(id) : secrets.set(id, secret));
  }
}
