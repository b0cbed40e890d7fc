import type { Database, SqlValue } from '#core/storage/index.ts';
import type { CallHousekeeping, CallKey, CallsOfParty, CallWithOthers, PartyOfCalls } from './call-housekeeping.ts';

/** Pages of the search index that one step may write: 2 to 3 ms of the writer at a million calls. */
const pagesAStep = 4;
const indexes = ['call_words', 'call_digits'] as const;

const openFollowUp = `EXISTS (SELECT 1 FROM call_annotation AS a WHERE a.sequence = c.sequence
  AND a.follow_up_at IS NOT NULL AND a.follow_up_done_at IS NULL)`;
const mayGo = `c.ended_at IS NOT NULL AND NOT ${openFollowUp}`;

/** As the archive sees it: a call that the user linked to somebody else by hand is that person's. */
function ofParty({ partyKeys, personId }: PartyOfCalls): { sql: string; values: SqlValue[] } {
  const marks = partyKeys.map(() => '?').join(', ');
  return {
    sql: `SELECT c.sequence FROM call_record AS c LEFT JOIN call_annotation AS a ON a.sequence = c.sequence
        WHERE c.party_key IN (${marks}) AND (a.person_id IS NULL OR a.person_id = ?) AND c.ended_at IS NOT NULL
      UNION SELECT a.sequence FROM call_annotation AS a JOIN call_record AS c ON c.sequence = a.sequence
        WHERE a.person_id = ? AND c.ended_at IS NOT NULL`,
    values: [...partyKeys, personId, personId],
  };
}

export class SqliteCallHousekeeping implements CallHousekeeping {
  private readonly database: Database;
  /** Indexes whose merge has begun, and those of which a step found nothing left to do. */
  private readonly begun = new Set<string>();
  private readonly clean = new Set<string>();

  constructor(options: { database: Database }) {
    this.database = options.database;
  }

  async countBefore(before: number): Promise<number> {
    const sql = `SELECT count(*) AS count FROM call_record AS c WHERE c.sequence < ? * 1000 AND ${mayGo}`;
    return this.number(sql, [Math.ceil(before)]);
  }

  async timeOfOldest(count: number): Promise<number | null> {
    const sql = `SELECT c.offered_at + 1 AS count FROM call_record AS c WHERE ${mayGo} ORDER BY c.sequence LIMIT 1 OFFSET ?`;
    const [row] = await this.database.read<{ count: number }>(sql, [Math.max(0, count - 1)]);
    return row?.count ?? null;
  }

  async totals(): Promise<{ calls: number; bytes: number }> {
    const calls = await this.number('SELECT count(*) AS count FROM call_record', []);
    const bytes = await this.number(
      `SELECT (page_count - freelist_count) * page_size AS count
        FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
      [],
    );
    return { calls, bytes };
  }

  nextBefore(before: number, limit: number): Promise<CallKey[]> {
    return this.database.read<CallKey>(
      `SELECT c.sequence, c.id AS callId FROM call_record AS c WHERE c.sequence < ? * 1000 AND ${mayGo}
        ORDER BY c.sequence LIMIT ?`,
      [Math.ceil(before), limit],
    );
  }

  async countOf(party: PartyOfCalls): Promise<CallsOfParty> {
    const { sql, values } = ofParty(party);
    const [row] = await this.database.read<CallsOfParty>(
      `SELECT count(*) AS calls,
          count(*) FILTER (WHERE a.note <> '' OR a.outcome IS NOT NULL OR a.tags <> '[]') AS notes,
          count(*) FILTER (WHERE a.follow_up_at IS NOT NULL AND a.follow_up_done_at IS NULL) AS followUps
        FROM (${sql}) AS chosen LEFT JOIN call_annotation AS a ON a.sequence = chosen.sequence`,
      values,
    );
    return row ?? { calls: 0, notes: 0, followUps: 0 };
  }

  nextOf(party: PartyOfCalls, limit: number): Promise<CallKey[]> {
    const { sql, values } = ofParty(party);
    return this.database.query<CallKey>(
      `SELECT c.sequence, c.id AS callId FROM (${sql}) AS chosen JOIN call_record AS c ON c.sequence = chosen.sequence
        LIMIT ?`,
      [...values, limit],
    );
  }

  async remove(calls: readonly CallKey[]): Promise<void> {
    this.begun.clear();
    this.clean.clear();
    await this.database.transaction(
      calls.map(({ sequence }) => ({ sql: 'DELETE FROM call_record WHERE sequence = ?', values: [sequence] })),
    );
  }

  nextWithOthers(after: number, limit: number): Promise<CallWithOthers[]> {
    const sql = `SELECT sequence, legs, diverted_from AS divertedFrom FROM call_record
      WHERE (legs IS NOT NULL OR diverted_from IS NOT NULL) AND ended_at IS NOT NULL AND sequence > ? ORDER BY sequence LIMIT ?`;
    return this.database.read<CallWithOthers>(sql, [after, limit]);
  }

  async forgetOthers(sequences: readonly number[]): Promise<void> {
    const sql = 'UPDATE call_record SET legs = NULL, diverted_from = NULL WHERE sequence = ?';
    await this.database.transaction(sequences.map((sequence) => ({ sql, values: [sequence] })));
  }

  /**
   * A deleted call's words stay in the index until the part that holds them is merged. A negative number of pages begins
   * a merge of all that is there, a positive one goes on with it, whatever is recorded meanwhile:
   * https://www.sqlite.org/fts5.html#the_merge_command
   */
  async cleanStep(): Promise<boolean> {
    const index = indexes.find((name) => !this.clean.has(name));
    if (index === undefined) return true;
    const before = await this.changes();
    const pages = this.begun.has(index) ? pagesAStep : -pagesAStep;
    await this.database.execute(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ?)`, [pages]);
    this.begun.add(index);
    // One change is the command itself; others' writes only make for one step more.
    if ((await this.changes()) - before < 2) this.clean.add(index);
    return this.clean.size === indexes.length;
  }

  async settle({ compact }: { compact: boolean }): Promise<void> {
    if (compact) await this.database.execute('VACUUM');
    await this.database.query('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  private async changes(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>('SELECT total_changes() AS count');
    return row?.count ?? 0;
  }

  private async number(sql: string, values: readonly SqlValue[]): Promise<number> {
    const [row] = await this.database.read<{ count: number }>(sql, values);
    return row?.count ?? 0;
  }
}
