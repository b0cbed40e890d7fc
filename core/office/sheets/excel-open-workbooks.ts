import path from 'node:path';
import { z } from 'zod';
import { OffhookError, type ErrorCode } from '#contract/errors.ts';
import { askComHelper, HelperRefusal, type HelperReply } from '#core/com-helper/index.ts';
import type { OpenCell, OpenRow, OpenRowOutcome, OpenSheet, OpenWorkbooks } from './open-workbooks.ts';

/** ms for which the helper may say nothing: Excel hangs behind a dialog then. */
const usualPatience = 30_000;

const codes: Partial<Record<string, ErrorCode>> = {
  busy: 'sheet.excel-busy',
  protected: 'sheet.protected',
  readonly: 'sheet.read-only',
  final: 'sheet.final',
  nosheet: 'sheet.missing',
};

const cells = z.array(z.object({ column: z.int(), now: z.string(), reason: z.string().default('') }));
const outcomes = z.array(z.object({ row: z.int(), kind: z.enum(['written', 'conflict', 'refused']), cells }));
const rows = z.object({ from: z.int(), rows: z.array(z.array(z.string())) });

const names = z.array(z.string());

const two = (value: number) => String(value).padStart(2, '0');

/** The computer's own time in whole minutes, as it is read again. */
function localTime(at: number, withTime: boolean): string {
  const time = new Date(at);
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return withTime ? `${day}T${two(time.getHours())}:${two(time.getMinutes())}:00` : day;
}

function toRequest({ row, column, value, expected }: OpenCell): Record<string, unknown> {
  const place = { row, column, expected };
  if (!value) return place;
  if (value.kind === 'date') return { ...place, date: localTime(value.at, value.withTime) };
  return { ...place, text: value.kind === 'text' ? value.text : '' };
}

/** Workbooks open in Excel, through the helper process. */
export class ExcelOpenWorkbooks implements OpenWorkbooks {
  private readonly command: readonly string[];
  private readonly patience: number;

  /** @param command program and arguments of the helper */
  constructor(command: readonly string[], patience = usualPatience) {
    this.command = command;
    this.patience = patience;
  }

  async sheets(file: string, signal: AbortSignal): Promise<string[] | null> {
    const done = await this.ask({ command: 'workbook' }, { file, sheet: '' }, signal);
    return done && names.parse(done['sheets']);
  }

  async read(
    place: OpenSheet,
    columns: readonly number[],
    signal: AbortSignal,
    wanted: { from?: number; to?: number } = {},
  ): Promise<OpenRow[] | null> {
    const found: OpenRow[] = [];
    const done = await this.ask({ command: 'rows', columns, ...wanted }, place, signal, async (reply) => {
      const block = rows.parse(reply);
      block.rows.forEach((row, index) => found.push({ row: block.from + index, cells: row }));
    });
    return done && found;
  }

  async write(place: OpenSheet, asked: readonly OpenCell[], signal: AbortSignal): Promise<OpenRowOutcome[] | null> {
    const done = await this.ask({ command: 'cells', cells: asked.map(toRequest) }, place, signal);
    return done && outcomes.parse(done['outcomes']);
  }

  private async ask(
    request: Record<string, unknown>,
    { file, sheet }: OpenSheet,
    signal: AbortSignal,
    take?: (reply: HelperReply) => Promise<void>,
  ): Promise<HelperReply | null> {
    const { command, patience } = this;
    try {
      return await askComHelper({ ...request, file, sheet }, { command, signal, patience }, take);
    } catch (error) {
      if (error instanceof HelperRefusal && error.reason === 'notopen') return null;
      // Without Excel, or without the helper, nothing is open in it.
      if (error instanceof OffhookError && error.code === 'directory.outlook-missing') return null;
      throw toSheetError(error, { file: path.basename(file), sheet });
    }
  }
}

function toSheetError(error: unknown, values: { file: string; sheet: string }): unknown {
  if (!(error instanceof OffhookError) || error.code === 'directory.cancelled') return error;
  const reason = error instanceof HelperRefusal ? error.reason : '';
  const hangs = error.code === 'directory.outlook-busy';
  const code = hangs ? 'sheet.excel-busy' : (codes[reason] ?? 'sheet.failed');
  return new OffhookError(code, { values, detail: error.detail, cause: error });
}
