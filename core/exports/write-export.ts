import type { PeopleExportRequest } from '#contract/ipc/index.ts';
import type { CallArchive } from '#core/call-log/index.ts';
import { layoutOfCalls } from './call-columns.ts';
import { exportCalls } from './export-calls.ts';
import { isOrderOfPeople, type ExportCount, type ExportOrder } from './export-files.ts';
import { exportPeople } from './export-people.ts';
import { openTable, type ByteSink } from './export-table.ts';
import type { PeopleSource } from './people/exported-person.ts';

export interface ExportSources {
  calls: Pick<CallArchive, 'query' | 'count'>;
  people: (which: PeopleExportRequest['people']) => PeopleSource;
}

/** Writes a file from whatever it is ordered of. */
export async function writeExport(
  order: ExportOrder,
  { calls, people }: ExportSources,
  sink: ByteSink,
  onCount: (count: ExportCount) => void,
): Promise<void> {
  if (isOrderOfPeople(order)) await exportPeople({ source: people(order.people), order, sink, onCount });
  else await exportCalls({ source: calls, order, table: openTable(order.format, layoutOfCalls(order), sink), onCount });
}
