import type { PeopleExportRequest } from '#contract/ipc/index.ts';
import type { ExportCount } from './export-files.ts';
import { openTable, type ByteSink } from './export-table.ts';
import { CardTable } from './people/card-table.ts';
import type { PeopleSource } from './people/exported-person.ts';
import { layoutOfPeople } from './people/people-columns.ts';

/** Writes everybody in the source, holding one page of them at a time. */
export async function exportPeople(options: {
  source: PeopleSource;
  order: PeopleExportRequest;
  sink: ByteSink;
  onCount: (count: ExportCount) => void;
}): Promise<void> {
  const { source, order, sink, onCount } = options;
  const { total } = source;
  const table =
    order.format === 'vcf' ? new CardTable(order.words, sink) : openTable(order.format, layoutOfPeople(order), sink);
  let rows = 0;
  onCount({ rows, total });
  for (const people of source.pages()) {
    await table.add(people);
    rows += people.length;
    onCount({ rows, total });
  }
  await table.finish();
}
