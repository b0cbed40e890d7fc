import { eventAction, type StoredAction } from '#contract/ipc/index.ts';
import type { Logger } from '#core/foundation/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { ActionRecords } from './action-records.ts';

interface Row {
  id: string;
  action: string;
  has_secret: number;
}

const put = `INSERT INTO event_action (id, position, action, has_secret)
  VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM event_action), ?, ?)
  ON CONFLICT (id) DO UPDATE SET action = excluded.action, has_secret = excluded.has_secret`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A damaged row was salvaged: it is no action then.
    return null;
  }
}

/** The event actions of the agent's database. */
export class SqliteActionRecords implements ActionRecords {
  private readonly database: Database;
  private readonly logger: Logger;

  constructor({ database, logger }: { database: Database; logger: Logger }) {
    this.database = database;
    this.logger = logger;
  }

  async load(): Promise<StoredAction[]> {
    const rows = await this.database.query<Row>(
      'SELECT id, action, has_secret FROM event_action ORDER BY position, id',
    );
    return rows.flatMap((row) => {
      const action = eventAction.safeParse(parse(row.action));
      if (action.success) return { ...action.data, id: row.id, hasSecret: row.has_secret !== 0 };
      this.logger.warn('an event action is left out: it is not one', { id: row.id });
      return [];
    });
  }

  async put({ hasSecret, ...action }: StoredAction): Promise<void> {
    await this.database.execute(put, [action.id, JSON.stringify(action), Number(hasSecret)]);
  }

  async remove(actionId: string): Promise<void> {
    await this.database.execute('DELETE FROM event_action WHERE id = ?', [actionId]);
  }
}
