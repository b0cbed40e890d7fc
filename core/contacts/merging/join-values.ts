import type { Merging } from './merge-entries.ts';
import type { SharedValue, SharedValues } from './shared-values.ts';

/** More groups than this under one value are not looked through. */
const mostGroups = 16;

/** Each entry joins the first group of those before it that takes it. */
function joinAll({ groups, joined }: Merging, { rule, value }: SharedValue, entries: readonly number[]): void {
  const heads: number[] = [];
  for (const entry of entries) {
    const head = heads.find((first) => groups.find(first) === groups.find(entry)) ?? null;
    if (head !== null) continue;
    const taken = heads.find((first) => groups.join(first, entry));
    if (taken !== undefined) joined(rule, value, taken, entry);
    else if (heads.length < mostGroups) heads.push(entry);
  }
}

/** Whether its numbers and addresses lead to two who differ: then nobody knows to whom it belongs. */
function isTorn(entry: number, { entries, grouped, names }: Merging, values: SharedValues): boolean {
  const leads = values.of(entries[entry]!);
  if (leads.length < 2) return false;
  const met = new Set(leads.flatMap((shared) => shared.entries.map((holder) => grouped[holder]!.name)));
  const list = [...met];
  return list.some((one, index) => list.slice(index + 1).some((other) => names.relation(one, other) === 'differ'));
}

/** The same number, or e-mail address of a person, under names that agree; the same words before shorter ones. */
export function joinValues(merging: Merging, values: SharedValues): void {
  const ofOne = values.sure.filter(({ whose }) => whose === 'one');
  for (const shared of ofOne) if (shared.alike) joinAll(merging, shared, shared.entries);
  for (const shared of ofOne) {
    if (shared.alike) continue;
    joinAll(
      merging,
      shared,
      shared.entries.filter((entry) => !isTorn(entry, merging, values)),
    );
  }
}
