import { OffhookError } from '#contract/errors.ts';
import type { CallResult, CommandArguments, SheetRow, SheetWalk } from '#contract/ipc/index.ts';
import type { Call, CallServices, RedialMemory } from '#core/calls/index.ts';
import { DisposableStore, Emitter, type Disposable } from '#core/foundation/index.ts';
import { dialRow, noteRowCall } from '../dial-row.ts';
import type { KeptWalk } from '../journal/sheet-store.ts';
import type { TableRow } from '../reading/sheet-reader.ts';
import type { SheetPlace } from '../sheet-place.ts';
import { usualOutcome } from '../usual-outcome.ts';
import type { OfficeLanguage } from '../usual-setup.ts';
import { WalkRows, type WalkRowsOptions } from './walk-rows.ts';
import { toSheetWalk, type WalkState } from './walk-state.ts';

export interface SheetWalkerOptions extends WalkRowsOptions {
  services: CallServices;
  redial: RedialMemory;
  show: (sheetId: string, row: TableRow) => Promise<SheetRow>;
  record: (row: { place: SheetPlace; row: TableRow; callId: string | null; result: CallResult }) => Promise<void>;
  /** A call is the walk's: nothing is written of it before its result is given. */
  called: (callId: string) => void;
  /** It is one that was made by hand from now on. */
  released: (callId: string) => void;
  language: () => OfficeLanguage;
  /** Whether the office's rules let this number be dialled without anybody's click. */
  mayDialUnasked: (text: string) => boolean;
}

/** Calls that walk down a sheet, one at a time. Its place is kept; after a restart it is paused there. */
export class SheetWalker {
  private readonly options: SheetWalkerOptions;
  private readonly changed = new Emitter<SheetWalk | null>();
  private readonly listening = new DisposableStore();
  private walk: WalkState | null = null;
  private timer: Disposable | null = null;
  private readonly rows: WalkRows;
  private placing = false;
  /** Of what is kept of the walk. */
  private print = '';
  private turn: Promise<unknown> = Promise.resolve();

  readonly onChanged = this.changed.event;

  constructor(options: SheetWalkerOptions) {
    this.options = options;
    this.rows = new WalkRows(options);
  }

  listen(): void {
    const { calls } = this.options.services;
    this.listening.add(calls.onAdded((call) => this.heard(call)));
    this.listening.add(calls.onChanged(() => this.wake()));
    this.listening.add(this.options.reader.onRead(({ sheetId, rows }) => rows === null && this.renew(sheetId)));
  }

  /** Takes up the walk that an earlier run left. */
  async load(): Promise<void> {
    await this.inTurn(async () => {
      const kept = await this.options.store.walk();
      this.rest();
      this.walk = kept && { ...begun(kept), paused: true };
    });
    // A file that is slow to be read holds up nobody's start.
    this.later(async () => this.find());
  }

  async end(): Promise<void> {
    this.listening.dispose();
    this.rest();
    await this.turn.catch(() => undefined);
    this.rest();
  }

  walking(): SheetWalk | null {
    return this.walk && toSheetWalk(this.walk);
  }

  begin({ sheetId, filter, from }: CommandArguments<'sheets.walk'>): Promise<SheetWalk> {
    return this.inTurn(async () => {
      if (this.walk && isBusy(this.walk, sheetId)) throw new OffhookError('sheet.walk-busy');
      if (from !== null && !(await this.rows.row(sheetId, from))) throw new OffhookError('sheet.row-unknown');
      const startedAt = this.options.clock.now();
      const counts = { done: 0, skipped: 0, startedAt };
      const walk = begun({ sheetId, filter, key: from, row: 0, callId: null, ...counts });
      await this.rows.goTo(walk, true);
      this.walk = walk;
      return this.settle();
    });
  }

  /** Dials at once, in the turn of whoever asks, so that nothing can come between. */
  call(number: number): Promise<{ callId: string }> {
    return this.inTurn(async () => ({ callId: await this.callRow(this.required(), number) }));
  }

  next(result: CallResult | null): Promise<SheetWalk> {
    return this.inTurn(async () => {
      const walk = this.idle();
      if (result !== null && walk.row) await this.record(walk, result);
      return this.goOn(walk, walk.kept.callId !== null || result !== null);
    });
  }

  skip(): Promise<SheetWalk> {
    return this.inTurn(async () => {
      const walk = this.idle();
      return this.goOn(walk, walk.kept.callId !== null);
    });
  }

  pause(paused: boolean): Promise<SheetWalk> {
    return this.inTurn(async () => {
      const walk = this.required();
      if (!paused && walk.row === null) await this.rows.find(walk);
      walk.paused = paused;
      return this.settle();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(async () => {
      this.rest();
      const { walk } = this;
      if (walk?.step === 'calling' && walk.kept.callId) this.options.released(walk.kept.callId);
      this.walk = null;
      this.print = '';
      await this.options.store.keepWalk(null);
      this.changed.fire(null);
    });
  }

  /** A result was given for a row, here or elsewhere. */
  recorded(sheetId: string, key: string): void {
    this.later(async () => {
      const { walk } = this;
      if (walk?.kept.sheetId !== sheetId || walk.row?.key !== key) return;
      if (walk.step === 'wrapping-up') walk.recorded = true;
      await this.settle();
    });
  }

  /** What is shown of the row may be other than before. */
  renew(sheetId: string): void {
    if (this.walk?.kept.sheetId !== sheetId) return;
    this.later(async () => {
      const { walk } = this;
      if (walk?.kept.sheetId !== sheetId || !walk.row) return;
      walk.row = (await this.rows.row(sheetId, walk.row.key)) ?? walk.row;
      await this.settle();
    });
  }

  private required(): WalkState {
    if (!this.walk) throw new OffhookError('sheet.no-walk');
    return this.walk;
  }

  /** Of which no call is up. */
  private idle(): WalkState {
    const walk = this.required();
    if (walk.step === 'calling') throw new OffhookError('sheet.call-up');
    return walk;
  }

  private async callRow(walk: WalkState, number: number): Promise<string> {
    const { services, redial, called } = this.options;
    if (!walk.row) throw new OffhookError('sheet.no-number');
    if (walk.step === 'calling') throw new OffhookError('sheet.call-up');
    this.rest();
    this.placing = true;
    let call: Call;
    try {
      call = dialRow(walk.row, number, services, redial);
    } finally {
      this.placing = false;
    }
    called(call.id);
    walk.kept = { ...walk.kept, callId: call.id };
    Object.assign(walk, { step: 'calling', begun: true, recorded: false, proposed: null });
    call.onEnded(() => this.over(call));
    if (!call.live) this.over(call);
    await noteRowCall({ sheetId: walk.kept.sheetId, key: walk.row.key, callId: call.id }, this.options);
    await this.settle();
    return call.id;
  }

  private over(call: Call): void {
    this.later(async () => {
      const { walk } = this;
      if (walk?.kept.callId !== call.id || walk.step !== 'calling') return;
      const { ending, startedAt, answeredAt } = call.snapshot();
      const outcomes = (await this.rows.setupOf(walk.kept.sheetId))?.outcomes ?? [];
      const outcome = usualOutcome(ending?.disposition ?? 'failed', outcomes, this.options.language());
      walk.step = 'wrapping-up';
      walk.proposed = { outcome, note: '', calledAt: answeredAt ?? startedAt, followUpAt: null };
      await this.settle();
    });
  }

  private async record(walk: WalkState, result: CallResult): Promise<void> {
    const { record, list } = this.options;
    const place = list.find(walk.kept.sheetId)?.place ?? list.knownAs(walk.kept.sheetId);
    if (!place) throw new OffhookError('sheet.unknown');
    const whole: SheetPlace = { mapping: null, keyPrefix: '', ...place };
    await record({ place: whole, row: walk.row!, callId: walk.kept.callId, result });
    walk.recorded = true;
  }

  private async find(): Promise<void> {
    if (!this.walk) return;
    await this.rows.find(this.walk);
    await this.settle();
  }

  private async goOn(walk: WalkState, done: boolean): Promise<SheetWalk> {
    this.rest();
    if (walk.step === 'finished') return toSheetWalk(walk);
    if (!done) await this.rows.skip(walk);
    const { kept } = walk;
    const row = walk.row?.row ?? kept.row;
    const next = {
      ...walk,
      kept: { ...kept, row, done: kept.done + (done ? 1 : 0), skipped: kept.skipped + (done ? 0 : 1) },
    };
    // What cannot be read now leaves the walk where it is.
    await this.rows.goTo(next, false);
    this.walk = next;
    return this.settle();
  }

  /** Keeps where the walk is, tells everybody, and plans what comes by itself. */
  private async settle(): Promise<SheetWalk> {
    const { store, show, logger } = this.options;
    const walk = this.required();
    walk.shown = walk.row && (await show(walk.kept.sheetId, walk.row).catch(() => walk.shown));
    await this.plan(walk);
    const kept = walk.step === 'finished' ? null : walk.kept;
    const print = JSON.stringify(kept);
    // A full disk keeps nobody from calling.
    if (print !== this.print)
      await store.keepWalk(kept).then(
        () => (this.print = print),
        (error: unknown) => logger.warn('the place of a walk is not kept', { error }),
      );
    const told = toSheetWalk(walk);
    this.changed.fire(told);
    return told;
  }

  private async plan(walk: WalkState): Promise<void> {
    this.rest();
    const { clock, services } = this.options;
    const pause = (await this.rows.setupOf(walk.kept.sheetId))?.pauseMilliseconds ?? null;
    const isTime = walk.step === 'ready' ? walk.begun : walk.step === 'wrapping-up' && walk.recorded;
    if (pause === null || !isTime || walk.paused || services.calls.live().length > 0) return;
    if (walk.step === 'ready' && !this.dialsUnasked(walk)) return;
    walk.nextAt = clock.now() + pause;
    this.timer = clock.after(pause, () => this.later(() => this.goByItself()));
  }

  private async goByItself(): Promise<void> {
    const { walk } = this;
    if (!walk || walk.nextAt === null || walk.paused) return;
    this.rest();
    if (walk.step === 'wrapping-up') await this.goOn(walk, true);
    const now = this.required();
    this.rest();
    const isFree = this.options.services.calls.live().length === 0;
    if (now.step !== 'ready' || now.paused || !isFree || !this.dialsUnasked(now)) return void (await this.settle());
    try {
      await this.callRow(now, 0);
    } catch (error) {
      // No line, or no number any more: the user goes on when that is mended.
      now.paused = true;
      await this.settle();
      throw error;
    }
  }

  /** Nobody is alarmed by a row, and no number that costs is dialled because somebody wrote it into one. */
  private dialsUnasked({ row }: WalkState): boolean {
    const number = row?.numbers[0];
    return number === undefined || (!number.emergency && this.options.mayDialUnasked(number.dial));
  }

  /** Somebody else's call: one made by hand pauses the walk, one that comes in holds it up. */
  private heard(call: Call): void {
    const { walk } = this;
    if (!walk || this.placing) return;
    this.rest();
    if (call.direction === 'outgoing') walk.paused = true;
    this.later(async () => this.walk && this.settle());
  }

  /** No call is up any more: what waited for that goes on. */
  private wake(): void {
    const { walk } = this;
    if (!walk || walk.paused || walk.nextAt !== null || this.options.services.calls.live().length > 0) return;
    const waits = walk.step === 'ready' ? walk.begun : walk.step === 'wrapping-up' && walk.recorded;
    if (!waits) return;
    this.later(async () => this.walk?.nextAt === null && this.settle());
  }

  private rest(): void {
    this.timer?.dispose();
    this.timer = null;
    if (this.walk) this.walk.nextAt = null;
  }

  /** What nobody waits for. */
  private later(work: () => Promise<unknown>): void {
    this.inTurn(work).catch((error: unknown) => {
      this.options.logger.warn('a walk down a sheet does not go on by itself', { error });
    });
  }

  /** One after the other, whatever becomes of the one before. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work, work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

function begun(kept: KeptWalk): WalkState {
  return {
    ...{ kept, step: 'ready', paused: false, begun: false, row: null, shown: null },
    ...{ left: 0, proposed: null, recorded: false, nextAt: null },
  };
}

function isBusy({ kept, step }: WalkState, sheetId: string): boolean {
  if (step === 'finished') return false;
  return kept.sheetId !== sheetId || step === 'calling' || step === 'wrapping-up';
}
