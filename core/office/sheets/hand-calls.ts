import type { CallRecord, CallResult, LoggedCall } from '#contract/ipc/index.ts';
import type { CallArchive, CallLog } from '#core/call-log/index.ts';
import { DisposableStore } from '#core/foundation/index.ts';
import { callsEndingAfter } from '../recent-calls.ts';
import { resultCells } from './journal/result-cells.ts';
import { noResult } from './journal/sheet-journal.ts';
import type { RowCall } from './journal/sheet-store.ts';
import { annotateCall, recordResult, type ResultServices } from './record-result.ts';
import type { TableRow } from './reading/sheet-reader.ts';
import type { ListedSheet, SheetList } from './sheet-list.ts';

export interface HandCallsOptions extends ResultServices {
  callLog: CallLog;
  archive: CallArchive;
  list: SheetList;
}

/** More rows than this with one number are a switchboard's, of which nobody would choose. */
const mostRows = 20;
/** Of a call of which nobody can say whose row it is. */
const noRow = '';

const talkedTo = ({ direction, answeredAt }: CallRecord) => direction === 'outgoing' || answeredAt !== null;

function resultOf({ record, annotation }: LoggedCall): CallResult {
  return {
    outcome: annotation?.outcome ?? null,
    note: annotation?.note ?? '',
    calledAt: record.answeredAt ?? record.offeredAt,
    followUpAt: annotation?.followUpAt ?? null,
  };
}

const hasWords = ({ outcome, note, followUpAt }: CallResult) =>
  (outcome ?? '') !== '' || note.trim() !== '' || followUpAt !== null;
const sameWords = (one: CallResult, other: CallResult) =>
  one.outcome === other.outcome && one.note.trim() === other.note.trim() && one.followUpAt === other.followUpAt;

/** Calls that no walk made find the rows of their numbers, and what is noted of them later follows. */
export class HandCalls {
  private readonly options: HandCallsOptions;
  private readonly listening = new DisposableStore();
  /** Calls that a walk made: their results are asked for. */
  private readonly walked = new Set<string>();
  private turn: Promise<void> = Promise.resolve();
  /** One has not found its row in this run: the next start looks again from there. */
  private isBehind = false;

  constructor(options: HandCallsOptions) {
    this.options = options;
  }

  start(): void {
    const { callLog, archive } = this.options;
    this.listening.add(callLog.onRecorded((record) => record.endedAt !== null && this.then(() => this.heard(record))));
    this.listening.add(archive.onAnnotated((call) => this.then(() => this.annotated(call))));
  }

  /** Finds the rows of calls whose ends nobody heard: the agent died, or was ended in the middle of them. */
  catchUp(): void {
    this.then(async () => {
      const { store, archive, clock } = this.options;
      const until = await store.heardUntil();
      if (until === null) return store.keepHeard(clock.now());
      const missed: CallRecord[] = [];
      for await (const calls of callsEndingAfter(archive, until))
        missed.push(...calls.filter(({ endedAt }) => endedAt !== null && endedAt > until));
      for (const record of missed.toReversed()) if (!(await this.isKnown(record))) await this.heard(record);
    });
  }

  /** A call of a walk, of which nothing is written before its result is given. */
  leaveOut(callId: string): void {
    this.walked.add(callId);
  }

  takeOver(callId: string): void {
    this.walked.delete(callId);
  }

  dispose(): void {
    this.listening.dispose();
  }

  async settled(): Promise<void> {
    await this.turn;
  }

  private then(work: () => Promise<void>): void {
    this.turn = this.turn.then(work).catch((error: unknown) => {
      this.isBehind = true;
      this.options.logger.warn('a call has not found its row', { error });
    });
  }

  private async heard(record: CallRecord): Promise<void> {
    await this.ended(record);
    if (!this.isBehind) await this.options.store.keepHeard(record.endedAt!);
  }

  private async isKnown({ id }: CallRecord): Promise<boolean> {
    return (await this.options.store.calls(id)).some(({ result }) => result !== null);
  }

  private async ended(record: CallRecord): Promise<void> {
    const { store, archive } = this.options;
    const calls = await store.calls(record.id);
    const late = calls.find(({ result }) => result !== null);
    // Its result was given before it had a record.
    if (late) await annotateCall(record.id, late.result!, this.options);
    if (this.walked.delete(record.id) || !talkedTo(record)) return;
    const result = resultOf((await archive.get(record.id).catch(() => null)) ?? bare(record));
    if (calls.length > 0) {
      for (const call of calls) if (call.result === null) await this.write(call, result);
      return;
    }
    if (record.partyKey !== null) await this.findRows(record, record.partyKey, result);
  }

  private async annotated(call: LoggedCall): Promise<void> {
    if (call.record.endedAt === null) return;
    const result = resultOf(call);
    for (const known of await this.options.store.calls(call.record.id)) {
      const calledAt = known.result?.calledAt ?? result.calledAt;
      if (sameWords(result, known.result ?? noResult)) continue;
      if (known.key === noRow) await this.renewDoubt(known, { ...result, calledAt }, call.record.partyKey);
      else await this.write(known, { ...result, calledAt });
    }
  }

  private async findRows(record: CallRecord, partyKey: string, result: CallResult): Promise<void> {
    const { store, list } = this.options;
    if (list.all.length === 0) return;
    const entries = await store.entriesWith(partyKey);
    const sheets = new Set(entries.map(({ directoryId, path, sheet }) => list.at(directoryId, path, sheet)));
    for (const sheet of sheets) if (sheet) await this.findRowsIn(sheet, record.id, partyKey, result);
  }

  private async findRowsIn(sheet: ListedSheet, callId: string, partyKey: string, result: CallResult): Promise<void> {
    if (!(await this.isWanted(sheet))) return;
    const { id: sheetId, path, sheet: name } = sheet.place;
    const entries = await this.options.store.entriesWith(partyKey);
    const there = entries.filter((entry) => entry.path === path && entry.sheet === name);
    const rows = await this.rowsOf(sheet, partyKey, there);
    if (rows.length === 1) await this.write({ callId, sheetId, key: rows[0]!.key, result: null }, result, rows[0]);
    else if (rows.length > 1) await this.ask(sheet, rows.slice(0, mostRows), { callId, sheetId, key: noRow, result });
  }

  private async isWanted({ place }: ListedSheet): Promise<boolean> {
    return (await this.options.setups.of(place)).setup.byHand;
  }

  /** As the sheet is now; as its address book has them where it cannot be read. */
  private async rowsOf(
    { place }: ListedSheet,
    partyKey: string,
    entries: readonly Omit<TableRow, 'firm' | 'cells' | 'numbers'>[],
  ) {
    const { reader, setups } = this.options;
    try {
      return (await reader.find({ ...(await setups.questionFor(place)), partyKey })).rows;
    } catch {
      // Why it cannot be read is told by the reader.
      return entries.map(({ key, row, name }): TableRow => ({ key, row, name, firm: '', cells: [], numbers: [] }));
    }
  }

  private async write(call: RowCall, result: CallResult, seen: TableRow | null = null): Promise<void> {
    const { list, setups, store } = this.options;
    const sheet = list.find(call.sheetId);
    if (!sheet || !(await this.isWanted(sheet)) || call.key === noRow) return;
    const [kept] = await store.rows(call.sheetId, [call.key]);
    const known = { row: 0, name: '', firm: '' };
    const { place } = sheet;
    await recordResult(
      {
        ...{ place, key: call.key, callId: call.callId, result },
        // Nobody has said that columns may be added to this sheet.
        results: await setups.columnsThere(place),
        seen: seen ?? (kept ? known : null),
      },
      this.options,
    );
  }

  /** Nobody is asked whose row it was before there is something to be written of the call but its time. */
  private async ask(sheet: ListedSheet, rows: readonly TableRow[], call: RowCall): Promise<void> {
    if (hasWords(call.result!)) await this.doubt(sheet, rows, call);
    else await this.options.store.keep({ calls: [{ ...call, result: null }] });
  }

  private async doubt(sheet: ListedSheet, rows: readonly TableRow[], call: RowCall): Promise<void> {
    const { journal, setups } = this.options;
    const results = await setups.columnsThere(sheet.place);
    const columns = await setups.headings(sheet.place).catch(() => []);
    const doubtful = rows.map(({ key, row, name, firm, cells }) => {
      const textOf = (heading: string) => cells[columns.findIndex((column) => column.heading === heading)] ?? '';
      const changed = resultCells(call.result!, { results, textOf, before: null, written: null });
      return { sheetId: sheet.place.id, key, row, name: name || firm, cells: changed };
    });
    if (doubtful.some(({ cells }) => cells.length > 0)) await journal.keepDoubtful(doubtful, [call]);
  }

  /** What is noted of a call whose row the user has not chosen yet. */
  private async renewDoubt(call: RowCall, result: CallResult, partyKey: string | null): Promise<void> {
    const { journal, list, setups, reader } = this.options;
    const sheet = list.find(call.sheetId);
    if (!sheet) return;
    if (call.result === null)
      return partyKey === null ? undefined : this.findRowsIn(sheet, call.callId, partyKey, result);
    const open = journal
      .conflicts(call.sheetId)
      .filter(({ callId, state }) => callId === call.callId && state === 'several');
    if (open.length === 0) return;
    const keys = open.map(({ key }) => key);
    const page = await reader.rows({ ...(await setups.questionFor(sheet.place)), keys });
    await journal.drop(open.map(({ id }) => id));
    await this.doubt(sheet, page.rows, { ...call, result });
  }
}

function bare(record: CallRecord): LoggedCall {
  return { record, annotation: null, person: null, missed: null, hasRecording: false };
}
