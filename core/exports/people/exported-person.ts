import { formatPublicNumber, type EntryPhoto, type StoredEntry } from '#core/contacts/index.ts';

export interface ExportedNumber {
  /** For people, without the extension. */
  text: string;
  extension: string;
  /** As `numberLabel` of the contract. */
  label: string;
}

/** A person with all that their entries say. */
export interface ExportedPerson {
  id: string;
  name: string;
  firm: string;
  role: string;
  department: string;
  numbers: ExportedNumber[];
  emails: string[];
  links: string[];
  note: string;
  /** Labels of the directories that know the person; Offhook's own has an empty one. */
  directories: string[];
  photo: EntryPhoto | null;
}

/** Everybody who is to be exported, by name. */
export interface PeopleSource {
  readonly total: number;
  /** Some at a time. */
  pages(): Iterable<ExportedPerson[]>;
}

/**
 * Entries of one person as the person: of each field the first that is not empty, every number once.
 * @param entries in the user's order of directories, with their directory's label
 */
export function gatherPerson(
  id: string,
  entries: readonly { entry: StoredEntry; directory: string }[],
  photoOf: (hash: string) => EntryPhoto | null,
): ExportedPerson {
  const all = entries.map(({ entry }) => entry);
  const first = (field: 'name' | 'firm' | 'role' | 'department') =>
    all.find((entry) => entry[field] !== '')?.[field] ?? '';
  const numbers = new Map<string, ExportedNumber>();
  for (const { key, text, number, extension, label } of all.flatMap((entry) => entry.numbers)) {
    const identity = key === null ? text : `${key} ${extension ?? ''}`;
    if (!numbers.has(identity))
      numbers.set(identity, { text: key === null ? text : shown(number), extension: extension ?? '', label });
  }
  const photo = all.find((entry) => entry.photo !== null)?.photo ?? null;
  return {
    id,
    ...{ name: first('name'), firm: first('firm'), role: first('role'), department: first('department') },
    numbers: [...numbers.values()],
    emails: unique(all.flatMap(({ emails }) => emails)),
    links: unique(all.flatMap(({ links }) => links)),
    note: unique(all.map(({ note }) => note).filter(Boolean)).join('\n'),
    directories: unique(entries.map(({ directory }) => directory)),
    photo: photo === null ? null : photoOf(photo),
  };
}

function shown(number: string): string {
  return number.startsWith('+') ? formatPublicNumber(number) : number.replace(/^sips?:/, '');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
