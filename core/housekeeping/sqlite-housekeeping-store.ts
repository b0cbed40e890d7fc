import { erasureReceipt, type ErasureReceipt, type Removal } from '#contract/ipc/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { HousekeepingFacts, HousekeepingStore } from './housekeeping-store.ts';

const mostReceipts = 500;

export class SqliteHousekeepingStore implements HousekeepingStore {
  private readonly database: Database;

  constructor(options: { database: Database }) {
    this.database = options.database;
  }

  async read<K extends keyof HousekeepingFacts>(key: K): Promise<HousekeepingFacts[K] | null> {
    const sql = 'SELECT value FROM housekeeping_fact WHERE key = ?';
    const [row] = await this.database.query<{ value: string }>(sql, [key]);
    return row ? (JSON.parse(row.value) as HousekeepingFacts[K]) : null;
  }

  async write<K extends keyof HousekeepingFacts>(key: K, value: HousekeepingFacts[K] | null): Promise<void> {
    if (value === null) await this.database.execute('DELETE FROM housekeeping_fact WHERE key = ?', [key]);
    else
      await this.database.execute('INSERT OR REPLACE INTO housekeeping_fact (key, value) VALUES (?, ?)', [
        key,
        JSON.stringify(value),
      ]);
  }

  async addRemoval({ at, calls, recordings, recordingBytes }: Removal): Promise<void> {
    await this.database.execute(
      'INSERT INTO records_removal (at, calls, recordings, recording_bytes) VALUES (?, ?, ?, ?)',
      [at, calls, recordings, recordingBytes],
    );
  }

  async lastRemoval(): Promise<Removal | null> {
    const [row] = await this.database.query<Removal>(
      'SELECT at, calls, recordings, recording_bytes AS recordingBytes FROM records_removal ORDER BY id DESC LIMIT 1',
    );
    return row ?? null;
  }

  async putReceipt(receipt: ErasureReceipt): Promise<void> {
    await this.database.execute('INSERT OR REPLACE INTO erasure_receipt (id, at, receipt) VALUES (?, ?, ?)', [
      receipt.id,
      receipt.at,
      JSON.stringify(receipt),
    ]);
  }

  async receipts(): Promise<ErasureReceipt[]> {
    const rows = await this.database.query<{ receipt: string }>(
      'SELECT receipt FROM erasure_receipt ORDER BY at DESC LIMIT ?',
      [mostReceipts],
    );
    return rows.flatMap(({ receipt }) => erasureReceipt.safeParse(JSON.parse(receipt)).data ?? []);
  }
}
