import type { EntryTarget } from './source-entry.ts';

/** A number of an entry, read by the office's rules when it was stored. */
export interface StoredNumber {
  /** As written. */
  text: string;
  /** As `MatchKey.key`; null where it could not be read. */
  key: string | null;
  confidence: 'certain' | 'local' | 'weak';
  /** The normal form, without the extension. */
  number: string;
  extension: string | null;
  label: string;
}

/** A row of `directory_entry`. */
export interface StoredEntry {
  id: number;
  directoryId: string;
  key: string;
  /** Of the person model: the same for the same key of the same directory, for ever. */
  handle: string;
  /** Handle of the first entry of the person that it was merged into; null: not merged yet. */
  personId: string | null;
  name: string;
  firm: string;
  role: string;
  department: string;
  numbers: StoredNumber[];
  emails: string[];
  links: string[];
  note: string;
  fields: { name: string; value: string }[];
  /** Hash of a row of `photo`. */
  photo: string | null;
  open: EntryTarget | null;
  place: string;
}

/** The row as SQLite gives it. Lists are JSON; a number is `[text, key, confidence’s first letter, number, extension, label]`. */
export interface EntryRow {
  id: number;
  directory_id: string;
  key: string;
  handle: string;
  person_id: string | null;
  name: string;
  firm: string;
  role: string;
  department: string;
  numbers: string;
  emails: string;
  links: string;
  note: string;
  fields: string;
  photo: string | null;
  open: string | null;
  place: string;
}

type NumberTuple = [string, string | null, 'c' | 'l' | 'w', string, string | null, string];

const confidences = { c: 'certain', l: 'local', w: 'weak' } as const;

export function packNumbers(numbers: readonly StoredNumber[]): string {
  const tuples: NumberTuple[] = numbers.map(({ text, key, confidence, number, extension, label }) => [
    text,
    key,
    confidence[0] as 'c' | 'l' | 'w',
    number,
    extension,
    label,
  ]);
  return JSON.stringify(tuples);
}

export function unpackNumbers(json: string): StoredNumber[] {
  return (JSON.parse(json) as NumberTuple[]).map((tuple) => ({
    text: tuple[0],
    key: tuple[1],
    confidence: confidences[tuple[2]],
    number: tuple[3],
    extension: tuple[4],
    label: tuple[5],
  }));
}

export function toStoredEntry(row: EntryRow): StoredEntry {
  const { directory_id: directoryId, person_id: personId, numbers, emails, links, fields, open, ...same } = row;
  return {
    ...same,
    directoryId,
    personId,
    numbers: unpackNumbers(numbers),
    emails: JSON.parse(emails) as string[],
    links: JSON.parse(links) as string[],
    fields: JSON.parse(fields) as StoredEntry['fields'],
    open: open === null ? null : (JSON.parse(open) as EntryTarget),
  };
}
