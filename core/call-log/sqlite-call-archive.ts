import { OffhookError } from '#contract/errors.ts';
import type {
  AnnotationChange,
  AnnotationPatch,
  CallFilter,
  CallPage,
  CallRecord,
  LoggedCall,
} from '#contract/ipc/index.ts';
import type { KnownPeople } from '#core/contacts/index.ts';
import { Emitter, type Clock, type Event } from '#core/foundation/index.ts';
import type { Database, Statement } from '#core/storage/index.ts';
import type { CallArchive, CallQuery } from './call-archive.ts';
import { changeAnnotation, type ChangedAnnotation } from './change-annotation.ts';
import { loggedCallSelect, toLoggedCall, type LoggedCallRow } from './logged-call-row.ts';
import { countCalls, readPage } from './read-calls.ts';

export interface SqliteCallArchiveOptions {
  database: Database;
  people: KnownPeople;
  clock: Clock;
  /** Each record once it is safe. */
  onRecorded: Event<CallRecord>;
}

const mostFollowUps = 1000;
const mostChanges = 1000;
const find = '(SELECT sequence FROM call_record WHERE id = ?)';
const annotate = `INSERT INTO call_annotation
  (sequence, note, outcome, follow_up_at, snoozed_until, follow_up_done_at, tags, person_id, changed_at)
  VALUES (${find}, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (sequence) DO UPDATE SET note = excluded.note, outcome = excluded.outcome,
    follow_up_at = excluded.follow_up_at, snoozed_until = excluded.snoozed_until,
    follow_up_done_at = excluded.follow_up_done_at, tags = excluded.tags, person_id = excluded.person_id,
    changed_at = excluded.changed_at`;
const noteChange = `INSERT INTO call_annotation_change (sequence, changed_at, field, before, after) VALUES (${find}, ?, ?, ?, ?)`;
const handle = `UPDATE missed_call SET handled_at = ?, handled_by = NULL WHERE sequence = ${find}`;

function writing(id: string, { annotation, handledAt, changes }: ChangedAnnotation, now: number): Statement[] {
  const { note, outcome, followUpAt, snoozedUntil, followUpDoneAt, tags, personId } = annotation;
  const values = [id, note, outcome, followUpAt, snoozedUntil, followUpDoneAt, JSON.stringify(tags), personId, now];
  return [
    { sql: annotate, values },
    ...changes.map(({ at, field, before, after }) => ({ sql: noteChange, values: [id, at, field, before, after] })),
    ...(handledAt === undefined ? [] : [{ sql: handle, values: [handledAt, id] }]),
  ];
}

/** The archive in the agent's database. Questions go to the reader; what is written, and what it builds on, to the writer. */
export class SqliteCallArchive implements CallArchive {
  private readonly options: SqliteCallArchiveOptions;
  private readonly annotated = new Emitter<LoggedCall>();
  private readonly handled = new Emitter<string[]>();
  private last: Promise<unknown> = Promise.resolve();

  readonly onAnnotated = this.annotated.event;
  readonly onHandled = this.handled.event;

  constructor(options: SqliteCallArchiveOptions) {
    this.options = options;
    options.onRecorded((record) => void this.tellHandled(record));
  }

  query(query: CallQuery): Promise<CallPage> {
    return readPage(this.options.database, this.options.people, query);
  }

  count(filter: CallFilter): Promise<number> {
    return countCalls(this.options.database, this.options.people, filter);
  }

  async get(callId: string): Promise<LoggedCall | null> {
    const { database, people } = this.options;
    // By the writer: what was just annotated must be seen.
    const [row] = await database.query<LoggedCallRow>(`${loggedCallSelect} WHERE c.id = ?`, [callId]);
    return row ? toLoggedCall(row, people) : null;
  }

  annotate(callId: string, patch: AnnotationPatch): Promise<LoggedCall> {
    const turn = this.last.then(() => this.annotateNow(callId, patch));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async changes(callId: string): Promise<AnnotationChange[]> {
    const sql = `SELECT changed_at AS at, field, before, after FROM call_annotation_change WHERE sequence = ${find}
      ORDER BY id DESC LIMIT ?`;
    return this.options.database.read<AnnotationChange>(sql, [callId, mostChanges]);
  }

  async suggestions(): Promise<{ outcomes: string[]; tags: string[] }> {
    const { database } = this.options;
    const outcomes = await database.read<{ word: string }>(
      'SELECT outcome AS word FROM call_annotation WHERE outcome IS NOT NULL GROUP BY outcome ORDER BY count(*) DESC, outcome LIMIT 30',
    );
    const tags = await database.read<{ word: string }>(
      `SELECT tag.value AS word FROM call_annotation, json_each(tags) AS tag WHERE tags <> '[]'
        GROUP BY word ORDER BY count(*) DESC, word LIMIT 50`,
    );
    return { outcomes: outcomes.map(({ word }) => word), tags: tags.map(({ word }) => word) };
  }

  async followUps(): Promise<LoggedCall[]> {
    const { database, people } = this.options;
    const sql = `${loggedCallSelect} WHERE a.follow_up_at IS NOT NULL AND a.follow_up_done_at IS NULL
      ORDER BY a.follow_up_at, c.sequence LIMIT ?`;
    const rows = await database.query<LoggedCallRow>(sql, [mostFollowUps]);
    return rows.map((row) => toLoggedCall(row, people));
  }

  private async annotateNow(callId: string, patch: AnnotationPatch): Promise<LoggedCall> {
    const { database, clock } = this.options;
    const before = await this.get(callId);
    if (!before) throw new OffhookError('call.unknown');
    const changed = changeAnnotation(before, patch, clock.now());
    if (changed.changes.length === 0) return before;
    await database.transaction(writing(callId, changed, clock.now()));
    const after = await this.get(callId);
    if (!after) throw new OffhookError('call.unknown');
    this.annotated.fire(after);
    return after;
  }

  /** The database itself marked what this call handled; whoever shows the list wants to hear of it. */
  private async tellHandled({ id, answeredAt, endedAt, partyKey }: CallRecord): Promise<void> {
    if (answeredAt === null || endedAt === null || partyKey === null) return;
    const sql = `SELECT c.id FROM missed_call AS m JOIN call_record AS c ON c.sequence = m.sequence
      WHERE m.sequence IN (SELECT sequence FROM call_record WHERE party_key = ? AND disposition = 'missed'
        ORDER BY sequence DESC LIMIT 200) AND m.handled_by = ${find}`;
    const rows = await this.options.database.read<{ id: string }>(sql, [partyKey, id]).catch(() => []);
    if (rows.length > 0) this.handled.fire(rows.map((row) => row.id));
  }
}
