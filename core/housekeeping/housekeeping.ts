import type { ErrorReport } from '#contract/errors.ts';
import type {
  BackupFacts,
  ErasurePreview,
  ErasureReceipt,
  ErasureSubject,
  RecordsStatus,
  Removal,
} from '#contract/ipc/index.ts';
import type { CallHousekeeping } from '#core/call-log/index.ts';
import { Emitter, type Clock, type Disposable, type Logger } from '#core/foundation/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { Backups } from './backups.ts';
import type { ErasePerson } from './erase-person.ts';
import type { HousekeepingStore } from './housekeeping-store.ts';
import type { RecordingShelf } from './recording-shelf.ts';
import { localDay, type Retention } from './retention.ts';
import { WorkSlot } from './work-slot.ts';

export interface HousekeepingDependencies {
  database: Database;
  calls: CallHousekeeping;
  shelf: RecordingShelf;
  store: HousekeepingStore;
  retention: Retention;
  erasure: ErasePerson;
  backups: Backups;
  problems: ProblemBoard;
  clock: Clock;
  logger: Logger;
  callsUp: () => boolean;
  /** Whoever keeps something of the database in memory reads it anew. */
  reload: () => Promise<void>;
}

const minute = 60_000;
/** The first minutes belong to registering and calling. */
const firstLook = 3 * minute;
const betweenLooks = 60 * minute;

/** Keeps the records in order: what goes by age, who is erased, backups, integrity, and what a damaged file still held. */
export class Housekeeping implements Disposable {
  private readonly dependencies: HousekeepingDependencies;
  private readonly slot = new WorkSlot();
  private readonly changed = new Emitter<RecordsStatus>();
  private readonly replaced = new Emitter<void>();
  /** Damaged copies that were seen in this run; their problem may be told several times. */
  private readonly seen = new Set<string>();
  private readonly disposables: Disposable[] = [];
  private last: RecordsStatus | null = null;
  private timer: Disposable | null = null;
  private disposed = false;

  /** What `status` says, after it changed. */
  readonly onChanged = this.changed.event;
  /** Lists of calls and people are to be read anew. */
  readonly onReplaced = this.replaced.event;

  constructor(dependencies: HousekeepingDependencies) {
    this.dependencies = dependencies;
    const { database } = dependencies;
    this.disposables.push(
      this.slot.onChanged((work) => this.tellWork(work)),
      database.onProblem((problem) => this.takeDamage(problem)),
    );
    this.takeDamage(database.problem);
  }

  start(): void {
    this.timer = this.dependencies.clock.after(firstLook, () => void this.turn());
  }

  async status(): Promise<RecordsStatus> {
    const { calls, shelf, store, retention, backups } = this.dependencies;
    const [totals, recordings] = [await calls.totals(), await shelf.totals()];
    return {
      calls: totals.calls,
      databaseBytes: totals.bytes,
      recordings: recordings.count,
      recordingBytes: recordings.bytes,
      warning: (await retention.look())?.warning ?? null,
      work: this.slot.work,
      lastRemoval: await store.lastRemoval(),
      lastCheck: await store.read('check'),
      backupFolder: backups.ownFolder,
    };
  }

  async keep(): Promise<void> {
    await this.dependencies.retention.keep();
    this.tell();
  }

  async deleteNow(): Promise<Removal | null> {
    const removal = await this.slot.run('retention', (onProgress) => this.dependencies.retention.carryOut(onProgress));
    await this.refresh();
    return removal;
  }

  backups(): Promise<BackupFacts[]> {
    return this.dependencies.backups.list();
  }

  inspectBackup(file: string): Promise<BackupFacts & { erasedSince: number }> {
    return this.dependencies.backups.inspect(file);
  }

  receipts(): Promise<ErasureReceipt[]> {
    return this.dependencies.store.receipts();
  }

  backUp(options: { recordings: boolean }): Promise<BackupFacts> {
    return this.slot.run('backUp', (onProgress) => this.dependencies.backups.make(options, onProgress));
  }

  async restore(file: string): Promise<{ saved: string; lines: number }> {
    const restored = await this.slot.run('restore', (onProgress) =>
      this.dependencies.backups.restore(file, onProgress),
    );
    this.replaced.fire();
    return restored;
  }

  previewErasure(whom: ErasureSubject): Promise<ErasurePreview> {
    return this.dependencies.erasure.preview(whom);
  }

  async erase(whom: ErasureSubject): Promise<ErasureReceipt> {
    const receipt = await this.slot.run('erasure', (onProgress) => this.dependencies.erasure.erase(whom, onProgress));
    await this.refresh();
    this.inBackground('erasure', () => this.dependencies.erasure.clean());
    return receipt;
  }

  /** Looks for damage; what is found is treated as if a call had met it. */
  async check(): Promise<{ sound: boolean }> {
    const { database, store, clock } = this.dependencies;
    const { sound, detail } = await this.slot.run('check', () => database.work('check', {}));
    if (!sound) await database.condemn(detail ?? 'found by a check');
    await store.write('check', { at: clock.now(), sound });
    this.tell();
    return { sound };
  }

  dispose(): void {
    this.disposed = true;
    this.timer?.dispose();
    for (const disposable of this.disposables) disposable.dispose();
    this.dependencies.retention.dispose();
    this.dependencies.erasure.dispose();
  }

  private async turn(): Promise<void> {
    const { clock, logger, erasure, store } = this.dependencies;
    try {
      const unfinished = await store.read('salvage');
      if (unfinished) await this.salvage(unfinished.copy);
      await erasure.clean();
      await this.look();
      await this.checkOnceADay();
    } catch (error) {
      logger.warn('housekeeping was put off', { error });
    }
    if (!this.disposed) this.timer = clock.after(betweenLooks, () => void this.turn());
  }

  private async look(): Promise<void> {
    const found = await this.dependencies.retention.look();
    this.tell();
    if (!found?.due || this.slot.work) return;
    await this.deleteNow();
  }

  private async checkOnceADay(): Promise<void> {
    const { store, clock, callsUp } = this.dependencies;
    const last = await store.read('check');
    const today = localDay(clock.now());
    if (this.slot.work || callsUp() || (last && localDay(last.at) === today)) return;
    await this.check();
  }

  private takeDamage(problem: ErrorReport | null): void {
    const { store, logger } = this.dependencies;
    const copy = problem?.code === 'storage.corrupt' ? problem.values.copy : undefined;
    if (typeof copy !== 'string' || this.seen.has(copy)) return;
    this.seen.add(copy);
    store
      .write('salvage', { copy })
      .then(() => this.inBackground('salvage', () => this.salvage(copy)))
      .catch((error) => logger.warn('what the damaged file holds is not taken over yet', { error }));
  }

  private async salvage(copy: string): Promise<void> {
    const { database, store, problems } = this.dependencies;
    const { rows } = await this.slot.runLater('salvage', () => database.work('salvage', { copy }));
    await store.write('salvage', null);
    const number = rows['call_record'] ?? 0;
    problems.raise('salvage', { code: 'storage.salvaged', values: { number, copy }, detail: null });
    await this.refresh();
  }

  /** What nobody waits for; what fails is tried again at the next turn. */
  private inBackground(what: string, work: () => Promise<void>): void {
    work().then(
      () => this.tell(),
      (error: unknown) => this.dependencies.logger.warn('housekeeping was put off', { what, error }),
    );
  }

  private async refresh(): Promise<void> {
    const { reload, logger } = this.dependencies;
    await reload().catch((error: unknown) => logger.warn('what is in memory was not read anew', { error }));
    this.replaced.fire();
    this.tell();
  }

  /** Far more often than anything else of the state changes. */
  private tellWork(work: RecordsStatus['work']): void {
    if (this.last) this.changed.fire((this.last = { ...this.last, work }));
  }

  private tell(): void {
    if (this.disposed) return;
    this.status().then(
      (status) => this.changed.fire((this.last = status)),
      (error: unknown) => this.dependencies.logger.warn('the state of the records is not known', { error }),
    );
  }
}
