import type { MergeEntry } from './merge-entry.ts';
import type { MergedNumber, MergedPerson } from './merged-person.ts';

type Word = 'name' | 'firm' | 'role' | 'department';

const sureness = { certain: 2, local: 1, weak: 0 } as const;

/** Up to so many are looked through faster than they are put into a map. */
const few = 12;

function numbersOf(entries: readonly MergeEntry[]): MergedNumber[] {
  const numbers: MergedNumber[] = [];
  let places: Map<string, MergedNumber> | null = null;
  const find = (key: string, extension: string | null) =>
    numbers.length < few
      ? numbers.find((number) => number.key === key && number.extension === extension)
      : places?.get(`${key}#${extension ?? ''}`);
  for (const { numbers: own, directoryId } of entries) {
    for (const { key, confidence, number, extension, label } of own) {
      if (key === null) continue;
      const there = find(key, extension);
      if (there) {
        if (!there.directoryIds.includes(directoryId)) there.directoryIds.push(directoryId);
        if (there.label === '') there.label = label;
        if (sureness[confidence] > sureness[there.confidence]) there.confidence = confidence;
        continue;
      }
      numbers.push({ key, confidence, number, extension, label, directoryIds: [directoryId] });
      if (numbers.length < few) continue;
      places ??= new Map();
      for (const known of numbers.slice(places.size)) places.set(`${known.key}#${known.extension ?? ''}`, known);
    }
  }
  return numbers;
}

function once(texts: readonly string[], fold: (text: string) => string): string[] {
  if (texts.length === 0 || (texts.length === 1 && texts[0] !== '')) return [...texts];
  const seen = new Map<string, string>();
  for (const text of texts) if (text !== '' && !seen.has(fold(text))) seen.set(fold(text), text);
  return [...seen.values()];
}

/** Nearly everybody: whole address books are read this way. */
function personOfOne(entry: MergeEntry): MergedPerson {
  const { handle, directoryId, name, firm, role, department, photo, emails, note } = entry;
  return {
    id: handle,
    name,
    firm,
    role,
    department,
    photo,
    numbers: numbersOf([entry]),
    emails: emails.length === 0 ? [] : once(emails, (email) => email.toLowerCase()),
    notes: note === '' ? [] : [note],
    entries: [{ handle, directoryId }],
  };
}

/**
 * One person of entries that were found to be the same.
 * @param members in the order of handles, own contacts first; at least one
 * @param rank of a directory in the user's order
 */
export function composePerson(members: readonly MergeEntry[], rank: ReadonlyMap<string, number>): MergedPerson {
  if (members.length === 1) return personOfOne(members[0]!);
  const place = ({ directoryId }: MergeEntry) => rank.get(directoryId) ?? Infinity;
  const entries = members.toSorted((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)));
  const first = (word: Word) => entries.find((entry) => entry[word] !== '')?.[word] ?? '';
  return {
    id: members[0]!.handle,
    name: first('name'),
    firm: first('firm'),
    role: first('role'),
    department: first('department'),
    photo: entries.find(({ photo }) => photo !== null)?.photo ?? null,
    numbers: numbersOf(entries),
    emails: once(
      entries.flatMap(({ emails }) => emails),
      (email) => email.toLowerCase(),
    ),
    notes: once(
      entries.map(({ note }) => note),
      (note) => note,
    ),
    entries: entries.map(({ handle, directoryId }) => ({ handle, directoryId })),
  };
}
