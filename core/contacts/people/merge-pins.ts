import { OffhookError } from '#contract/errors.ts';
import type { MergePin } from '#contract/ipc/index.ts';
import type { Database, Statement } from '#core/storage/index.ts';
import { compareEntries, type Pin } from '../merging/merge-entry.ts';
import { handlesOf, type EntryQueries } from './entry-queries.ts';

const mostShown = 5000;

/** Two entries have one pin: the last word counts. */
export function pinStatement(kind: Pin['kind'], one: string, other: string, now: number): Statement {
  const pair = one < other ? [one, other] : [other, one];
  return {
    sql: `INSERT INTO merge_pin (kind, one, other, made_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (one, other) DO UPDATE SET kind = excluded.kind, made_at = excluded.made_at`,
    values: [kind, ...pair, now],
  };
}

interface PinRow {
  id: number;
  kind: Pin['kind'];
  one: string;
  other: string;
  oneName: string | null;
  otherName: string | null;
}

const select = `SELECT p.id, p.kind, p.one, p.other, a.name AS oneName, b.name AS otherName FROM merge_pin AS p
  LEFT JOIN directory_entry AS a ON a.handle = p.one LEFT JOIN directory_entry AS b ON b.handle = p.other`;

function toPin({ id, kind, one, other, oneName, otherName }: PinRow): MergePin {
  return { id, kind, handles: [one, other], names: [oneName ?? '', otherName ?? ''] };
}

/** The user's word on who is whom, on the disk when it resolves. */
export class MergePins {
  private readonly database: Database;
  private readonly entries: EntryQueries;
  private readonly now: () => number;

  constructor(options: { database: Database; entries: EntryQueries; now: () => number }) {
    this.database = options.database;
    this.entries = options.entries;
    this.now = options.now;
  }

  async list(): Promise<MergePin[]> {
    return (await this.database.read<PinRow>(`${select} ORDER BY p.id DESC LIMIT ?`, [mostShown])).map(toPin);
  }

  /** Those that name an entry of the person. */
  async ofPerson(personId: string): Promise<MergePin[]> {
    const { sql: handles, values } = handlesOf([personId]);
    const sql = `${select} WHERE p.one IN (${handles}) OR p.other IN (${handles}) ORDER BY p.id LIMIT ?`;
    return (await this.database.read<PinRow>(sql, [...values, ...values, mostShown])).map(toPin);
  }

  /**
   * Pins the first entries of the persons together, each with each; what kept any two of their entries apart is taken
   * back. Gives the id that the person will have.
   * @throws OffhookError `people.unknown`
   */
  async merge(personIds: readonly string[]): Promise<string> {
    const found = await Promise.all([...new Set(personIds)].map((id) => this.entries.personId(id)));
    if (found.includes(null)) throw new OffhookError('people.unknown');
    const ids = [...new Set(found.filter((id) => id !== null))];
    const persons = await Promise.all(ids.map((id) => this.entries.ofPerson(id)));
    const firsts = persons.map((of) => of.toSorted(compareEntries)[0]).filter((entry) => entry !== undefined);
    const [head] = firsts.toSorted(compareEntries);
    if (!head) throw new OffhookError('people.unknown');
    const id = head.handle;
    const all = handlesOf(ids);
    const released = {
      sql: `DELETE FROM merge_pin WHERE kind = 'apart' AND one IN (${all.sql}) AND other IN (${all.sql})`,
      values: [...all.values, ...all.values],
    };
    const pins = firsts.flatMap((one, index) =>
      firsts.slice(index + 1).map((other) => pinStatement('together', one.handle, other.handle, this.now())),
    );
    const moved = {
      sql: `UPDATE directory_entry SET person_id = ? WHERE handle IN (${all.sql})`,
      values: [id, ...all.values],
    };
    await this.database.transaction([released, ...pins, moved]);
    return id;
  }

  /**
   * Pins the entry apart from each other entry of its person. Gives the id that it has from then on.
   * @throws OffhookError `people.unknown`
   */
  async separate(handle: string): Promise<string> {
    const personId = await this.entries.personId(handle);
    const entry = await this.entries.find(handle);
    if (!entry || personId === null) throw new OffhookError('people.unknown');
    const others = (await this.entries.ofPerson(personId)).filter((other) => other.handle !== handle);
    const [head] = others.toSorted(compareEntries);
    if (!head) return personId;
    const pins = others.map((other) => pinStatement('apart', handle, other.handle, this.now()));
    const all = handlesOf([personId]);
    const left = {
      sql: `UPDATE directory_entry SET person_id = ? WHERE handle IN (${all.sql})`,
      values: [head.handle, ...all.values],
    };
    const alone = { sql: 'UPDATE directory_entry SET person_id = handle WHERE handle = ?', values: [handle] };
    await this.database.transaction([...pins, left, alone]);
    return handle;
  }

  async remove(pinIds: readonly number[]): Promise<void> {
    await this.database.execute(`DELETE FROM merge_pin WHERE id IN (${pinIds.map(() => '?').join(', ')})`, pinIds);
  }
}
