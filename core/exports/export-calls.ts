import type { CallArchive } from '#core/call-log/index.ts';
import type { LoggedCall } from '#contract/ipc/index.ts';
import type { CallExportOrder, ExportCount } from './export-files.ts';
import type { ExportTable } from './export-table.ts';

const pageSize = 500;

/** Writes every call that the order's filter lets through, newest first, holding one page of them at a time. */
export async function exportCalls(options: {
  source: Pick<CallArchive, 'query' | 'count'>;
  order: CallExportOrder;
  table: ExportTable<LoggedCall>;
  onCount: (count: ExportCount) => void;
}): Promise<void> {
  const { source, order, table, onCount } = options;
  const { filter, waiting } = order;
  const total = (await source.count(filter)) + waiting.length;
  onCount({ rows: 0, total });
  await table.add(waiting);
  // One that waited for the disk may have come there meanwhile.
  const there = new Set(waiting.map(({ record }) => record.id));
  let rows = waiting.length;
  for (let after: string | null = null; ;) {
    const page = await source.query({ filter, after, limit: pageSize });
    const calls = page.calls.filter(({ record }) => !there.has(record.id));
    await table.add(calls);
    rows += calls.length;
    onCount({ rows, total });
    after = page.next;
    if (after === null) break;
  }
  await table.finish();
}
