import { OffhookError } from '#contract/errors.ts';
import type { OwnContact, PersonLink } from '#contract/ipc/index.ts';
import type { Database, Statement } from '#core/storage/index.ts';
import { cleanLine } from '../directories/intake/clean-text.ts';
import { aliasStatements } from '../directories/intake/entry-alias.ts';
import type { StoredEntry } from '../directories/stored-entry.ts';
import { compareNames } from '../merging/compare-names.ts';
import { readName } from '../merging/read-name.ts';
import type { NumberRules } from '../numbers/number-rules.ts';
import type { EntryQueries } from './entry-queries.ts';
import { pinStatement } from './merge-pins.ts';
import { insertOwn, isBare, numberOfKey, toOwnContact, toOwnRow, updateOwn, type OwnRow } from './own-contact-row.ts';

export interface OwnContactsOptions {
  database: Database;
  entries: EntryQueries;
  rules: () => NumberRules;
  newId: () => string;
  now: () => number;
}

const longestName = 120;

/** What the call log reads of a person; the next merging writes the same. */
function knownAs({ id, name }: PersonLink, partyKeys: readonly string[], onConflict: string): Statement[] {
  return [
    {
      sql: 'INSERT INTO person (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name',
      values: [id, name],
    },
    ...partyKeys.map((partyKey) => ({
      sql: `INSERT INTO person_number (party_key, person_id) VALUES (?, ?) ON CONFLICT (party_key) ${onConflict}`,
      values: [partyKey, id],
    })),
  ];
}

function keysOf({ numbers }: Pick<OwnRow, 'numbers'>): string[] {
  return [...new Set(numbers.map(({ key }) => key).filter((key) => key !== null))];
}

/** The entries of the directory `own`: what the user writes of people. What resolves is on the disk. */
export class OwnContacts {
  private readonly options: OwnContactsOptions;

  constructor(options: OwnContactsOptions) {
    this.options = options;
  }

  /**
   * Says whose number it is. The one known person who has it, if any, is meant and gets the name; with several, a new
   * one is made, and is meant by the number.
   */
  async name(partyKey: string, given: string, known: { id: string; others: number } | null): Promise<PersonLink> {
    const { entries, rules, newId } = this.options;
    const name = cleanLine(given, longestName);
    const number = numberOfKey(partyKey, rules());
    const meant = known?.others === 0 ? await entries.ofPerson(known.id) : [];
    const chosen = (handle: string): Statement[] =>
      known && known.others > 0 ? [{ sql: choose, values: [partyKey, handle] }] : [];
    const [present] = [
      ...(await entries.ownWith(partyKey)),
      ...meant.filter(({ directoryId }) => directoryId === 'own'),
    ];
    if (present) {
      const has = present.numbers.some(({ key }) => key === partyKey);
      const row = { ...present, name, numbers: has ? present.numbers : [...present.numbers, number] };
      const person = { id: present.personId ?? present.handle, name };
      const others = (await entries.ofPerson(person.id)).filter(({ handle }) => handle !== present.handle);
      const statements = [updateOwn(present.handle, row), ...this.pinned(present.handle, name, others)];
      await this.keep(person, partyKey, [...statements, ...chosen(present.handle)]);
      return person;
    }
    const id = newId();
    const row: OwnRow = {
      name,
      firm: '',
      role: '',
      department: '',
      numbers: [number],
      emails: [],
      links: [],
      note: '',
    };
    const pinned = this.pinned(id, name, meant, number.confidence !== 'certain');
    await this.keep({ id, name }, partyKey, [insertOwn(id, id, row), ...pinned, ...chosen(id)]);
    return { id, name };
  }

  /** Takes the number from the user's own contacts; of a directory's it cannot be taken. */
  async forget(partyKey: string): Promise<void> {
    const own = await this.options.entries.ownWith(partyKey);
    const statements = own.flatMap((entry) => {
      const left = { ...entry, numbers: entry.numbers.filter(({ key }) => key !== partyKey) };
      return isBare(left) ? removal(entry.handle) : [updateOwn(entry.handle, left)];
    });
    const disown = { sql: 'DELETE FROM person_number WHERE party_key = ?', values: [partyKey] };
    const unknown = own.map(({ personId, handle }) => of(dropPerson, personId ?? handle));
    await this.options.database.transaction([disown, ...statements, ...unknown]);
  }

  /** @throws OffhookError `people.unknown`, `people.not-editable` */
  async save(
    handle: string | null,
    contact: OwnContact,
  ): Promise<{ person: PersonLink; handle: string; partyKeys: string[] }> {
    const row = toOwnRow(contact, this.options.rules());
    const before = handle === null ? null : await this.editable(handle);
    const own = before?.handle ?? this.options.newId();
    const person = { id: before?.personId ?? own, name: row.name };
    const partyKeys = keysOf(row);
    const write = before ? updateOwn(own, row) : insertOwn(own, own, row);
    await this.options.database.transaction([write, ...knownAs(person, partyKeys, 'DO NOTHING')]);
    return { person, handle: own, partyKeys };
  }

  async read(handle: string): Promise<OwnContact | null> {
    const entry = await this.options.entries.find(handle);
    if (entry?.directoryId !== 'own') return null;
    const { name, firm, role, department, numbers, emails, links, note } = entry;
    return toOwnContact({ name, firm, role, department, numbers, emails, links, note });
  }

  /** Gives the numbers that it had. @throws OffhookError `people.unknown`, `people.not-editable` */
  async remove(handle: string): Promise<string[]> {
    const entry = await this.editable(handle);
    await this.options.database.transaction(removal(handle));
    return keysOf(entry);
  }

  /** Takes all entries of the person off the disk. Gives those that are not the user's own. */
  async erase(personId: string): Promise<StoredEntry[]> {
    const { entries, database } = this.options;
    const foreign: StoredEntry[] = [];
    for (;;) {
      const found = await entries.ofPerson(personId);
      if (found.length === 0) return foreign;
      const photos = found.flatMap(({ photo }) => (photo === null ? [] : [of(dropPhoto, photo)]));
      const gone = found.flatMap(({ handle }) => removal(handle));
      await database.transaction([...gone, ...photos, of(dropPerson, personId)]);
      foreign.push(...found.filter(({ directoryId }) => directoryId !== 'own'));
    }
  }

  private async editable(handle: string): Promise<StoredEntry> {
    const entry = await this.options.entries.find(handle);
    if (!entry) throw new OffhookError('people.unknown');
    if (entry.directoryId !== 'own') throw new OffhookError('people.not-editable');
    return entry;
  }

  private async keep(person: PersonLink, partyKey: string, statements: readonly Statement[]): Promise<void> {
    const known = knownAs(person, [partyKey], 'DO UPDATE SET person_id = excluded.person_id');
    await this.options.database.transaction([...statements, ...known]);
  }

  /** Keeps them one person where the rules would not: the user has just said who it is. */
  private pinned(own: string, name: string, others: readonly StoredEntry[], always = false): Statement[] {
    const [first] = others;
    if (!first) return [];
    const differs = others.some((entry) => compareNames(readName(name), readName(entry.name)) === 'differ');
    return always || differs ? [pinStatement('together', own, first.handle, this.options.now())] : [];
  }
}

const choose =
  'INSERT INTO number_choice (party_key, handle) VALUES (?, ?) ON CONFLICT (party_key) DO UPDATE SET handle = excluded.handle';
const dropPerson = `DELETE FROM person WHERE id = @handle AND NOT EXISTS (SELECT 1 FROM person_number WHERE person_id = @handle)
  AND NOT EXISTS (SELECT 1 FROM directory_entry WHERE handle = @handle OR (person_id = @handle AND person_id <> handle))`;

const dropPhoto =
  'DELETE FROM photo WHERE hash = @handle AND NOT EXISTS (SELECT 1 FROM directory_entry WHERE photo = @handle)';

/** With the one value in each place of it. */
function of(sql: string, value: string): Statement {
  const parts = sql.split('@handle');
  return { sql: parts.join('?'), values: parts.slice(1).map(() => value) };
}

/** What is linked to it leads to another entry of the person from then on, where there is one. */
function removal(handle: string): Statement[] {
  return [
    ...aliasStatements,
    'DELETE FROM merge_pin WHERE one = @handle OR other = @handle',
    'DELETE FROM number_choice WHERE handle = @handle',
    'DELETE FROM directory_entry WHERE handle = @handle',
  ].map((sql) => of(sql, handle));
}
