import type { ListedPerson, MergePin, PersonDetail, PersonEntry, PersonNumber } from '#contract/ipc/index.ts';
import { directoryKind } from '#contract/ipc/index.ts';
import type { EntryTarget } from '../directories/source-entry.ts';
import type { StoredEntry } from '../directories/stored-entry.ts';
import { composePerson } from '../merging/compose-person.ts';
import { mergeEntries } from '../merging/merge-entries.ts';
import { compareEntries } from '../merging/merge-entry.ts';
import type { MergedNumber } from '../merging/merged-person.ts';
import { dialText } from '../numbers/dial-text.ts';
import { formatNormal } from '../numbers/format-number.ts';

export interface KnownDirectory {
  id: string;
  label: string;
  kind: string;
}

const openSchemes = /^(?:https?|e1c|mailto):/i;
const pageSchemes = /^https?:$/;

/** An address of a page as it may be shown; null for anything else. */
export function pageAddress(link: string): string | null {
  const text = /^www\./i.test(link) ? `https://${link}` : link;
  return URL.canParse(text) && pageSchemes.test(new URL(text).protocol) ? text : null;
}

export function canOpen(target: EntryTarget | null): boolean {
  if (target?.kind !== 'url') return target !== null;
  return URL.canParse(target.url) && openSchemes.test(target.url);
}

export function toPersonNumber({ key, number, extension, label, directoryIds }: MergedNumber): PersonNumber {
  return {
    partyKey: key,
    dial: dialText(number, extension),
    display: formatNormal(number),
    extension,
    label,
    directoryIds,
  };
}

function toEntry(entry: StoredEntry, directory: KnownDirectory): PersonEntry {
  const unread = entry.numbers.filter(({ key }) => key === null);
  return {
    handle: entry.handle,
    directoryId: entry.directoryId,
    directoryLabel: directory.label,
    kind: directoryKind.parse(directory.kind),
    name: entry.name,
    firm: entry.firm,
    place: entry.place,
    canOpen: canOpen(entry.open),
    editable: entry.directoryId === 'own',
    // A number that nobody could read is shown as it was written.
    fields: [...unread.map(({ label, text }) => ({ name: label, value: text })), ...entry.fields],
  };
}

/** Of a person's number in one line. */
export function firstNumber([first]: readonly PersonNumber[]): ListedPerson['number'] {
  return first
    ? { partyKey: first.partyKey, dial: first.dial, display: first.display, extension: first.extension }
    : null;
}

/**
 * Everything that is known of one person.
 * @param entries of the person; at least one
 * @param directories in the user's order
 */
export function readPerson(
  entries: readonly StoredEntry[],
  directories: readonly KnownDirectory[],
  pins: readonly MergePin[],
): PersonDetail {
  const order = directories.map(({ id }) => id);
  const merged = composePerson(entries.toSorted(compareEntries), new Map(order.map((id, index) => [id, index])));
  const byHandle = new Map(entries.map((entry) => [entry.handle, entry]));
  const sorted = merged.entries.map(({ handle }) => byHandle.get(handle)!);
  const known = new Map(directories.map((directory) => [directory.id, directory]));
  const numbers = merged.numbers.map(toPersonNumber);
  const { id, name, firm, role, department, photo, emails } = merged;
  return {
    ...{ id, name, firm, role, department, photo, emails, numbers },
    number: firstNumber(numbers),
    numberCount: numbers.length,
    directoryIds: [...new Set(sorted.map(({ directoryId }) => directoryId))],
    links: [...new Set(sorted.flatMap(({ links }) => links.map(pageAddress).filter((link) => link !== null)))],
    notes: sorted.flatMap(({ directoryId, note }) => (note === '' ? [] : [{ directoryId, text: note }])),
    entries: sorted.flatMap((entry) => {
      const directory = known.get(entry.directoryId);
      return directory ? [toEntry(entry, directory)] : [];
    }),
    reasons: mergeEntries(entries, { pins, order }).reasons,
    pins: [...pins],
  };
}
