import type { SheetColumn, SheetMapping } from '#contract/ipc/index.ts';
import {
  columnsLooked,
  openTableFile,
  pickCells,
  planRows,
  RowEntries,
  RowKeys,
  sheetsToRead,
  type SheetToRead,
} from '#core/contacts/directories/sheets/index.ts';
import type { SheetPlace } from '../sheet-place.ts';
import { packCells, SheetTable, type TableEntry } from './sheet-table.ts';

const recognised = (file: string, sheet: string): SheetMapping => ({ file, sheet, headerRow: 0, columns: [] });

/** Those of the layout, and whatever else has a heading: columns that came later, or that the address book does not read. */
function columnsOf({ rows, headerRow, columns }: SheetToRead): SheetColumn[] {
  const found = new Map<number, SheetColumn>(
    columns.map(({ column, heading, role }) => [column, { column, heading, role }]),
  );
  const cells = headerRow > 0 ? (rows.find(({ row }) => row === headerRow)?.cells ?? []) : [];
  for (const [column, text] of cells.slice(0, columnsLooked).entries()) {
    const heading = text.replace(/\s+/g, ' ').trim().slice(0, 200);
    const known = found.get(column);
    if (heading !== '' && !known) found.set(column, { column, heading, role: 'ignored' });
    else if (known && known.heading === '') known.heading = heading;
  }
  return [...found.values()].sort((one, other) => one.column - other.column);
}

/** Reads a whole sheet. Rejects with a `directory.*` code. */
export async function readSheet(place: SheetPlace): Promise<SheetTable> {
  const { file, path, sheet, mapping, keyPrefix } = place;
  const table = await openTableFile(path);
  try {
    const [found] = await sheetsToRead(table, file, [mapping ?? recognised(file, sheet)]);
    const columns = columnsOf(found!);
    const wanted = columns.map(({ column }) => column);
    const plan = planRows(found!);
    const places = plan.columns.map((column) => wanted.indexOf(column));
    const rows = new RowEntries(plan, { path, file, sheet }, new RowKeys(keyPrefix), () => undefined);
    const entries: TableEntry[] = [];
    for await (const batch of table.rows(found!.sheet, wanted)) {
      for (const row of batch.rows) {
        const who = rows.keyOf(pickCells(row, places));
        if (!who) continue;
        const { key, name, firm } = who;
        entries.push({ key, row: row.row, name, firm, cells: packCells(row.cells) });
      }
    }
    const numbers = (plan.byRole.get('number') ?? []).map((each) => ({ ...each, index: places[each.index]! }));
    return new SheetTable(columns, numbers, entries);
  } finally {
    await table.close();
  }
}
