import type { ResultColumns, SheetColumn, SheetFilter } from '#contract/ipc/index.ts';
import type { NumberRules } from '#core/contacts/index.ts';
import { cutText, showLine } from '#core/foundation/index.ts';
import { PartyIndex } from './party-index.ts';
import { rowFilter } from './row-filter.ts';
import { numbersOf } from './row-numbers.ts';
import type { NextRow, RowMark, TablePage, TableRow, WalkPlace } from './sheet-reader.ts';
import { SheetTable, unpackCells, type TableEntry } from './sheet-table.ts';

/** By whose rules, and when. */
export interface TableTerms {
  results: ResultColumns;
  rules: NumberRules;
  /** Unix ms. */
  now: number;
}

/** UTF-16 units of a cell in a page. */
const longestCell = 2000;
/** A filter that looks at the time is looked through again after this. */
const staleMilliseconds = 30_000;
/** Rows whose numbers are read before others may ask. */
const rowsAtOnce = 1000;

/** One sheet in memory, with what is known here of its rows. */
export class OpenTable {
  readonly version: number;
  readonly marks: Map<string, RowMark>;
  private readonly table: SheetTable;
  private kept: { print: string; at: number; entries: readonly TableEntry[] } | null = null;
  private parties: PartyIndex | null = null;

  constructor(table: SheetTable, marks: Map<string, RowMark>, version: number) {
    this.table = table;
    this.marks = marks;
    this.version = version;
  }

  get columns(): readonly SheetColumn[] {
    return this.table.columns;
  }

  page(filter: SheetFilter, place: { offset: number; limit: number }, terms: TableTerms): TablePage {
    const entries = this.filtered(filter, terms);
    const shown = entries.slice(place.offset, place.offset + place.limit);
    return this.pageOf(shown, entries.length, terms, longestCell);
  }

  rows(keys: readonly string[], terms: TableTerms): TablePage {
    const entries = keys.map((key) => this.table.entries[this.table.placeOf(key)]).filter((each) => each !== undefined);
    return this.pageOf(entries, entries.length, terms, Infinity);
  }

  find(partyKey: string, terms: TableTerms): TablePage {
    const places = this.indexed(terms.rules).placesOf(partyKey);
    return this.pageOf(
      places.map((place) => this.table.entries[place]!),
      places.length,
      terms,
      Infinity,
    );
  }

  next(filter: SheetFilter, walk: WalkPlace, terms: TableTerms): NextRow {
    const index = this.indexed(terms.rules);
    const isLeft = rowFilter(this.table, filter, { ...terms, marks: this.marks, country: terms.rules.country });
    const found: NextRow & { entry: TableEntry | null } = { entry: null, row: null, passed: 0, left: 0 };
    for (let place = this.firstOf(walk); place < this.table.entries.length; place++) {
      const entry = this.table.entries[place]!;
      if (this.isVisited(entry.key, walk.since) || !isLeft(entry)) continue;
      if (!index.hasNumber(place)) found.passed += found.entry === null ? 1 : 0;
      else if (found.entry === null) found.entry = entry;
      else found.left += 1;
    }
    const row = found.entry && this.rowOf(found.entry, terms, Infinity);
    return { row, passed: found.passed, left: found.left };
  }

  setCells(key: string, cells: readonly { heading: string; text: string }[]): void {
    this.table.setCells(key, cells);
    this.changed();
  }

  mark(marks: readonly RowMark[]): void {
    for (const mark of marks) this.marks.set(mark.key, joined(this.marks.get(mark.key), mark));
    this.changed();
  }

  /** For whoever is not in a hurry: the rows with a number, read a few at a time. Null where other rules came meanwhile. */
  async count(rules: NumberRules, pause: () => Promise<void>): Promise<number | null> {
    const index = this.indexed(rules);
    while (!index.proceed(rowsAtOnce)) await pause();
    return index === this.parties ? index.count : null;
  }

  private changed(): void {
    this.kept = null;
  }

  private filtered(filter: SheetFilter, { results, rules, now }: TableTerms): readonly TableEntry[] {
    const text = filter.text.trim();
    if (text === '' && !filter.uncalled && !filter.due) return this.table.entries;
    const print = JSON.stringify([text, filter.uncalled, filter.due, results, rules.country]);
    const isFresh = this.kept?.print === print && (!filter.due || now - this.kept.at < staleMilliseconds);
    if (!isFresh) {
      const facts = { marks: this.marks, results, country: rules.country, now };
      this.kept = { print, at: now, entries: this.table.entries.filter(rowFilter(this.table, filter, facts)) };
    }
    return this.kept!.entries;
  }

  private indexed(rules: NumberRules): PartyIndex {
    if (!this.parties || JSON.stringify(this.parties.rules) !== JSON.stringify(rules))
      this.parties = new PartyIndex(this.table, rules);
    return this.parties;
  }

  private firstOf({ key, row, included }: WalkPlace): number {
    if (key === null) return 0;
    const place = this.table.placeOf(key);
    if (place >= 0) return included ? place : place + 1;
    // The row is gone: on with what came after it.
    const after = this.table.entries.findIndex((entry) => entry.row >= row);
    return after < 0 ? this.table.entries.length : after;
  }

  private isVisited(key: string, since: number): boolean {
    const mark = this.marks.get(key);
    return mark !== undefined && Math.max(mark.calledAt ?? 0, mark.skippedAt ?? 0) >= since;
  }

  private pageOf(entries: readonly TableEntry[], total: number, terms: TableTerms, longest: number): TablePage {
    const rows = entries.map((entry) => this.rowOf(entry, terms, longest));
    return { columns: [...this.table.columns], total, rows, version: this.version };
  }

  private rowOf(entry: TableEntry, { rules }: TableTerms, longest: number): TableRow {
    const { key, row, name, firm } = entry;
    const cells = unpackCells(entry.cells);
    return {
      ...{ key, row, name: showLine(name, 200), firm: showLine(firm, 200) },
      cells: cells.map((text) => (text.length > longest ? cutText(text, longest) : text)),
      numbers: numbersOf(this.table, entry, rules),
    };
  }
}

/** What is not said stays, but for a follow-up, which is written or done by now. */
export function joined(before: RowMark | undefined, mark: RowMark): RowMark {
  const { calledAt, skippedAt } = mark;
  return { ...mark, calledAt: calledAt ?? before?.calledAt ?? null, skippedAt: skippedAt ?? before?.skippedAt ?? null };
}
