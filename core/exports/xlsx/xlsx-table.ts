import type { ByteSink, ExportTable } from '../export-table.ts';
import type { CellKind, LayoutColumn, TableLayout } from '../table-layout.ts';
import { sheetName } from './sheet-name.ts';
import { headStyle, sheetEnd, sheetStart, styleOf, workbookParts, type SheetPart } from './workbook-parts.ts';
import { xmlText } from './xml-text.ts';
import { ZipWriter } from './zip-writer.ts';

/** Rows of a sheet in Excel, the head row included. */
const sheetRows = 1_048_576;
/** Texts may be long: a sheet that ends here stays far below what a ZIP file takes. */
const sheetCharacters = 1_000_000_000;
const day = 86_400_000;
/** 1 January 1970 in the days of a spreadsheet, which begin with 1900 and count a 29 February too many. */
const unixEpoch = 25_569;
const second = 1000;

/**
 * A spreadsheet (ECMA-376) written row by row. Texts are inline strings, which need no table of all strings in memory
 * and never are formulas. Dates and durations are numbers with formats. What does not fit on a sheet goes on to a next.
 */
export class XlsxTable<Row> implements ExportTable<Row> {
  private readonly layout: TableLayout<Row>;
  private readonly zip: ZipWriter;
  private readonly rowsOfSheet: number;
  private readonly letters: readonly string[];
  private readonly sheets: SheetPart[] = [];
  private row = 0;
  private characters = 0;

  constructor(layout: TableLayout<Row>, sink: ByteSink, rowsOfSheet: number = sheetRows) {
    this.layout = layout;
    this.letters = layout.columns.map((_column, index) => String.fromCharCode(65 + index));
    this.zip = new ZipWriter(sink);
    this.rowsOfSheet = rowsOfSheet;
  }

  async add(rows: readonly Row[]): Promise<void> {
    let text = '';
    for (const row of rows) {
      if (this.row === 0 || this.row === this.rowsOfSheet || this.characters > sheetCharacters) {
        await this.write(text);
        text = '';
        await this.nextSheet();
      }
      text += this.rowOf((column) => this.cell(column.kind, column.value(row)));
    }
    await this.write(text);
  }

  async finish(): Promise<void> {
    if (this.sheets.length === 0) await this.nextSheet();
    await this.endSheet();
    for (const [name, text] of workbookParts(this.sheets, this.layout.language)) {
      await this.zip.begin(name);
      await this.zip.write(text);
    }
    await this.zip.finish();
  }

  private async nextSheet(): Promise<void> {
    await this.endSheet();
    const { title, columns } = this.layout;
    this.sheets.push({ name: sheetName(title, this.sheets.length + 1), area: '' });
    this.characters = 0;
    await this.zip.begin(`xl/worksheets/sheet${this.sheets.length}.xml`);
    const heading = this.rowOf(({ heading: text }) => inline(text, headStyle));
    await this.write(sheetStart(columns.map(({ width }) => width)) + heading);
  }

  private async endSheet(): Promise<void> {
    const sheet = this.sheets.at(-1);
    if (!sheet) return;
    sheet.area = `$A$1:$${this.letters.at(-1)}$${this.row}`;
    await this.write(sheetEnd(sheet.area));
    this.row = 0;
  }

  /** @param contentOf what comes after the cell's reference; null for an empty cell */
  private rowOf(contentOf: (column: LayoutColumn<Row>) => string | null): string {
    this.row += 1;
    let text = `<row r="${this.row}">`;
    for (const [index, column] of this.layout.columns.entries()) {
      const content = contentOf(column);
      if (content !== null) text += `<c r="${this.letters[index]}${this.row}"${content}</c>`;
    }
    return `${text}</row>`;
  }

  private cell(kind: CellKind, value: string | number | null): string | null {
    if (value === null || value === '') return null;
    if (typeof value === 'string') return inline(value, styleOf.text);
    return ` s="${styleOf[kind]}"><v>${serial(kind, value)}</v>`;
  }

  private async write(text: string): Promise<void> {
    if (text === '') return;
    this.characters += text.length;
    await this.zip.write(text);
  }
}

function inline(text: string, style: number): string {
  return ` s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is>`;
}

/** A spreadsheet counts time in days. */
function serial(kind: CellKind, value: number): number {
  switch (kind) {
    case 'date':
      return Math.floor(value / day) + unixEpoch;
    case 'time':
      return (Math.floor(value / second) * second - Math.floor(value / day) * day) / day;
    case 'moment':
      return value / day + unixEpoch;
    case 'duration':
      return (Math.round(value / second) * second) / day;
    case 'number':
    case 'text':
      return value;
  }
}
