import { OffhookError } from '#contract/errors.ts';
import type { CommandArguments, CommandResult, SheetRow, SheetStatus, SheetWalk } from '#contract/ipc/index.ts';
import type { CallLog } from '#core/call-log/index.ts';
import type { CallServices, RedialMemory } from '#core/calls/index.ts';
import type { DirectoryDesk, NumberRules, PeopleDirectory } from '#core/contacts/index.ts';
import { DisposableStore, Emitter, type Disposable } from '#core/foundation/index.ts';
import type { ProblemBoard } from '#core/problems/index.ts';
import { adoptMoved } from './adopt-moved.ts';
import { dialRow, noteRowCall } from './dial-row.ts';
import { HandCalls } from './hand-calls.ts';
import type { SheetChange } from './journal/sheet-change.ts';
import { SheetJournal } from './journal/sheet-journal.ts';
import { targetOf, WriteBack } from './journal/write-back.ts';
import { annotateCall, recordResult, type RecordedResult, type ResultServices } from './record-result.ts';
import type { RowMark, TableRow } from './reading/sheet-reader.ts';
import type { SheetDesk } from './sheet-desk.ts';
import { SheetList, type ListedSheet } from './sheet-list.ts';
import type { SheetPlace } from './sheet-place.ts';
import { SheetSetups } from './sheet-setups.ts';
import { SheetStatuses } from './sheet-statuses.ts';
import { showConflict } from './show-conflicts.ts';
import { showRows } from './show-rows.ts';
import { undoWrite } from './undo-write.ts';
import type { OfficeLanguage } from './usual-setup.ts';
import { SheetWalker } from './walk/sheet-walker.ts';
import type { WorkbookWriter } from './workbook-writer.ts';

export interface SheetsOptions extends Omit<ResultServices, 'journal' | 'writeBack' | 'setups'> {
  services: CallServices;
  redial: RedialMemory;
  callLog: CallLog;
  directory: PeopleDirectory;
  directories: DirectoryDesk;
  writer: WorkbookWriter;
  watch: (path: string, onChange: () => void) => Disposable;
  problems: ProblemBoard;
  rules: () => NumberRules;
  language: () => OfficeLanguage;
  /** Whether the office's rules let this number be dialled without anybody's click. */
  mayDialUnasked: (text: string) => boolean;
}

/** Files whose changes are heard; of more, the one is let go that nobody looked at for longest. */
const mostWatched = 20;
/** What was written is remembered for this long, for what is noted of a call later. */
const keptMilliseconds = 90 * 24 * 60 * 60_000;

/** A share that does not answer keeps nobody from quitting: what is not written goes on at the next start. */
const closingMilliseconds = 3000;

/** The desk over whatever reads, keeps and writes. */
export class Sheets implements SheetDesk {
  private readonly options: SheetsOptions;
  private readonly listed: SheetList;
  private readonly journal: SheetJournal;
  private readonly setups: SheetSetups;
  private readonly writeBack: WriteBack;
  private readonly walker: SheetWalker;
  private readonly handCalls: HandCalls;
  private readonly statuses: SheetStatuses;
  private readonly results: ResultServices;
  private readonly rowsChanged = new Emitter<{ sheetId: string; version: number }>();
  private readonly listening = new DisposableStore();
  private isListening = false;
  private readonly versions = new Map<string, number>();
  private readonly watched = new Map<string, Disposable>();

  readonly onChanged;
  readonly onWalk;
  readonly onRows = this.rowsChanged.event;

  constructor(options: SheetsOptions) {
    this.options = options;
    const { reader } = options;
    this.listed = new SheetList(options);
    this.journal = new SheetJournal({ ...options, country: () => options.rules().country });
    this.setups = new SheetSetups({ ...options, list: this.listed });
    this.writeBack = new WriteBack({
      ...options,
      journal: this.journal,
      placeOf: (sheetId) => this.listed.find(sheetId)?.place ?? null,
      written: (sheetId, rows) => reader.written(sheetId, rows),
    });
    const own = { list: this.listed, journal: this.journal, setups: this.setups, writeBack: this.writeBack };
    this.results = { ...options, ...own };
    this.handCalls = new HandCalls({ ...options, ...own });
    this.walker = new SheetWalker({
      ...options,
      ...own,
      show: async (sheetId, row) => (await this.shown(sheetId, [row]))[0]!,
      record: ({ place, row, callId, result }) => this.keep({ place, key: row.key, callId, result, seen: row }),
      called: (callId) => this.handCalls.leaveOut(callId),
      released: (callId) => this.handCalls.takeOver(callId),
    });
    this.statuses = new SheetStatuses({ ...options, ...own });
    this.onChanged = this.statuses.onChanged;
    this.onWalk = this.walker.onChanged;
  }

  async start(): Promise<void> {
    const { store, clock, logger } = this.options;
    this.listen();
    await this.reload();
    this.handCalls.catchUp();
    await store
      .prune(clock.now() - keptMilliseconds)
      .catch((error: unknown) => logger.warn('what was written long ago is forgotten at another start', { error }));
  }

  /** The database is another than before. */
  async reload(): Promise<void> {
    await this.journal.load();
    this.setups.reload();
    await this.listed.reload();
    await this.walker.load();
  }

  async close(): Promise<void> {
    this.handCalls.dispose();
    this.listed.dispose();
    this.listening.dispose();
    for (const watching of this.watched.values()) watching.dispose();
    const late = Promise.withResolvers<void>();
    const timer = this.options.clock.after(closingMilliseconds, () => late.resolve());
    const done = Promise.all([this.walker.end(), this.handCalls.settled(), this.writeBack.stop()]);
    await Promise.race([done, late.promise]);
    timer.dispose();
    // Whoever still waits for a share is told that nobody reads it any more.
    await this.options.reader.close();
    this.statuses.dispose();
  }

  /** Ends when calls that were told of by now have found their rows. */
  settled(): Promise<void> {
    return this.handCalls.settled();
  }

  list(): SheetStatus[] {
    return this.statuses.list();
  }

  async page({
    sheetId,
    filter,
    offset,
    limit,
  }: CommandArguments<'sheets.page'>): Promise<CommandResult<'sheets.page'>> {
    const { place } = this.required(sheetId);
    this.watch(place);
    const question = await this.setups.questionFor(place);
    const page = await this.options.reader.page({ ...question, filter, offset, limit });
    return { ...page, rows: await this.shown(sheetId, page.rows) };
  }

  async setup({ sheetId }: CommandArguments<'sheets.setup'>): Promise<CommandResult<'sheets.setup'>> {
    const { place } = this.required(sheetId);
    const { setup } = await this.setups.of(place);
    const columns = await this.setups.headings(place).catch(() => []);
    return { setup, headings: columns.map(({ heading }) => heading).filter((heading) => heading !== '') };
  }

  async setUp({ sheetId, setup }: CommandArguments<'sheets.setUp'>): Promise<void> {
    await this.setups.choose(this.required(sheetId).place, setup);
    this.walker.renew(sheetId);
  }

  async dial({ sheetId, rowKey, number }: CommandArguments<'sheets.dial'>): Promise<CommandResult<'sheets.dial'>> {
    const { place } = this.required(sheetId);
    const { services, redial, reader } = this.options;
    const { rows } = await reader.rows({ ...(await this.setups.questionFor(place)), keys: [rowKey] });
    if (!rows[0]) throw new OffhookError('sheet.row-unknown');
    const call = dialRow(rows[0], number, services, redial);
    await noteRowCall({ sheetId, key: rowKey, callId: call.id }, this.options);
    return { callId: call.id };
  }

  walk(asked: CommandArguments<'sheets.walk'>): Promise<SheetWalk> {
    return this.walker.begin(asked);
  }

  walking(): SheetWalk | null {
    return this.walker.walking();
  }

  call({ number }: CommandArguments<'sheets.call'>): Promise<CommandResult<'sheets.call'>> {
    return this.walker.call(number);
  }

  next({ result }: CommandArguments<'sheets.next'>): Promise<SheetWalk> {
    return this.walker.next(result);
  }

  skip(): Promise<SheetWalk> {
    return this.walker.skip();
  }

  pause(paused: boolean): Promise<SheetWalk> {
    return this.walker.pause(paused);
  }

  stop(): Promise<void> {
    return this.walker.stop();
  }

  async record({ sheetId, rowKey, callId, result }: CommandArguments<'sheets.record'>): Promise<void> {
    await this.keep({ place: this.required(sheetId).place, key: rowKey, callId, result });
    this.walker.recorded(sheetId, rowKey);
  }

  /** What waits for a sheet that is gone needs the user's word as well. */
  async conflicts({ sheetId }: CommandArguments<'sheets.conflicts'>): Promise<CommandResult<'sheets.conflicts'>> {
    const waiting = this.listed.find(sheetId) ? [] : this.journal.waiting(sheetId);
    const gone = waiting.map((change): SheetChange => ({ ...change, state: 'gone' }));
    const all = [...this.journal.conflicts(sheetId), ...gone];
    return all.map((change) => showConflict(change, all));
  }

  async resolve({ conflictIds, keep }: CommandArguments<'sheets.resolve'>): Promise<void> {
    const orphaned = this.journal.sheetIds
      .filter((id) => !this.listed.find(id))
      .flatMap((id) => this.journal.waiting(id));
    const dropped = orphaned.map(({ id }) => id).filter((id) => conflictIds.includes(id));
    if (keep === 'theirs') await this.journal.drop(dropped);
    for (const sheetId of await this.journal.resolve(conflictIds, keep)) {
      const place = this.listed.find(sheetId)?.place;
      if (place) void this.writeBack.flush(place.path);
      this.walker.renew(sheetId);
    }
  }

  async write({ sheetId }: CommandArguments<'sheets.write'>): Promise<SheetStatus> {
    const { place } = this.required(sheetId);
    await this.writeBack.flush(place.path);
    await this.writeBack.look(place.path);
    return this.statuses.of(sheetId)!;
  }

  async undo({ sheetId }: CommandArguments<'sheets.undo'>): Promise<SheetStatus> {
    const { place } = this.required(sheetId);
    await undoWrite(place, { ...this.options, journal: this.journal, list: this.listed, writeBack: this.writeBack });
    return this.statuses.of(sheetId)!;
  }

  async links({ sheetId, column, links }: CommandArguments<'sheets.links'>): Promise<CommandResult<'sheets.links'>> {
    const { place } = this.required(sheetId);
    const { writer, rules, reader } = this.options;
    const { country, areaCode } = rules();
    const set = () => writer.setLinks(targetOf(place), { column, links, country, areaCode });
    const { cells } = await this.writeBack.exclusive(place.path, set);
    reader.lookAgain(sheetId);
    return { cells };
  }

  /** What is known here of a sheet's rows, and may not be in the sheet yet. */
  async marksOf(sheetId: string): Promise<RowMark[]> {
    const marks = (await this.options.store.marks(sheetId)).map((mark): RowMark => ({ ...mark, followUpAt: null }));
    const waiting = this.journal.waiting(sheetId).map(({ key }) => key);
    const rows = await this.options.store.rows(sheetId, waiting.slice(0, 1000));
    const due = rows.map(({ key, calledAt, skippedAt, result }) => {
      return { key, calledAt, skippedAt, followUpAt: result?.followUpAt ?? null };
    });
    return [...marks, ...due];
  }

  /** Once, however often a disk has the start tried again. */
  private listen(): void {
    if (this.isListening) return;
    this.isListening = true;
    this.listening.add(this.options.reader.onRead(({ sheetId, version }) => this.read(sheetId, version)));
    this.listening.add(this.listed.onChanged(() => void this.moved()));
    this.listed.listen();
    this.handCalls.start();
    this.walker.listen();
  }

  private required(sheetId: string): ListedSheet {
    const sheet = this.listed.find(sheetId);
    if (!sheet) throw new OffhookError('sheet.unknown');
    return sheet;
  }

  private async keep(recorded: RecordedResult): Promise<void> {
    await recordResult(recorded, this.results);
    if (recorded.callId !== null) await annotateCall(recorded.callId, recorded.result, this.results);
  }

  /** Files were renamed, or came back: what waited for them is written. */
  private async moved(): Promise<void> {
    try {
      if (await adoptMoved(this.listed, this.options.store)) {
        this.setups.reload();
        await this.journal.load();
        await this.walker.load();
      }
      await this.writeBack.flushAll();
    } catch (error) {
      this.options.logger.warn('what waits for sheets that moved goes on waiting', { error });
    }
  }

  private read(sheetId: string, version: number): void {
    if (version === 0 || this.versions.get(sheetId) === version) return;
    this.versions.set(sheetId, version);
    this.rowsChanged.fire({ sheetId, version });
  }

  private shown(sheetId: string, rows: readonly TableRow[]): Promise<SheetRow[]> {
    return showRows(sheetId, rows, { ...this.options, journal: this.journal });
  }

  private watch({ path, id }: SheetPlace): void {
    const watching = this.watched.get(path);
    const changed = () => {
      this.options.reader.lookAgain(id);
      void this.writeBack.look(path);
    };
    this.watched.delete(path);
    this.watched.set(path, watching ?? this.options.watch(path, changed));
    if (!watching) void this.writeBack.look(path);
    const [oldest] = this.watched.keys();
    if (this.watched.size <= mostWatched) return;
    this.watched.get(oldest!)?.dispose();
    this.watched.delete(oldest!);
  }
}
