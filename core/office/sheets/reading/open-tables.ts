import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import type { SheetColumn, SheetFilter } from '#contract/ipc/index.ts';
import type { NumberRules } from '#core/contacts/index.ts';
import { Emitter, type Clock } from '#core/foundation/index.ts';
import type { SheetPlace } from '../sheet-place.ts';
import { joined, OpenTable, type TableTerms } from './open-table.ts';
import { readSheet } from './read-sheet.ts';
import type { NextRow, RowMark, SheetQuestion, SheetReader, TableNews, TablePage, WalkPlace } from './sheet-reader.ts';

export interface OpenTablesOptions {
  clock: Clock;
  /** What is known of a sheet's rows when it is first opened. */
  marksOf: (sheetId: string) => Promise<RowMark[]>;
}

interface Opened {
  asked: SheetQuestion;
  table: OpenTable | null;
  /** Size and time of the file as it was read. */
  print: string;
  marks: Map<string, RowMark> | null;
  reading: Promise<void> | null;
  problem: ErrorReport | null;
}

/** Sheets that are kept; of more, the one is let go that nobody asked about for longest. */
const mostTables = 6;
/** A file that changes while it is read is read so often at once. */
const mostReadings = 3;

/** Sheets in the memory of this thread. */
export class OpenTables implements SheetReader {
  private readonly options: OpenTablesOptions;
  private readonly opened = new Map<string, Opened>();
  private readonly read = new Emitter<TableNews>();
  private lastVersion = 0;

  readonly onRead = this.read.event;

  constructor(options: OpenTablesOptions) {
    this.options = options;
  }

  async page(asked: SheetQuestion & { filter: SheetFilter; offset: number; limit: number }): Promise<TablePage> {
    return (await this.open(asked)).page(asked.filter, asked, this.termsOf(asked));
  }

  async rows(asked: SheetQuestion & { keys: readonly string[] }): Promise<TablePage> {
    return (await this.open(asked)).rows(asked.keys, this.termsOf(asked));
  }

  async find(asked: SheetQuestion & { partyKey: string }): Promise<TablePage> {
    return (await this.open(asked)).find(asked.partyKey, this.termsOf(asked));
  }

  async next(asked: SheetQuestion & { filter: SheetFilter; from: WalkPlace }): Promise<NextRow> {
    return (await this.open(asked)).next(asked.filter, asked.from, this.termsOf(asked));
  }

  async headings(asked: SheetQuestion): Promise<SheetColumn[]> {
    return [...(await this.open(asked)).columns];
  }

  written(sheetId: string, rows: Parameters<SheetReader['written']>[1]): void {
    const opened = this.opened.get(sheetId);
    for (const { key, cells } of rows) opened?.table?.setCells(key, cells);
    this.lookAgain(sheetId);
  }

  mark(sheetId: string, marks: readonly RowMark[]): void {
    const opened = this.opened.get(sheetId);
    if (opened?.table) opened.table.mark(marks);
    else for (const mark of marks) opened?.marks?.set(mark.key, joined(opened.marks.get(mark.key), mark));
  }

  lookAgain(sheetId: string): void {
    const opened = this.opened.get(sheetId);
    if (opened) void this.renew(opened);
  }

  async close(): Promise<void> {
    await Promise.all([...this.opened.values()].map(({ reading }) => reading?.catch(() => undefined)));
    this.opened.clear();
  }

  private termsOf({ results, rules }: SheetQuestion): TableTerms {
    return { results, rules, now: this.options.clock.now() };
  }

  /** The rows as read last, however old: what is new is told later. */
  private async open(asked: SheetQuestion): Promise<OpenTable> {
    const opened = this.take(asked);
    const { table } = opened;
    if (table) {
      void this.renew(opened);
      return table;
    }
    opened.reading ??= this.readFirst(opened).finally(() => (opened.reading = null));
    await opened.reading;
    if (!opened.table) throw OffhookError.fromReport(opened.problem!);
    return opened.table;
  }

  private take({ place, results, rules }: SheetQuestion): Opened {
    const known = this.opened.get(place.id);
    const isSame = known && JSON.stringify(known.asked.place) === JSON.stringify(place);
    const opened: Opened = known ?? {
      ...{ asked: { place, results, rules }, table: null, print: '', marks: null, reading: null, problem: null },
    };
    opened.asked = { place, results, rules };
    // It lies elsewhere now, or is read otherwise.
    if (known && !isSame) opened.print = '';
    this.opened.delete(place.id);
    this.opened.set(place.id, opened);
    const [oldest] = this.opened.keys();
    if (this.opened.size > mostTables) this.opened.delete(oldest!);
    return opened;
  }

  /** Reads the file again if it is another than before. Never rejects. */
  private async renew(opened: Opened): Promise<void> {
    if (opened.reading) return;
    opened.reading = this.renewNow(opened)
      .catch((error: unknown) => this.tell(opened, toReport(error)))
      .finally(() => (opened.reading = null));
    await opened.reading;
  }

  private async readFirst(opened: Opened): Promise<void> {
    await this.readAll(opened).catch((error: unknown) => {
      this.tell(opened, toReport(error));
      throw error;
    });
  }

  private async renewNow(opened: Opened): Promise<void> {
    if (opened.problem === null && (await printOf(opened.asked.place)) === opened.print) return;
    await this.readAll(opened);
  }

  private async readAll(opened: Opened): Promise<void> {
    const { place } = opened.asked;
    opened.marks ??= new Map((await this.options.marksOf(place.id)).map((mark) => [mark.key, mark]));
    for (let reading = 1; ; reading++) {
      const print = await printOf(place);
      const table = await readSheet(place);
      if (print !== (await printOf(place)) && reading < mostReadings) continue;
      this.lastVersion = Math.max(this.lastVersion + 1, this.options.clock.now());
      opened.print = print;
      opened.table = new OpenTable(table, opened.table?.marks ?? opened.marks, this.lastVersion);
      return this.tell(opened, null);
    }
  }

  /** Tells how many rows have a number, when nobody waits for anything else. */
  private async count(opened: Opened, table: OpenTable, rules: NumberRules): Promise<void> {
    const rows = await table.count(rules, () => setImmediate());
    if (rows === null || opened.table !== table) return;
    this.read.fire({ sheetId: opened.asked.place.id, version: table.version, rows, problem: opened.problem });
  }

  private tell(opened: Opened, problem: ErrorReport | null): void {
    const isNew = problem === null || problem.code !== opened.problem?.code;
    opened.problem = problem;
    const { place, rules } = opened.asked;
    if (!isNew) return;
    const { table } = opened;
    const news = { sheetId: place.id, version: table?.version ?? 0, problem };
    this.read.fire({ ...news, rows: null });
    if (problem === null && table) void this.count(opened, table, rules);
  }
}

/** Empty for a file that is not there. */
async function printOf({ path }: SheetPlace): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found ? `${found.size} ${found.mtimeMs} ${found.ino}` : '';
}
