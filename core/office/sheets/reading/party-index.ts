import type { NumberRules } from '#core/contacts/index.ts';
import { numbersOf } from './row-numbers.ts';
import type { SheetTable } from './sheet-table.ts';

/** Whose numbers are in which rows of a sheet; made in pieces, or at once when somebody asks. */
export class PartyIndex {
  readonly rules: NumberRules;
  private readonly table: SheetTable;
  private readonly places = new Map<string, number[]>();
  private readonly numbered: Uint8Array;
  private done = 0;
  private withNumber = 0;

  constructor(table: SheetTable, rules: NumberRules) {
    this.table = table;
    this.rules = rules;
    this.numbered = new Uint8Array(table.entries.length);
  }

  /** Reads some more rows. @returns whether all are read */
  proceed(rows: number): boolean {
    const { entries } = this.table;
    const end = Math.min(entries.length, this.done + rows);
    for (; this.done < end; this.done++) this.take(this.done);
    return this.done === entries.length;
  }

  /** Places among the table's entries. */
  placesOf(partyKey: string): readonly number[] {
    this.proceed(Infinity);
    return this.places.get(partyKey) ?? [];
  }

  hasNumber(place: number): boolean {
    this.proceed(Infinity);
    return this.numbered[place] === 1;
  }

  /** Rows with a number. */
  get count(): number {
    this.proceed(Infinity);
    return this.withNumber;
  }

  private take(place: number): void {
    const numbers = numbersOf(this.table, this.table.entries[place]!, this.rules);
    for (const partyKey of new Set(numbers.map((number) => number.partyKey))) {
      const known = this.places.get(partyKey);
      if (known) known.push(place);
      else this.places.set(partyKey, [place]);
    }
    if (numbers.length === 0) return;
    this.numbered[place] = 1;
    this.withNumber += 1;
  }
}
