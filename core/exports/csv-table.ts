import { disarm, quote } from './csv-text.ts';
import type { ByteSink, ExportTable } from './export-table.ts';
import type { CellKind, TableLayout } from './table-layout.ts';

const byteOrderMark = '\ufeff';

/** Comma-separated values (RFC 4180) as Excel opens them: UTF-8 with a byte order mark, the language's separator. */
export class CsvTable<Row> implements ExportTable<Row> {
  private readonly layout: TableLayout<Row>;
  private readonly sink: ByteSink;
  private readonly separator: string;

  constructor(layout: TableLayout<Row>, sink: ByteSink) {
    this.layout = layout;
    this.sink = sink;
    this.separator = layout.language === 'ru' ? ';' : ',';
    this.put(byteOrderMark + this.row(layout.columns.map(({ heading }) => quote(disarm(heading)))));
  }

  async add(rows: readonly Row[]): Promise<void> {
    this.put(rows.map((row) => this.row(this.fields(row))).join(''));
  }

  async finish(): Promise<void> {}

  private fields(row: Row): string[] {
    return this.layout.columns.map(({ kind, value }) => {
      const cell = value(row);
      if (cell === null) return '';
      return typeof cell === 'string' ? quote(disarm(cell)) : this.number(kind, cell);
    });
  }

  /** Durations are whole seconds. */
  private number(kind: CellKind, value: number): string {
    if (kind === 'duration') return String(Math.round(value / 1000));
    if (kind === 'number') return String(value);
    const [date = '', time = ''] = new Date(value).toISOString().split(/[T.]/);
    const day = this.layout.language === 'ru' ? date.split('-').reverse().join('.') : date;
    if (kind === 'date') return day;
    return kind === 'time' ? time : `${day} ${time.slice(0, 5)}`;
  }

  private row(fields: readonly string[]): string {
    return `${fields.join(this.separator)}\r\n`;
  }

  private put(text: string): void {
    this.sink(Buffer.from(text, 'utf8'));
  }
}
