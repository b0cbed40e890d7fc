import { OffhookError } from '#contract/errors.ts';
import type { AnnotationPatch, CallResult, ResultColumns } from '#contract/ipc/index.ts';
import type { CallArchive } from '#core/call-log/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import { resultCells } from './journal/result-cells.ts';
import type { SheetJournal } from './journal/sheet-journal.ts';
import type { SheetStore } from './journal/sheet-store.ts';
import type { WriteBack } from './journal/write-back.ts';
import type { SheetReader, TableRow } from './reading/sheet-reader.ts';
import type { SheetPlace } from './sheet-place.ts';
import type { SheetSetups } from './sheet-setups.ts';

export interface ResultServices {
  store: SheetStore;
  journal: SheetJournal;
  writeBack: WriteBack;
  setups: SheetSetups;
  reader: SheetReader;
  archive: CallArchive;
  clock: Clock;
  logger: Logger;
}

export interface RecordedResult {
  place: SheetPlace;
  key: string;
  callId: string | null;
  result: CallResult;
  /** Where it goes, if not where the sheet's setup says. */
  results?: ResultColumns;
  /** The row as somebody saw it last, for when it cannot be read now. */
  seen?: Pick<TableRow, 'row' | 'name' | 'firm'> | null;
}

/** A share that does not answer must not keep a result from being kept. */
const patience = 3000;

/** The row as the sheet has it, with what its columns show; null where nobody can say in time. */
async function rowNow({ place, key }: RecordedResult, { setups, reader, clock }: ResultServices) {
  const asked = async () => reader.rows({ ...(await setups.questionFor(place)), keys: [key] });
  const late = Promise.withResolvers<null>();
  const timer = clock.after(patience, () => late.resolve(null));
  try {
    const page = await Promise.race([asked(), late.promise]);
    return page && { columns: page.columns, row: page.rows[0] ?? null };
  } catch {
    // Why the file cannot be read is told by the reader.
    return null;
  } finally {
    timer.dispose();
  }
}

export function annotationOf(result: CallResult): AnnotationPatch {
  return {
    ...(result.outcome ? { outcome: result.outcome } : {}),
    ...(result.note.trim() === '' ? {} : { note: result.note }),
    ...(result.followUpAt === null ? {} : { followUpAt: Math.round(result.followUpAt) }),
  };
}

/**
 * Keeps the result of a row: when this resolves it is on the disk, and is written into the workbook as soon as that can
 * be. What cannot be read now is taken for empty, so that nothing that is there is overwritten unasked.
 * @throws OffhookError `sheet.row-unknown` for a row that nobody has seen
 */
export async function recordResult(recorded: RecordedResult, services: ResultServices): Promise<void> {
  const { place, key, callId, result } = recorded;
  const { store, journal, setups, reader, clock } = services;
  const now = await rowNow(recorded, services);
  const seen = now?.row ?? recorded.seen ?? null;
  if (!seen && now && !journal.openOf(place.id, key)) throw new OffhookError('sheet.row-unknown');
  const results = recorded.results ?? (await setups.of(place)).setup.results;
  const written = callId === null ? null : await store.lastWritten(place.id, key, callId);
  const textOf = (heading: string) => {
    const index = now?.columns.findIndex((column) => column.heading === heading) ?? -1;
    return index < 0 ? '' : (now?.row?.cells[index] ?? '');
  };
  const calledAt = result.calledAt ?? (callId === null ? null : clock.now());
  await journal.keep(
    { sheetId: place.id, key, row: seen?.row ?? null, name: seen ? seen.name || seen.firm : '' },
    (before) => resultCells(result, { results, textOf, before, written }),
    {
      row: { sheetId: place.id, key, calledAt, skippedAt: null, result, callId },
      call: callId === null ? null : { callId, sheetId: place.id, key, result },
    },
  );
  reader.mark(place.id, [{ key, calledAt, followUpAt: result.followUpAt, skippedAt: null }]);
  void services.writeBack.flush(place.path);
}

/** The call's own notes get the result too; a call that has no record yet gets it when it has. */
export async function annotateCall(
  callId: string,
  result: CallResult,
  { archive, logger }: ResultServices,
): Promise<boolean> {
  const patch = annotationOf(result);
  if (Object.keys(patch).length === 0) return true;
  try {
    await archive.annotate(callId, patch);
    return true;
  } catch (error) {
    logger.warn('a call has not got its result yet', { error });
    return false;
  }
}
