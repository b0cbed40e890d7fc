import type { CellFault, TableRow } from '../table.ts';
import { CellHead } from './cell-head.ts';
import { cellKind, type CellText } from './cell-text.ts';
import { xmlText } from './xml-text.ts';
import { nameHash, type XmlSink } from './xml-scanner.ts';

const [row, cell, value, formula, text, phonetic, data] = ['row', 'c', 'v', 'f', 't', 'rPh', 'sheetData'].map(nameHash);
const [less, greater, slash, equals, space, zero, nine] = [0x3c, 0x3e, 0x2f, 0x3d, 0x20, 0x30, 0x39];
const [letterC, letterR, letterV] = [0x63, 0x72, 0x76];
/** UTF-16 units that Excel allows a cell. */
const longestText = 32_767;
/** Digits that a spreadsheet's number has; with fewer it is its own shortest text. */
const exactDigits = 15;

/**
 * Makes rows of a sheet's elements (ECMA-376 part 1, 18.3.1), of the wanted columns alone. Plain loops over bytes: this
 * runs once for each cell of an office's largest tables.
 */
export class RowSink implements XmlSink {
  wantsText = false;
  done = false;
  readonly quickLetter = letterC;
  /** Rows that are complete; whoever takes them leaves the list empty. */
  rows: TableRow[] = [];
  private readonly texts: CellText;
  /** Place in `cells` by column; -1 for a column that nobody asked for. */
  private readonly places: Int16Array;
  private readonly blank: readonly string[];
  protected readonly head = new CellHead();
  private cells: string[] | null = null;
  private faults: CellFault[] | null = null;
  protected inData = false;
  /** Counted from 1. */
  protected rowNumber = 0;
  /** Of the cell that is open; -1 for one that nobody asked for. */
  protected place = -1;
  private content = '';
  private formula = '';
  private inFormula = false;
  private inPhonetic = false;

  constructor(columns: readonly number[], texts: CellText) {
    this.texts = texts;
    this.blank = columns.map(() => '');
    this.places = new Int16Array(Math.max(0, ...columns) + 1).fill(-1);
    columns.forEach((column, place) => (this.places[column] = place));
  }

  open(name: number, bytes: Buffer, from: number, to: number, _at = 0): void {
    if (name === cell) this.openCell(bytes, from, to);
    else if (name === value || name === text) this.wantsText = this.place >= 0 && !this.inPhonetic;
    else if (name === row) this.openRow(bytes, from, to);
    else if (name === formula) {
      this.inFormula = true;
      this.wantsText = this.place >= 0;
      this.formula = '=';
    } else if (name === phonetic) this.inPhonetic = true;
    else if (name === data) this.inData = true;
  }

  close(name: number, _at = 0, _next = 0): void {
    if (name === value || name === text) this.wantsText = false;
    else if (name === cell) this.closeCell();
    else if (name === row) this.closeRow();
    else if (name === formula) this.wantsText = this.inFormula = false;
    else if (name === phonetic) this.inPhonetic = false;
    else if (name === data) this.done = true;
  }

  text(bytes: Buffer, from: number, to: number, literal: boolean): void {
    if (this.inFormula) this.formula += xmlText(bytes, from, Math.min(to, from + 100), literal);
    else if (this.content.length <= longestText) this.content += xmlText(bytes, from, to, literal);
  }

  /** `<c r="B2" s="1" t="s"><v>17</v></c>` or `<c r="B2" s="1"/>` */
  quick(bytes: Buffer, at: number, end: number): number {
    if (!this.inData || bytes[at + 2] !== space || at + 3 >= end) return -1;
    const { head } = this;
    const before = head.column;
    const here = head.readQuickly(bytes, at + 3);
    if (here < 0) return -1;
    if (bytes[here] === slash && bytes[here + 1] === greater) return here + 2;
    const from = here + 4;
    if (isValueStart(bytes, here)) {
      let to = from;
      let digits = 0;
      let integer = 0;
      for (let byte = bytes[to]!; to < end && byte !== less; byte = bytes[++to]!) {
        if (byte < zero || byte > nine) continue;
        digits += 1;
        integer = integer * 10 + byte - zero;
      }
      if (isValueEnd(bytes, to)) {
        const place = this.placeOf(head.column);
        if (place >= 0 && to > from) this.take(place, bytes, from, to, digits === to - from ? integer : -1);
        return to + 8;
      }
    }
    head.column = before;
    return -1;
  }

  /** @param integer the value, if it is of digits alone; else -1 */
  private take(place: number, bytes: Buffer, from: number, to: number, integer: number): void {
    const { kind, style } = this.head;
    this.cells ??= this.blank.slice();
    if (kind === cellKind.shared && integer >= 0) this.keep(place, this.texts.shared(integer));
    else if (kind === cellKind.number && integer >= 0 && to - from <= exactDigits && this.texts.isPlain(style))
      this.cells[place] = bytes.toString('latin1', from, to);
    else this.put(place, xmlText(bytes, from, to));
  }

  private openRow(bytes: Buffer, from: number, to: number): void {
    this.rowNumber += 1;
    this.head.column = -1;
    for (let at = from; at < to; at++) {
      // ` r="17"`, and not the end of another name.
      if (bytes[at] !== letterR || bytes[at + 1] !== equals || bytes[at - 1]! > space) continue;
      let given = 0;
      for (at += 3; bytes[at]! >= zero && bytes[at]! <= nine; at++) given = given * 10 + bytes[at]! - zero;
      if (given > 0) this.rowNumber = given;
      return;
    }
  }

  private openCell(bytes: Buffer, from: number, to: number): void {
    this.head.read(bytes, from, to);
    this.place = this.inData ? this.placeOf(this.head.column) : -1;
    this.content = this.formula = '';
  }

  private closeCell(): void {
    const { place } = this;
    if (place < 0) return;
    this.place = -1;
    if (this.content !== '') this.put(place, this.content);
    else if (this.formula !== '' && this.head.kind !== cellKind.text) this.fault(place, 'not-calculated', this.formula);
  }

  private put(place: number, content: string): void {
    const { kind, style } = this.head;
    const shown = this.texts.of(kind, content, style);
    this.cells ??= this.blank.slice();
    if (kind === cellKind.error) this.fault(place, 'error', shown);
    else this.keep(place, shown);
  }

  private keep(place: number, shown: string): void {
    const tooLong = shown.length > longestText;
    this.cells![place] = tooLong ? shown.slice(0, longestText) : shown;
    if (tooLong) this.fault(place, 'cut', '');
  }

  private placeOf(column: number): number {
    return column < this.places.length ? this.places[column]! : -1;
  }

  private fault(index: number, kind: CellFault['kind'], text: string): void {
    this.cells ??= this.blank.slice();
    this.faults ??= [];
    this.faults.push({ index, kind, text: text.slice(0, 100) });
  }

  private closeRow(): void {
    if (this.cells === null) return;
    this.rows.push({ row: this.rowNumber, cells: this.cells, faults: this.faults });
    this.cells = this.faults = null;
  }
}

/** `><v>` */
function isValueStart(bytes: Buffer, at: number): boolean {
  return bytes[at] === greater && bytes[at + 1] === less && bytes[at + 2] === letterV && bytes[at + 3] === greater;
}

/** `</v></c>` */
function isValueEnd(bytes: Buffer, at: number): boolean {
  return (
    at + 8 <= bytes.length &&
    bytes[at + 1] === slash &&
    bytes[at + 2] === letterV &&
    bytes[at + 3] === greater &&
    bytes[at + 4] === less &&
    bytes[at + 5] === slash &&
    bytes[at + 6] === letterC &&
    bytes[at + 7] === greater
  );
}
