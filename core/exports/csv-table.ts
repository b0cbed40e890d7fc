import type { LoggedCall } from '#contract/ipc/index.ts';
import type { ByteSink, CallTable } from './call-table.ts';
import { columns, type CellKind } from './columns.ts';
import { disarm, quote } from './csv-text.ts';
import type { ExportPlan } from './export-files.ts';

const byteOrderMark = '\ufeff';

/** Comma-separated values (RFC 4180) as Excel opens them: UTF-8 with a byte order mark, the language's separator. */
export class CsvTable implements CallTable {
  private readonly plan: ExportPlan;
  private readonly sink: ByteSink;
  private readonly separator: string;

  constructor(plan: ExportPlan, sink: ByteSink) {
    this.plan = plan;
    this.sink = sink;
    this.separator = plan.language === 'ru' ? ';' : ',';
    this.put(byteOrderMark + this.row(columns.map(({ key }) => quote(disarm(plan.words.columns[key])))));
  }

  async add(calls: readonly LoggedCall[]): Promise<void> {
    this.put(calls.map((call) => this.row(this.fields(call))).join(''));
  }

  async finish(): Promise<void> {}

  private fields(call: LoggedCall): string[] {
    return columns.map(({ kind, value }) => {
      const cell = value(call, this.plan.words);
      if (cell === null) return '';
      return typeof cell === 'string' ? quote(disarm(cell)) : this.number(kind, cell);
    });
  }

  /** Durations are whole seconds. */
  private number(kind: CellKind, value: number): string {
    if (kind === 'duration') return String(Math.round(value / 1000));
    if (kind === 'number') return String(value);
    const [date = '', time = ''] = new Date(value).toISOString().split(/[T.]/);
    const day = this.plan.language === 'ru' ? date.split('-').reverse().join('.') : date;
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
