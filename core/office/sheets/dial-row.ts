import { OffhookError } from '#contract/errors.ts';
import { placeCall, type Call, type CallServices, type RedialMemory } from '#core/calls/index.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { SheetStore } from './journal/sheet-store.ts';
import type { SheetReader, TableRow } from './reading/sheet-reader.ts';

/**
 * Calls a number of a row, counted from 0. Never while another call is up or rings; an emergency number always.
 * @throws OffhookError `sheet.no-number`, `sheet.call-up`, and what `placeCall` throws
 */
export function dialRow(row: TableRow, index: number, services: CallServices, redial: RedialMemory): Call {
  const number = row.numbers[index];
  if (!number) throw new OffhookError('sheet.no-number');
  if (!number.emergency && services.calls.live().length > 0) throw new OffhookError('sheet.call-up');
  const call = placeCall(services, number.dial, null);
  redial.note(number.dial);
  return call;
}

/** Keeps which row a call is about. A full disk keeps nobody from calling; the row may be offered again then. */
export async function noteRowCall(
  call: { sheetId: string; key: string; callId: string },
  services: { store: SheetStore; reader: SheetReader; clock: Clock; logger: Logger },
): Promise<void> {
  const { store, reader, clock, logger } = services;
  const { sheetId, key, callId } = call;
  const calledAt = clock.now();
  reader.mark(sheetId, [{ key, calledAt, followUpAt: null, skippedAt: null }]);
  const row = { sheetId, key, calledAt, skippedAt: null, result: null, callId };
  await store
    .keep({ rows: [row], calls: [{ ...call, result: null }] })
    .catch((error: unknown) => logger.warn('a row that was called is not kept', { error }));
}
