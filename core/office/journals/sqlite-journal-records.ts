import { journal as journalSchema } from '#contract/ipc/index.ts';
import type { Logger } from '#core/foundation/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { JournalRecord, JournalRecords } from './journal-records.ts';

interface Row {
  id: string;
  journal: string;
  since: number;
  looked_at: number;
}

const put = `INSERT INTO journal (id, position, journal, since, looked_at)
  VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM journal), ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET journal = excluded.journal, since = excluded.since, looked_at = excluded.looked_at`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A damaged row was salvaged: it is no journal then.
    return null;
  }
}

/** The journals of the agent's database. */
export class SqliteJournalRecords implements JournalRecords {
  private readonly database: Database;
  private readonly logger: Logger;

  constructor({ database, logger }: { database: Database; logger: Logger }) {
    this.database = database;
    this.logger = logger;
  }

  async load(): Promise<JournalRecord[]> {
    const rows = await this.database.query<Row>(
      'SELECT id, journal, since, looked_at FROM journal ORDER BY position, id',
    );
    return rows.flatMap((row) => {
      const journal = journalSchema.safeParse(parse(row.journal));
      if (journal.success)
        return { journal: { ...journal.data, id: row.id }, since: row.since, lookedAt: row.looked_at };
      this.logger.warn('a journal is left out: it is not one', { id: row.id });
      return [];
    });
  }

  async put({ journal, since, lookedAt }: JournalRecord): Promise<void> {
    await this.database.execute(put, [journal.id, JSON.stringify(journal), since, lookedAt]);
  }

  async remove(journalId: string): Promise<void> {
    await this.database.execute('DELETE FROM journal WHERE id = ?', [journalId]);
  }
}
