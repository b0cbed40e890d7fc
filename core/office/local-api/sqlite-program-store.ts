import { auditEntry, type AuditEntry, type CommandArguments } from '#contract/ipc/index.ts';
import { scope } from '#contract/local-api/index.ts';
import type { Database, Statement } from '#core/storage/index.ts';
import { mostAuditEntries, type ProgramStore, type StoredProgram } from './program-store.ts';

interface ProgramRow {
  id: string;
  name: string;
  scopes: string;
  token_hash: string;
  paired_at: number;
  last_used_at: number | null;
}

interface AuditRow {
  id: number;
  at: number;
  program_id: string | null;
  program_name: string;
  action: string;
  subject: string;
  outcome: string;
  times: number;
}

const insertProgram = `INSERT OR REPLACE INTO program (id, name, scopes, token_hash, paired_at, last_used_at)
  VALUES (?, ?, ?, ?, ?, ?)`;
const insertEntry = `INSERT INTO program_audit (id, at, program_id, program_name, action, subject, outcome, times)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
const prune = `DELETE FROM program_audit
  WHERE id < (SELECT id FROM program_audit ORDER BY id DESC LIMIT 1 OFFSET ${mostAuditEntries - 1})`;

/** Paired programs and their trail in the agent's database. */
export class SqliteProgramStore implements ProgramStore {
  private readonly database: Database;

  constructor({ database }: { database: Database }) {
    this.database = database;
  }

  async programs(): Promise<StoredProgram[]> {
    return (await this.database.query<ProgramRow>('SELECT * FROM program ORDER BY paired_at, id')).map(toProgram);
  }

  async add({ id, name, scopes, tokenHash, pairedAt, lastUsedAt }: StoredProgram): Promise<void> {
    await this.database.execute(insertProgram, [id, name, scopes.join(' '), tokenHash, pairedAt, lastUsedAt]);
  }

  async remove(programId: string): Promise<void> {
    await this.database.execute('DELETE FROM program WHERE id = ?', [programId]);
  }

  async used(lastUsed: ReadonlyMap<string, number>): Promise<void> {
    const sql = 'UPDATE program SET last_used_at = ? WHERE id = ?';
    await this.database.transaction([...lastUsed].map(([id, at]) => ({ sql, values: [at, id] })));
  }

  async note(entries: readonly AuditEntry[], times: ReadonlyMap<number, number>): Promise<void> {
    const added = entries.map((entry): Statement => ({
      sql: insertEntry,
      values: [
        ...[entry.id, entry.at, entry.programId, entry.programName],
        ...[entry.action, entry.subject, entry.outcome, entry.times],
      ],
    }));
    const sql = 'UPDATE program_audit SET times = ? WHERE id = ?';
    const counted = [...times].map(([id, count]): Statement => ({ sql, values: [count, id] }));
    await this.database.transaction([...added, ...counted, { sql: prune }]);
  }

  async audit({ before, limit, programId }: CommandArguments<'programs.audit'>): Promise<AuditEntry[]> {
    const conditions = [before === null ? [] : ['id < ?'], programId === null ? [] : ['program_id = ?']].flat();
    const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    const values = [before, programId].filter((value) => value !== null);
    const sql = `SELECT * FROM program_audit ${where} ORDER BY id DESC LIMIT ?`;
    return (await this.database.query<AuditRow>(sql, [...values, limit])).map(toEntry);
  }

  async lastAuditId(): Promise<number> {
    const [row] = await this.database.query<{ id: number | null }>('SELECT max(id) AS id FROM program_audit');
    return row?.id ?? 0;
  }
}

/** Scopes of a later program are left out: nothing here answers to them. */
function toProgram(row: ProgramRow): StoredProgram {
  const scopes = row.scopes.split(' ').flatMap((text) => scope.safeParse(text).data ?? []);
  return {
    ...{ id: row.id, name: row.name, scopes, tokenHash: row.token_hash },
    ...{ pairedAt: row.paired_at, lastUsedAt: row.last_used_at },
  };
}

function toEntry(row: AuditRow): AuditEntry {
  return auditEntry.parse({
    ...{ id: row.id, at: row.at, programId: row.program_id, programName: row.program_name },
    ...{ action: row.action, subject: row.subject, outcome: row.outcome, times: row.times },
  });
}
