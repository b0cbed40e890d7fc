import type { FileHandle } from 'node:fs/promises';
import { OffhookError } from '#contract/errors.ts';
import {
  openTextTable,
  planRows,
  RowEntries,
  RowKeys,
  type SheetToRead,
} from '#core/contacts/directories/sheets/index.ts';
import type { RowChange, RowOutcome, WorkbookTarget } from '#core/office/sheets/workbook-writer.ts';
import type { FileRewriting } from '../files/replace-file.ts';
import type { SourceFile } from '../files/source-file.ts';
import { edited, type Edit } from '../package/edits.ts';
import { chooseSheet } from '../rows/choose-sheet.ts';
import { headingFinder } from '../rows/find-columns.ts';
import { RowMatcher } from '../rows/match-rows.ts';
import { WritingPlan, type RowWriting } from '../rows/plan-writing.ts';
import { encodingRefusal } from './encode-text.ts';
import { fieldText } from './field-text.ts';
import { recordEdits } from './record-edits.ts';
import { readForm, scanRecords, type PlacedRecord, type TextForm } from './scan-records.ts';

interface ScannedText {
  form: TextForm;
  matcher: RowMatcher<PlacedRecord>;
  heading: PlacedRecord | null;
  /** The last column, counted from 0, that has anything in it. */
  widest: number;
}

async function scan(
  source: SourceFile,
  sheet: SheetToRead,
  columns: readonly number[],
  matcher: RowMatcher<PlacedRecord>,
): Promise<ScannedText> {
  const plan = planRows(sheet);
  const entries = new RowEntries(plan, { path: '', file: '', sheet: '' }, new RowKeys(''), () => undefined);
  let heading: PlacedRecord | null = null;
  let widest = -1;
  const form = await scanRecords(source, columns, (record) => {
    widest = Math.max(widest, record.last);
    if (record.row === sheet.headerRow) heading = record;
    const faults = record.faults?.filter(({ index }) => index < plan.columns.length) ?? null;
    const identity = entries.identityOf({ ...record, faults });
    if (identity) matcher.look(record, identity);
  });
  return { form, matcher, heading, widest };
}

function editsOf(
  writings: readonly RowWriting<PlacedRecord>[],
  { form, heading, widest }: ScannedText,
  columnOf: (heading: string) => number | null,
): Edit[] {
  const filled = writings.flatMap(({ values }) => [...values].filter(([, value]) => fieldText(value) !== ''));
  const lacking = [...new Set(filled.map(([name]) => name).filter((name) => columnOf(name) === null))];
  const added = new Map(lacking.map((name, index) => [name, widest + 1 + index]));
  const edits = writings.flatMap(({ row, values }) => {
    const placed = [...values].map(([name, value]) => [columnOf(name) ?? added.get(name), fieldText(value)] as const);
    const fields = placed.filter((each): each is readonly [number, string] => each[0] !== undefined);
    return recordEdits(row, new Map(fields), form);
  });
  if (heading && added.size > 0)
    edits.push(...recordEdits(heading, new Map([...added].map(([name, column]) => [column, name])), form));
  return edits;
}

async function* fileBytes({ handle, size }: SourceFile): AsyncGenerator<Buffer> {
  for (let at = 0; at < size;) {
    const buffer = Buffer.allocUnsafe(Math.min(256 * 1024, size - at));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** A text does not say how it is to be read: one that would be taken for something else by now is not kept. */
async function checkForm(draft: FileHandle, size: number, { encoding, delimiter }: TextForm): Promise<void> {
  const now = await readForm(draft, size);
  if (now.encoding === encoding && now.delimiter === delimiter) return;
  const detail = `it would be read as ${now.encoding} with “${now.delimiter}” between its fields`;
  throw new OffhookError('sheet.failed', { detail });
}

/** Writes results into a table of separated values: other texts in some fields, and everything else as it is. */
export async function patchText(
  source: SourceFile,
  draft: FileHandle,
  target: WorkbookTarget,
  changes: readonly RowChange[],
): Promise<FileRewriting<RowOutcome[]>> {
  const table = await openTextTable(source.handle, source.size);
  const sheet = await chooseSheet(table, { sheet: '', mapping: target.mapping });
  const columnOf = await headingFinder(table, sheet);
  const targets = changes.flatMap(({ cells }) => cells.map(({ heading }) => columnOf(heading)));
  const { columns: read } = planRows(sheet);
  const columns = [...new Set([...read, ...targets.filter((column) => column !== null)])];
  const scanned = await scan(source, sheet, columns, new RowMatcher(changes, target.keyPrefix));
  const plan = new WritingPlan(scanned.matcher, {
    columnOf,
    mayAdd: scanned.heading !== null,
    refusal: (text) => encodingRefusal(text, scanned.form.encoding),
    shown: ({ cells }, column) => ({ text: cells[columns.indexOf(column)]!, isFormula: false, isCovered: false }),
  });
  const result = changes.map((change) => plan.outcomeOf(change));
  const edits = editsOf([...plan.writings.values()], scanned, columnOf);
  if (edits.length === 0) return { result, changed: false };
  let at = 0;
  for await (const bytes of edited(fileBytes(source), edits)) {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await draft.write(bytes, done, bytes.length - done, at);
      done += bytesWritten;
      at += bytesWritten;
    }
  }
  await checkForm(draft, at, scanned.form);
  return { result, changed: true };
}
