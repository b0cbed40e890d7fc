import { errorReport, type ErrorReport } from '#contract/errors.ts';
import { deliveryKind } from '#contract/ipc/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { DeliveryStore, PutItem, StoredDelivery, WaitingTarget } from './delivery-store.ts';

interface Row {
  id: number;
  key: string;
  kind: string;
  target_id: string;
  target_label: string;
  subject: string;
  payload: string;
  reference: string | null;
  state: 'waiting' | 'refused';
  revision: number;
  attempts: number;
  created_at: number;
  next_at: number;
  error: string | null;
}

const put = `INSERT INTO delivery (key, call_id, kind, target_id, target_label, subject, payload, state, revision, attempts,
  created_at, changed_at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 1, 0, ?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET payload = excluded.payload, subject = excluded.subject,
  target_label = excluded.target_label, state = 'waiting', revision = revision + 1, changed_at = excluded.changed_at,
  next_at = CASE WHEN state = 'waiting' THEN next_at ELSE excluded.next_at END,
  attempts = CASE WHEN state = 'waiting' THEN attempts ELSE 0 END, error = NULL`;

const places = (values: readonly unknown[]) => values.map(() => '?').join(', ');

/** Deliveries in the agent's database. */
export class SqliteDeliveryStore implements DeliveryStore {
  private readonly database: Database;

  constructor(options: { database: Database }) {
    this.database = options.database;
  }

  async put(item: PutItem, now: number): Promise<void> {
    const { key, kind, targetId, targetLabel, subject, payload } = item;
    await this.database.execute(put, [
      key,
      callIdOf(key),
      kind,
      targetId,
      targetLabel,
      subject,
      payload,
      now,
      now,
      now,
    ]);
  }

  async known(keys: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let begin = 0; begin < keys.length; begin += 500) {
      const some = keys.slice(begin, begin + 500);
      const sql = `SELECT key FROM delivery WHERE key IN (${places(some)})`;
      for (const { key } of await this.database.query<{ key: string }>(sql, some)) found.add(key);
    }
    return found;
  }

  async targets(): Promise<WaitingTarget[]> {
    const sql = `SELECT target_id, kind, MIN(next_at) AS next_at FROM delivery WHERE state = 'waiting'
      GROUP BY target_id, kind`;
    const rows = await this.database.query<{ target_id: string; kind: string; next_at: number }>(sql);
    return rows.flatMap(({ target_id: targetId, kind, next_at: nextAt }) => {
      const known = deliveryKind.safeParse(kind);
      return known.success ? [{ targetId, kind: known.data, nextAt }] : [];
    });
  }

  async first(targetId: string): Promise<StoredDelivery | null> {
    const sql = "SELECT * FROM delivery WHERE target_id = ? AND state = 'waiting' ORDER BY id LIMIT 1";
    const [row] = await this.database.query<Row>(sql, [targetId]);
    return row ? fromRow(row) : null;
  }

  async done(item: StoredDelivery, reference: string | null, now: number): Promise<void> {
    const sql = `UPDATE delivery SET reference = ?, attempts = 0, error = NULL, changed_at = ?,
      state = CASE WHEN revision = ? THEN 'done' ELSE state END,
      payload = CASE WHEN revision = ? THEN '' ELSE payload END WHERE id = ?`;
    await this.database.execute(sql, [reference, now, item.revision, item.revision, item.id]);
  }

  async failed(item: StoredDelivery, error: ErrorReport, next: { state: string; at: number }): Promise<void> {
    const sql = `UPDATE delivery SET attempts = attempts + 1, error = ?, next_at = ?,
      state = CASE WHEN revision = ? THEN ? ELSE state END WHERE id = ?`;
    await this.database.execute(sql, [JSON.stringify(error), next.at, item.revision, next.state, item.id]);
  }

  async open(limit: number): Promise<StoredDelivery[]> {
    const sql = "SELECT * FROM delivery WHERE state <> 'done' ORDER BY id LIMIT ?";
    return (await this.database.query<Row>(sql, [limit])).map(fromRow);
  }

  async counts(): Promise<{ waiting: number; refused: number }> {
    const sql = "SELECT state, COUNT(*) AS count FROM delivery WHERE state <> 'done' GROUP BY state";
    const rows = await this.database.query<{ state: string; count: number }>(sql);
    const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
    return { waiting: of('waiting'), refused: of('refused') };
  }

  async retry(ids: readonly number[], now: number): Promise<void> {
    const chosen = ids.length > 0 ? ` AND id IN (${places(ids)})` : '';
    const sql = `UPDATE delivery SET state = 'waiting', next_at = ? WHERE state <> 'done'${chosen}`;
    await this.database.execute(sql, [now, ...ids]);
  }

  async drop(ids: readonly number[]): Promise<void> {
    // One that is under way stays dropped, however it ends.
    const sql = `UPDATE delivery SET state = 'done', payload = '', error = NULL, revision = revision + 1
      WHERE state <> 'done' AND id IN (${places(ids)})`;
    await this.database.execute(sql, ids);
  }

  async dropTarget(targetId: string): Promise<void> {
    await this.database.execute('DELETE FROM delivery WHERE target_id = ?', [targetId]);
  }

  async prune(before: number): Promise<void> {
    await this.database.execute("DELETE FROM delivery WHERE state = 'done' AND changed_at < ?", [before]);
  }
}

function callIdOf(key: string): string {
  return key.slice(key.lastIndexOf(':') + 1);
}

function fromRow(row: Row): StoredDelivery {
  return {
    id: row.id,
    key: row.key,
    kind: deliveryKind.parse(row.kind),
    targetId: row.target_id,
    targetLabel: row.target_label,
    subject: row.subject,
    payload: row.payload,
    reference: row.reference,
    state: row.state,
    revision: row.revision,
    attempts: row.attempts,
    createdAt: row.created_at,
    nextAt: row.next_at,
    error: row.error === null ? null : (errorReport.safeParse(JSON.parse(row.error)).data ?? null),
  };
}
