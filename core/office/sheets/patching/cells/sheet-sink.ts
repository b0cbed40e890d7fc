import {
  nameHash,
  RowSink,
  xmlAttributes,
  type CellText,
  type TableRow,
} from '#core/contacts/directories/sheets/index.ts';
import { readRange, type CellRange } from './cell-place.ts';

const names = ['worksheet', 'sheetData', 'row', 'v', 't', 'f', 'dimension', 'col', 'sheetProtection', 'mergeCell'];
const [worksheet, data, row, value, text, formula, dimension, col, protection, merged] = names.map(nameHash);
const [hyperlinks, hyperlink] = ['hyperlinks', 'hyperlink'].map(nameHash);
const slash = 0x2f;

/** Elements behind the cells that come before the links (ECMA-376 part 1, 18.3.1.99). */
const beforeLinks = new Set(
  [
    'sheetCalcPr',
    'sheetProtection',
    'protectedRanges',
    'scenarios',
    'autoFilter',
    'sortState',
    'dataConsolidate',
    'customSheetViews',
    'mergeCells',
    'phoneticPr',
    'conditionalFormatting',
    'dataValidations',
  ].map(nameHash),
);

/** A row as it is shown, and where it lies in the part. */
export interface PlacedRow extends TableRow {
  at: number;
  /** Columns asked for, by their place among the cells, whose cells are formulas; null for none. */
  formulas: number[] | null;
}

export interface SheetLink {
  range: CellRange | null;
  /** Of the element, in bytes of the part. */
  at: number;
  end: number;
  attributes: ReadonlyMap<string, string>;
}

/** What of a sheet matters to whoever writes into it. */
export interface SheetOutline {
  /** Its root's attributes, with the names that it gives to namespaces. */
  root: ReadonlyMap<string, string>;
  dimension: { at: number; range: CellRange } | null;
  /** Of the row that was asked for, where it begins; -1 if it is not there. */
  heading: number;
  /** Styles that whole columns have. */
  columns: { from: number; to: number; style: number }[];
  isProtected: boolean;
  /** The last column, counted from 0, that has anything in it; -1 for none. */
  widest: number;
  /** By column: a style of a day or a moment that a cell there has. */
  dateStyles: ReadonlyMap<number, number>;
  merged: CellRange[];
  /** Ranges that one formula fills: no cell of them may change. */
  arrays: CellRange[];
  links: SheetLink[];
  /** Of the element that holds the links: its beginning, where its end tag is, and its end; null where there is none. */
  linkList: { at: number; close: number; end: number } | null;
  /** Where such an element would go. */
  linkPlace: number;
}

/** Reads a sheet as `RowSink` does, and on to its end: where its rows lie, and what keeps them from being written. */
export class SheetSink extends RowSink {
  private readonly dateFormats: ReadonlySet<number>;
  private readonly wanted: readonly number[];
  private readonly headingRow: number;
  private position = 0;
  private rowStart = 0;
  private starts: number[] = [];
  private formulaPlaces: number[] | null = null;
  private formulas: (number[] | null)[] = [];
  private inTail = false;
  private depth = 0;
  private readonly outlined: SheetOutline = {
    root: new Map(),
    dimension: null,
    heading: -1,
    columns: [],
    isProtected: false,
    widest: -1,
    dateStyles: new Map(),
    merged: [],
    arrays: [],
    links: [],
    linkList: null,
    linkPlace: -1,
  };
  private readonly dated = new Map<number, number>();

  /**
   * @param columns counted from 0
   * @param dateFormats styles that show a number as a day or a moment
   * @param headingRow counted from 1; 0 for none
   */
  constructor(columns: readonly number[], texts: CellText, dateFormats: ReadonlySet<number>, headingRow: number) {
    super(columns, texts);
    this.headingRow = headingRow;
    this.wanted = columns;
    this.dateFormats = dateFormats;
  }

  /** Of the whole sheet, once it was read to its end. */
  get outline(): SheetOutline {
    return { ...this.outlined, dateStyles: this.dated };
  }

  /** Rows that are complete by now. */
  takeRows(): PlacedRow[] {
    const { starts, formulas } = this;
    // No copies: there are as many as the sheet has rows.
    const placed = this.rows.map((row, index) =>
      Object.assign(row, { at: starts[index]!, formulas: formulas[index] ?? null }),
    );
    [this.rows, this.starts, this.formulas] = [[], [], []];
    return placed;
  }

  begin(position: number): void {
    this.position = position;
  }

  override open(name: number, bytes: Buffer, from: number, to: number, at: number): void {
    if (this.inTail) {
      this.openTail(name, bytes, from, to, at);
      return;
    }
    if (!this.inData) this.openHead(name, bytes, from, to, at);
    else if (name === value || name === text || name === formula) this.filled(name, bytes, from, to);
    super.open(name, bytes, from, to);
    if (name !== row || !this.inData) return;
    this.rowStart = this.position + at;
    if (this.rowNumber === this.headingRow) this.outlined.heading = this.rowStart;
  }

  override close(name: number, at: number, next: number): void {
    if (this.inTail) {
      this.closeTail(name, at, next);
      return;
    }
    if (name === data) {
      this.inTail = true;
      return;
    }
    const before = this.rows.length;
    super.close(name);
    if (name !== row) return;
    if (this.rows.length > before) {
      this.starts.push(this.rowStart);
      this.formulas.push(this.formulaPlaces);
    }
    this.formulaPlaces = null;
  }

  override quick(bytes: Buffer, at: number, end: number): number {
    if (this.inTail) return -1;
    const next = super.quick(bytes, at, end);
    if (next > 0 && bytes[next - 2] !== slash) this.used();
    return next;
  }

  private used(): void {
    const { column, style } = this.head;
    if (column > this.outlined.widest) this.outlined.widest = column;
    if (style >= 0 && this.dateFormats.has(style)) this.dated.set(column, style);
  }

  private filled(name: number, bytes: Buffer, from: number, to: number): void {
    this.used();
    if (name !== formula) return;
    if (this.place >= 0) (this.formulaPlaces ??= []).push(this.place);
    if (to === from) return;
    const attributes = xmlAttributes(bytes, from, to);
    const range = readRange(attributes.get('ref') ?? '');
    if (range && /^(?:array|dataTable)$/.test(attributes.get('t') ?? '')) this.outlined.arrays.push(range);
  }

  private openHead(name: number, bytes: Buffer, from: number, to: number, at: number): void {
    if (name === worksheet) this.outlined.root = xmlAttributes(bytes, from, to);
    else if (name === dimension) {
      const range = readRange(xmlAttributes(bytes, from, to).get('ref') ?? '');
      if (range) this.outlined.dimension = { at: this.position + at, range };
    } else if (name === col) {
      const [first, last, style] = ['min', 'max', 'style'].map((each) => xmlAttributes(bytes, from, to).get(each));
      if (style !== undefined)
        this.outlined.columns.push({ from: Number(first) - 1, to: Number(last) - 1, style: Number(style) });
    }
  }

  private openTail(name: number, bytes: Buffer, from: number, to: number, at: number): void {
    this.depth += 1;
    const { outlined } = this;
    if (this.depth === 1) {
      if (!beforeLinks.has(name) && outlined.linkPlace < 0) outlined.linkPlace = this.position + at;
      if (name === hyperlinks) outlined.linkList = { at: this.position + at, close: 0, end: 0 };
      else if (name === protection) {
        const sheet = xmlAttributes(bytes, from, to).get('sheet') ?? '';
        outlined.isProtected = /^(?:1|true)$/.test(sheet);
      }
    } else if (this.depth === 2 && name === merged) this.merge(xmlAttributes(bytes, from, to).get('ref') ?? '');
    else if (this.depth === 2 && name === hyperlink) {
      const attributes = xmlAttributes(bytes, from, to);
      const range = readRange(attributes.get('ref') ?? '');
      outlined.links.push({ range, at: this.position + at, end: 0, attributes });
    }
  }

  private closeTail(name: number, at: number, next: number): void {
    const { outlined } = this;
    if (this.depth === 0) {
      if (name !== worksheet) return;
      if (outlined.linkPlace < 0) outlined.linkPlace = this.position + at;
      this.done = true;
      return;
    }
    if (this.depth === 1 && name === hyperlinks && outlined.linkList) {
      outlined.linkList.close = this.position + at;
      outlined.linkList.end = this.position + next;
    } else if (this.depth === 2 && name === hyperlink) outlined.links.at(-1)!.end = this.position + next;
    this.depth -= 1;
  }

  /** Only those that touch a column which may be written. */
  private merge(reference: string): void {
    const range = readRange(reference);
    if (range && this.wanted.some((column) => column >= range.left && column <= range.right))
      this.outlined.merged.push(range);
  }
}
