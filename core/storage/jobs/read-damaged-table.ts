import type BetterSqlite3 from 'better-sqlite3';

export type SalvagedRow = Record<string, unknown> & { salvage_rowid: number };

/** Tries to read a range before it is given up; each halves what is unknown. */
const mostAttempts = 400;
const lowest = -(2 ** 53);
const highest = 2 ** 53;

function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|IOERR|ERROR|FULL)/.test(String((error as { code?: unknown })?.code ?? ''));
}

/**
 * Reads a table as far as its pages can be read: upwards until a damaged one, downwards to it from the other end, and
 * then within what lies between, by halves. Gives whether everything was readable.
 */
export function readDamagedTable(
  handle: BetterSqlite3.Database,
  table: string,
  take: (row: SalvagedRow) => void,
): boolean {
  let attempts = 0;
  let complete = true;

  /** The last row read from one end of the range; null when all of it was. */
  const read = (from: number, to: number, upwards: boolean): number | null => {
    let last = upwards ? from - 1 : to + 1;
    attempts += 1;
    try {
      const order = upwards ? 'ASC' : 'DESC';
      const rows = handle.prepare(
        `SELECT rowid AS salvage_rowid, * FROM "${table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid ${order}`,
      );
      for (const row of rows.iterate(from, to) as IterableIterator<SalvagedRow>) {
        const { salvage_rowid: rowid } = row;
        // Pages that lie about their order could otherwise be read for ever.
        if (upwards ? rowid <= last : rowid >= last)
          throw Object.assign(new Error('out of order'), { code: 'SQLITE_CORRUPT' });
        take(row);
        last = rowid;
      }
      return null;
    } catch (error) {
      if (!isDamage(error)) throw error;
      complete = false;
      return last;
    }
  };

  const ranges: [number, number][] = [[lowest, highest]];
  for (let range = ranges.shift(); range && attempts < mostAttempts; range = ranges.shift()) {
    const low = read(range[0], range[1], true);
    if (low === null || low >= range[1]) continue;
    const high = read(low + 1, range[1], false);
    if (high === null || high - low <= 2) continue;
    const middle = Math.floor((low + high) / 2);
    ranges.push([low + 1, middle], [middle + 1, high - 1]);
  }
  return complete;
}
