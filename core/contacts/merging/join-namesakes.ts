import type { MergeReason } from '#contract/ipc/index.ts';
import type { Merging } from './merge-entries.ts';
import type { SharedValues } from './shared-values.ts';

/** More spellings than one name has. */
const mostNames = 24;

/** Entries of one name, in the order of handles, and what else they have in common. */
interface Namesakes {
  rule: MergeReason['rule'];
  value: string;
  entries: number[];
}

function group(entries: Iterable<number>, keyOf: (entry: number) => string | null): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === null) continue;
    const there = groups.get(key);
    if (there) there.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** Those whose patronymics differ fall apart into the ones with the very same words. */
function agreeing(entries: number[], { grouped, names }: Merging): number[][] {
  const distinct = [...new Set(entries.map((entry) => grouped[entry]!.name))];
  const agree = (one: number, index: number) =>
    distinct.slice(index + 1).every((other) => names.relation(one, other) !== 'differ');
  if (distinct.length <= mostNames && distinct.every(agree)) return [entries];
  return [...group(entries, (entry) => String(grouped[entry]!.name)).values()];
}

/** Joins them, unless one of the directories has two of the name: then nobody knows which is meant. */
function join(merging: Merging, { rule, value, entries }: Namesakes): void {
  const { groups, joined } = merging;
  const roots = new Map<number, number>();
  for (const entry of entries) {
    const root = groups.find(entry);
    for (const directory of groups.directoriesOf(root)) {
      if ((roots.get(directory) ?? root) !== root) return;
      roots.set(directory, root);
    }
  }
  const [first] = entries;
  for (const entry of entries.slice(1)) {
    if (groups.find(first!) === groups.find(entry)) continue;
    if (groups.join(first!, entry)) joined(rule, value, first!, entry);
  }
}

function* namesakes(merging: Merging, values: SharedValues): Generator<Namesakes> {
  const { entries, grouped, names } = merging;
  const nameOf = (entry: number) => names.names[grouped[entry]!.name]!;
  const firmOf = (entry: number) => names.firm(entries[entry]!.firm);
  for (const { rule, value, entries: holders, whose } of [...values.sure, ...values.unsure]) {
    if (whose === 'one') continue;
    const named = group(
      holders,
      (entry) => nameOf(entry).fullKey ?? (nameOf(entry).kind === 'firm' ? nameOf(entry).key : null),
    );
    for (const of of named.values()) yield { rule, value, entries: of };
  }
  const all = entries.keys();
  const inFirm = group(all, (entry) => {
    const { fullKey } = nameOf(entry);
    const firm = fullKey === null ? '' : firmOf(entry);
    return firm === '' ? null : `${fullKey}\0${firm}`;
  });
  for (const of of inFirm.values()) yield { rule: 'name', value: entries[of[0]!]!.name, entries: of };
  for (const of of group(entries.keys(), (entry) => nameOf(entry).wholeKey).values()) {
    const firms = new Set(of.length < 2 ? [] : of.map(firmOf).filter(Boolean));
    if (firms.size <= 1) yield { rule: 'name', value: entries[of[0]!]!.name, entries: of };
  }
}

/**
 * The same name written out, in two directories: with a number or mailbox that others have too, with the firm, or with
 * the patronymic and no other firm.
 */
export function joinNamesakes(merging: Merging, values: SharedValues): void {
  for (const found of namesakes(merging, values)) {
    if (found.entries.length < 2) continue;
    for (const entries of agreeing(found.entries, merging)) join(merging, { ...found, entries });
  }
}
