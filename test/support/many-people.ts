import { setTimeout } from 'node:timers/promises';
import { linkedPersons, moveLinks } from '#core/call-log/index.ts';
import { agentSchema } from '#core/composition/agent-schema.ts';
import { buildPeople } from '#core/contacts/building/build-people.ts';
import { SqlitePersonStore } from '#core/contacts/building/sqlite-person-store.ts';
import { entryHandle } from '#core/contacts/directories/intake/entry-handle.ts';
import { packNumbers, type StoredNumber } from '#core/contacts/directories/stored-entry.ts';
import type { MergedPerson } from '#core/contacts/merging/merged-person.ts';
import { WritePace } from '#core/storage/index.ts';
import { openSqlite } from '#core/storage/open-sqlite.ts';
import * as words from './people-words.ts';
import { seeded } from './seeded.ts';

/** The address books that the invented people are in, in the user's order. */
export const inventedDirectories = [
  { id: 'own', kind: 'own', label: '' },
  { id: 'customers', kind: 'sheet', label: 'Клиенты.xlsx' },
  { id: 'company', kind: 'ldap', label: 'Сотрудники' },
  { id: 'onec', kind: 'onec', label: '1С' },
] as const;

export interface InventedEntry {
  directoryId: string;
  key: string;
  handle: string;
  name: string;
  firm: string;
  role: string;
  department: string;
  numbers: StoredNumber[];
  emails: string[];
  note: string;
  place: string;
}

const linesPerCode = 9_999_999;

class Inventor {
  private readonly random: () => number;
  private readonly firms: readonly string[];
  private lines = 0;

  constructor(count: number, seed: number) {
    this.random = seeded(seed);
    this.firms = Array.from({ length: Math.max(5, Math.ceil(count / 12)) }, () => this.firm());
  }

  entry(index: number): InventedEntry {
    const share = this.random();
    const directoryId = share < 0.02 ? 'own' : share < 0.7 ? 'customers' : share < 0.75 ? 'company' : 'onec';
    const inside = directoryId === 'company';
    const key = `${directoryId}-${index}`;
    const name = this.random() < 0.04 ? '' : this.name();
    const firm = inside ? 'ООО «Ромашка»' : this.pick(this.firms);
    return {
      ...{ directoryId, key, handle: entryHandle(directoryId, key), name, firm },
      role: this.random() < 0.5 ? this.pick(words.roles) : '',
      department: inside || this.random() < 0.15 ? this.pick(words.departments) : '',
      numbers: this.numbers(index, inside),
      emails: this.random() < 0.4 ? [`client${index}@${this.pick(words.mailHosts)}`] : [],
      note: this.random() < 0.25 ? this.note() : '',
      place: `Клиенты.xlsx › Лист1!${index + 2}`,
    };
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  private name(): string {
    const woman = this.random() < 0.5;
    const surname = this.pick(words.surnames) + (woman ? 'а' : '');
    const first = this.pick(woman ? words.women : words.men);
    if (this.random() < 0.4) return `${surname} ${first}`;
    const father = this.pick(words.fathers);
    return `${surname} ${first} ${father}${father.endsWith('е') ? '' : 'о'}${woman ? 'вна' : 'вич'}`;
  }

  private firm(): string {
    const form = this.pick(words.firmForms);
    if (form === 'ИП') return `ИП ${this.pick(words.surnames)} ${this.pick(words.men)[0]}. ${this.pick(words.men)[0]}.`;
    const name = this.pick(words.firmFirst) + this.pick(words.firmSecond).toLowerCase();
    const place = this.random() < 0.3 ? `-${this.pick(words.firmPlaces)}` : '';
    return `${form} «${name}${place}»`;
  }

  private note(): string {
    const length = 3 + Math.floor(this.random() * 12);
    return Array.from({ length }, () => this.pick(words.noteWords)).join(' ');
  }

  /** Two on average; a few are the firm's switchboard with an extension. */
  private numbers(index: number, inside: boolean): StoredNumber[] {
    if (inside) return [this.internal(1000 + (index % 9000)), this.mobile()];
    const share = this.random();
    if (share < 0.25) return [this.mobile()];
    if (share < 0.75) return [this.mobile(), this.town()];
    return [this.town(), this.mobile(), this.mobile()];
  }

  private internal(number: number): StoredNumber {
    const text = String(number);
    return { text, key: text, confidence: 'local', number: text, extension: null, label: 'internal' };
  }

  /** Every line is another one, spread over the codes as numbers are. */
  private mobile(): StoredNumber {
    this.lines += 1;
    const code = 900 + ((this.lines * 7) % 100);
    return this.outside(String(code === 900 + 54 || code === 907 ? 916 : code), 'mobile', null);
  }

  private town(): StoredNumber {
    const extension = this.random() < 0.15 ? String(100 + Math.floor(this.random() * 900)) : null;
    this.lines += 1;
    return this.outside(this.pick(words.townCodes), 'work', extension);
  }

  private outside(code: string, label: string, extension: string | null): StoredNumber {
    const line = String(2_000_000 + ((this.lines * 104_729) % (linesPerCode - 2_000_000))).slice(0, 10 - code.length);
    const number = `+7${code}${line}`;
    const written = `8 (${code}) ${line.slice(0, -4)}-${line.slice(-4, -2)}-${line.slice(-2)}`;
    const text = extension === null ? written : `${written} доб. ${extension}`;
    return { text, key: number, confidence: 'certain', number, extension, label };
  }
}

/** Entries as the address books of a Russian office have them, two numbers each on average. The same in every run. */
export function* inventEntries(count: number, seed = 20_261_126): Generator<InventedEntry> {
  const inventor = new Inventor(count, seed);
  for (let index = 0; index < count; index += 1) yield inventor.entry(index);
}

function personOf(entry: InventedEntry): MergedPerson {
  const { handle, directoryId, name, firm, role, department, emails, note } = entry;
  return {
    ...{ id: handle, name, firm, role, department, photo: null, emails },
    numbers: entry.numbers.map(({ key, confidence, number, extension, label }) => {
      return { key: key!, confidence, number, extension, label, directoryIds: [directoryId] };
    }),
    notes: note === '' ? [] : [note],
    entries: [{ handle, directoryId }],
  };
}

/** A person for each entry, as if none were merged. */
export function* inventPeople(count: number, seed?: number): Generator<MergedPerson> {
  for (const entry of inventEntries(count, seed)) yield personOf(entry);
}

const columns =
  'directory_id, key, handle, content_hash, name, firm, role, department, numbers, emails, links, note, fields, place';

/** Writes that many entries into a new database file, through the agent's schema. */
export function fillDirectory(file: string, count: number): void {
  const database = openSqlite(file, agentSchema);
  database.pragma('synchronous = OFF');
  const keepDirectory = database.prepare(
    'INSERT OR IGNORE INTO directory (id, kind, label, position, config, refreshed_at) VALUES (?, ?, ?, ?, ?, 0)',
  );
  const keep = database.prepare(`INSERT INTO directory_entry (${columns}) VALUES (${columns.replace(/\w+/g, '?')})`);
  database.transaction(() => {
    inventedDirectories.forEach(({ id, kind, label }, position) =>
      keepDirectory.run(id, kind, label, position, JSON.stringify({ kind })),
    );
    for (const {
      directoryId,
      key,
      handle,
      name,
      firm,
      role,
      department,
      numbers,
      emails,
      note,
      place,
    } of inventEntries(count)) {
      const lists = [packNumbers(numbers), JSON.stringify(emails), '[]'];
      keep.run(directoryId, key, handle, handle, name, firm, role, department, ...lists, note, '[]', place);
    }
  })();
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

/** Merges them, and writes all that the people worker writes then. */
export async function mergeDirectory(file: string): Promise<void> {
  const store = SqlitePersonStore.open({
    file,
    links: { move: moveLinks, list: linkedPersons },
    now: () => performance.now(),
    slice: () => new WritePace().slice,
    pause: async (milliseconds) => void (await setTimeout(milliseconds)),
  });
  await buildPeople(store, 'merge', { tell: () => undefined, isCut: () => false });
  store.close();
}
