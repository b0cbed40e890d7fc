import type { MergeReason } from '#contract/ipc/index.ts';
import { composePerson } from './compose-person.ts';
import { EntryGroups, type GroupedEntry } from './entry-groups.ts';
import { joinNamesakes } from './join-namesakes.ts';
import { joinValues } from './join-values.ts';
import { KnownNames } from './known-names.ts';
import { compareEntries, type MergeEntry, type Pin } from './merge-entry.ts';
import type { MergedPerson } from './merged-person.ts';
import { SharedValues } from './shared-values.ts';

export interface MergeOptions {
  pins: readonly Pin[];
  /** Directories, as the user put them. */
  order: readonly string[];
}

export interface Merged {
  /** In the order of their ids, own contacts first. */
  persons: MergedPerson[];
  /** As few as hold the persons together. */
  reasons: MergeReason[];
}

/** What one pass over the entries needs, and where its unions go. */
export interface Merging {
  entries: readonly MergeEntry[];
  grouped: readonly GroupedEntry[];
  names: KnownNames;
  groups: EntryGroups;
  /** Two entries became one person; places of them. */
  joined: (rule: MergeReason['rule'], value: string, one: number, other: number) => void;
}

/** Places of the pinned entries that are there, in an order that depends on nothing else. */
function placed(pins: readonly Pin[], kind: Pin['kind'], places: ReadonlyMap<string, number>): [number, number][] {
  const pairs = pins.flatMap((pin): [number, number][] => {
    const [one, other] = pin.handles.map((handle) => places.get(handle));
    if (pin.kind !== kind || one === undefined || other === undefined || one === other) return [];
    return [one < other ? [one, other] : [other, one]];
  });
  return pairs.sort(([a, b], [c, d]) => a - c || b - d);
}

function pinnedPlaces(entries: readonly MergeEntry[], pins: readonly Pin[]): Map<string, number> {
  const wanted = new Set(pins.flatMap(({ handles }) => handles));
  const places = new Map<string, number>();
  if (wanted.size === 0) return places;
  for (const [place, { handle }] of entries.entries()) if (wanted.has(handle)) places.set(handle, place);
  return places;
}

function personsOf(entries: readonly MergeEntry[], groups: EntryGroups, order: readonly string[]): MergedPerson[] {
  const rank = new Map(order.map((id, index) => [id, index]));
  const members = new Map<number, MergeEntry[]>();
  for (const [place, entry] of entries.entries()) {
    const root = groups.find(place);
    const there = members.get(root);
    if (there) there.push(entry);
    else members.set(root, [entry]);
  }
  return [...members.values()].map((of) => composePerson(of, rank));
}

/**
 * Who is whom. A function of the set of entries and of the set of pins: in which order they came, and what was merged
 * before, makes no difference. Rules, the surest first: what the user pinned; the same number or e-mail address under
 * names that agree; the same whole name in two directories. For people they are written down in docs/guides/merging.md.
 */
export function mergeEntries(given: Iterable<MergeEntry>, { pins, order }: MergeOptions): Merged {
  const entries = [...given].sort(compareEntries);
  const names = new KnownNames();
  const directories = new Map<string, number>();
  const grouped = entries.map((entry): GroupedEntry => {
    let directory = directories.get(entry.directoryId);
    if (directory === undefined) directories.set(entry.directoryId, (directory = directories.size));
    return { name: names.of(entry), directory };
  });
  const places = pinnedPlaces(entries, pins);
  const groups = new EntryGroups(grouped, names, placed(pins, 'apart', places));
  const reasons: MergeReason[] = [];
  const joined: Merging['joined'] = (rule, value, one, other) =>
    void reasons.push({ rule, value, handles: [entries[one]!.handle, entries[other]!.handle] });
  const merging: Merging = { entries, grouped, names, groups, joined };
  for (const [one, other] of placed(pins, 'together', places))
    if (groups.pin(one, other)) joined('pinned', '', one, other);
  const values = new SharedValues(entries, grouped, names);
  joinValues(merging, values);
  joinNamesakes(merging, values);
  return { persons: personsOf(entries, groups, order), reasons };
}
