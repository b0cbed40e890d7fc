import { sheetSetup, type CallResult } from '#contract/ipc/index.ts';
import type { Database, Statement } from '#core/storage/index.ts';
import { keepChange, toChange, type ChangeRow } from './change-row.ts';
import type { SheetChange } from './sheet-change.ts';
import type {
  KeptRow,
  KeptSetup,
  KeptWalk,
  KnownSheet,
  RowCall,
  RowWord,
  SheetStore,
  SheetWords,
} from './sheet-store.ts';

const marksFor = (values: readonly unknown[]) => values.map(() => '?').join(', ');
const toResult = (json: string | null) => (json === null ? null : (JSON.parse(json) as CallResult));

const upsertRow = `INSERT INTO sheet_row (sheet_id, row_key, called_at, skipped_at, result, call_id)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET called_at = coalesce(excluded.called_at, called_at),
    skipped_at = coalesce(excluded.skipped_at, skipped_at), result = coalesce(excluded.result, result),
    call_id = coalesce(excluded.call_id, call_id)`;
const upsertCall = `INSERT INTO sheet_call (call_id, sheet_id, row_key, result) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET row_key = excluded.row_key, result = coalesce(excluded.result, result)`;
const upsertWritten = `INSERT INTO sheet_row (sheet_id, row_key, written_at) VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET written_at = excluded.written_at`;

function statementsOf({ changes = [], removed = [], rows = [], calls = [], written = [] }: SheetWords): Statement[] {
  const json = (result: CallResult | null) => result && JSON.stringify(result);
  const rowValues = (row: RowWord) => [row.sheetId, row.key, row.calledAt, row.skippedAt, json(row.result), row.callId];
  const callValues = (call: RowCall) => [call.callId, call.sheetId, call.key, json(call.result)];
  return [
    ...removed.map((id) => ({ sql: 'DELETE FROM sheet_change WHERE id = ?', values: [id] })),
    ...changes.map(keepChange),
    ...rows.map((row) => ({ sql: upsertRow, values: rowValues(row) })),
    ...calls.map((call) => ({ sql: upsertCall, values: callValues(call) })),
    ...written.map(({ sheetId, key, at }) => ({ sql: upsertWritten, values: [sheetId, key, at] })),
  ];
}

/** What is kept of sheets, in the agent's database. */
export class SqliteSheetStore implements SheetStore {
  private readonly database: Database;

  constructor({ database }: { database: Database }) {
    this.database = database;
  }

  async open(): Promise<{ changes: SheetChange[]; nextId: number }> {
    const rows = await this.database.query<ChangeRow>(
      "SELECT * FROM sheet_change WHERE state NOT IN ('written', 'undone') ORDER BY id",
    );
    const [last] = await this.database.query<{ id: number | null }>('SELECT max(id) AS id FROM sheet_change');
    return { changes: rows.map(toChange), nextId: (last?.id ?? 0) + 1 };
  }

  async keep(words: SheetWords): Promise<void> {
    const statements = statementsOf(words);
    if (statements.length > 0) await this.database.transaction(statements);
  }

  async rows(sheetId: string, keys: readonly string[]): Promise<KeptRow[]> {
    type Row = { key: string; calledAt: number; skippedAt: number; result: string; callId: string; writtenAt: number };
    const rows = await this.database.read<{ [K in keyof Row]: Row[K] | null } & { key: string }>(
      `SELECT row_key AS key, called_at AS calledAt, skipped_at AS skippedAt, result, call_id AS callId,
        written_at AS writtenAt FROM sheet_row WHERE sheet_id = ? AND row_key IN (${marksFor(keys)})`,
      [sheetId, ...keys],
    );
    return rows.map(({ result, ...row }) => ({ ...row, result: toResult(result) }));
  }

  marks(sheetId: string): ReturnType<SheetStore['marks']> {
    return this.database.read(
      `SELECT row_key AS key, called_at AS calledAt, skipped_at AS skippedAt FROM sheet_row
        WHERE sheet_id = ? AND (called_at IS NOT NULL OR skipped_at IS NOT NULL)`,
      [sheetId],
    );
  }

  async calls(callId: string): Promise<RowCall[]> {
    const rows = await this.database.query<Omit<RowCall, 'result'> & { result: string | null }>(
      'SELECT call_id AS callId, sheet_id AS sheetId, row_key AS key, result FROM sheet_call WHERE call_id = ?',
      [callId],
    );
    return rows.map(({ result, ...call }) => ({ ...call, result: toResult(result) }));
  }

  async lastWritten(sheetId: string, key: string, callId: string | null): Promise<SheetChange | null> {
    const [row] = await this.database.query<ChangeRow>(
      `SELECT * FROM sheet_change WHERE sheet_id = ? AND row_key = ? AND (? IS NULL OR call_id = ?) AND state = 'written'
        ORDER BY id DESC LIMIT 1`,
      [sheetId, key, callId, callId],
    );
    return row ? toChange(row) : null;
  }

  async writtenAt(sheetIds: readonly string[], at: number): Promise<SheetChange[]> {
    const rows = await this.database.query<ChangeRow>(
      `SELECT * FROM sheet_change WHERE sheet_id IN (${marksFor(sheetIds)}) AND changed_at = ? AND state = 'written'`,
      [...sheetIds, at],
    );
    return rows.map(toChange);
  }

  async lastWriteAt(sheetIds: readonly string[]): Promise<number | null> {
    const [row] = await this.database.query<{ at: number | null }>(
      `SELECT max(changed_at) AS at FROM sheet_change WHERE sheet_id IN (${marksFor(sheetIds)}) AND state = 'written'`,
      sheetIds,
    );
    return row?.at ?? null;
  }

  known(): Promise<KnownSheet[]> {
    return this.database.query(
      `SELECT id, directory_id AS directoryId, directory_label AS directoryLabel, file, path, name AS sheet FROM sheet`,
    );
  }

  async setup(sheetId: string): Promise<KeptSetup | null> {
    const [row] = await this.database.query<{ setup: string | null; chosen: number }>(
      'SELECT setup, chosen FROM sheet WHERE id = ?',
      [sheetId],
    );
    const setup = row?.setup ? sheetSetup.safeParse(JSON.parse(row.setup)) : null;
    return setup?.success ? { setup: setup.data, chosen: row?.chosen === 1 } : null;
  }

  async keepSetup({ id, directoryId, directoryLabel, file, path, sheet }: KnownSheet, kept: KeptSetup): Promise<void> {
    await this.database.execute(
      `INSERT OR REPLACE INTO sheet (id, directory_id, directory_label, file, path, name, setup, chosen)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, directoryId, directoryLabel, file, path, sheet, JSON.stringify(kept.setup), kept.chosen ? 1 : 0],
    );
  }

  async walk(): Promise<KeptWalk | null> {
    const [row] = await this.database.query<{ place: string }>('SELECT place FROM sheet_walk');
    return row ? (JSON.parse(row.place) as KeptWalk) : null;
  }

  async keepWalk(walk: KeptWalk | null): Promise<void> {
    if (walk === null) await this.database.execute('DELETE FROM sheet_walk');
    else
      await this.database.execute('INSERT OR REPLACE INTO sheet_walk (id, place) VALUES (1, ?)', [
        JSON.stringify(walk),
      ]);
  }

  async heardUntil(): Promise<number | null> {
    const [row] = await this.database.query<{ until: number }>('SELECT until FROM sheet_heard');
    return row?.until ?? null;
  }

  async keepHeard(until: number): Promise<void> {
    await this.database.execute(
      `INSERT INTO sheet_heard (id, until) VALUES (1, ?)
        ON CONFLICT DO UPDATE SET until = excluded.until WHERE excluded.until > until`,
      [until],
    );
  }

  async lastCalls(partyKeys: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.read<{ key: string; at: number }>(
      `SELECT party_key AS key, max(sequence) / 1000 AS at FROM call_record WHERE party_key IN (${marksFor(partyKeys)})
        GROUP BY party_key`,
      partyKeys,
    );
    return new Map(rows.map(({ key, at }) => [key, at]));
  }

  sheetsOf(directoryId: string): ReturnType<SheetStore['sheetsOf']> {
    return this.database.read(
      `SELECT json_extract(open, '$.file') AS path, json_extract(open, '$.sheet') AS sheet, sum(numbers <> '[]') AS rows
        FROM directory_entry WHERE directory_id = ? AND open IS NOT NULL GROUP BY 1, 2 ORDER BY 1, min(id)`,
      [directoryId],
    );
  }

  entriesWith(partyKey: string): ReturnType<SheetStore['entriesWith']> {
    return this.database.read(
      `SELECT e.directory_id AS directoryId, json_extract(e.open, '$.file') AS path,
        json_extract(e.open, '$.sheet') AS sheet, e.key, json_extract(e.open, '$.row') AS row,
        CASE e.name WHEN '' THEN e.firm ELSE e.name END AS name
      FROM directory AS d JOIN directory_entry AS e ON e.directory_id = d.id
      WHERE d.kind = 'sheet' AND d.removed = 0 AND e.open IS NOT NULL AND instr(e.numbers, ?) > 0 AND EXISTS
        (SELECT 1 FROM json_each(e.numbers) AS n WHERE json_extract(n.value, '$[1]') = ?)
      ORDER BY e.id LIMIT 200`,
      [partyKey, partyKey],
    );
  }

  async adopt(sheetId: string, heirId: string): Promise<void> {
    const values = [heirId, sheetId];
    await this.database.transaction([
      // What waits for a row of the heir was said later.
      ...['sheet_change', 'sheet_row', 'sheet_call', 'sheet'].map((table) => {
        const column = table === 'sheet' ? 'id' : 'sheet_id';
        return { sql: `UPDATE OR IGNORE ${table} SET ${column} = ? WHERE ${column} = ?`, values };
      }),
      { sql: "DELETE FROM sheet_change WHERE sheet_id = ? AND state IN ('written', 'undone')", values: [sheetId] },
      { sql: 'DELETE FROM sheet WHERE id = ?', values: [sheetId] },
      {
        sql: "UPDATE sheet_walk SET place = json_set(place, '$.sheetId', ?) WHERE json_extract(place, '$.sheetId') = ?",
        values,
      },
    ]);
  }

  async prune(before: number): Promise<void> {
    const sql = "DELETE FROM sheet_change WHERE state IN ('written', 'undone') AND changed_at < ?";
    await this.database.execute(sql, [before]);
  }
}
