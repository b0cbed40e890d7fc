import type BetterSqlite3 from 'better-sqlite3';
import type { SalvagedTable, SchemaPart } from '../database.ts';
import { openSqlite } from '../open-sqlite.ts';
import type { StorageJobs } from '../storage-jobs.ts';
import { openDamaged } from './open-damaged.ts';
import { pause } from './pace.ts';
import { readDamagedTable, type SalvagedRow } from './read-damaged-table.ts';
import type { JobBench } from './run-job.ts';

const rowsAtOnce = 50;
const pauseMilliseconds = 10;
/** Small tables are taken over while the program waits: what is more waits for the thread of its own. */
const mostFirstRows = 20_000;

type Take = (row: SalvagedRow) => void;

/** Bytes that are no text any more were overwritten by something else. */
function isSound(row: SalvagedRow): boolean {
  return !Object.values(row).some((value) => typeof value === 'string' && value.includes('\ufffd'));
}

function taker(handle: BetterSqlite3.Database, { statements }: SalvagedTable): (row: SalvagedRow) => boolean {
  const prepared = statements.map((sql) => ({
    statement: handle.prepare(sql),
    names: [...sql.matchAll(/@(\w+)/g)].map((match) => match[1]!),
  }));
  return (row) => {
    if (!isSound(row)) return false;
    try {
      for (const { statement, names } of prepared)
        statement.run(Object.fromEntries(names.map((name) => [name, row[name] ?? null])));
      return true;
    } catch (error) {
      // A row that breaks the rules of its table is damaged as well.
      if (/^SQLITE_(CONSTRAINT|MISMATCH)/.test(String((error as { code?: unknown }).code ?? ''))) return false;
      throw error;
    }
  };
}

/** Rows in short transactions, with room for others between them. */
class Batches {
  private readonly handle: BetterSqlite3.Database;
  private readonly take: (row: SalvagedRow) => boolean;
  private rows: SalvagedRow[] = [];
  taken = 0;

  constructor(handle: BetterSqlite3.Database, take: (row: SalvagedRow) => boolean) {
    this.handle = handle;
    this.take = take;
  }

  add: Take = (row) => {
    this.rows.push(row);
    if (this.rows.length < rowsAtOnce) return;
    this.write();
    pause(pauseMilliseconds);
  };

  write(): void {
    const rows = this.rows;
    this.rows = [];
    this.handle
      .transaction(() => {
        for (const row of rows) if (this.take(row)) this.taken += 1;
      })
      .immediate();
  }
}

function tablesOf(parts: readonly SchemaPart[], first: boolean): SalvagedTable[] {
  return parts.flatMap(({ salvage: tables = [] }) => tables.filter((table) => (table.first ?? false) === first));
}

/** Takes over the small tables that the others name, at once. Never throws: what cannot be read is lost here. */
export function salvageFirst(handle: BetterSqlite3.Database, copy: string, parts: readonly SchemaPart[]): void {
  const tables = tablesOf(parts, true);
  const damaged =
    tables.length === 0
      ? null
      : openDamaged(
          copy,
          parts,
          tables.map(({ table }) => table),
        );
  if (!damaged) return;
  try {
    for (const table of tables) {
      const rows: SalvagedRow[] = [];
      readDamagedTable(damaged.handle, table.table, (row) => void (rows.length < mostFirstRows && rows.push(row)));
      const take = taker(handle, table);
      handle.transaction(() => rows.forEach(take)).immediate();
    }
  } catch {
    // The new file works without them.
    return;
  } finally {
    damaged.close();
  }
}

export function salvage(copy: string, { file, parts }: JobBench): StorageJobs['salvage']['result'] {
  const rows: Record<string, number> = {};
  const handle = openSqlite(file, parts);
  const tables = [...tablesOf(parts, true), ...tablesOf(parts, false)];
  const damaged = openDamaged(copy, parts, tables.map(({ table }) => table).reverse());
  let complete = damaged !== null;
  try {
    for (const table of damaged ? tables : []) {
      const batches = new Batches(handle, taker(handle, table));
      complete = readDamagedTable(damaged!.handle, table.table, batches.add) && complete;
      batches.write();
      rows[table.table] = batches.taken;
    }
    return { rows, complete };
  } finally {
    damaged?.close();
    handle.close();
  }
}
