import type { MergeReason } from '#contract/ipc/index.ts';
import { Buckets } from './buckets.ts';
import type { Merging } from './merge-entries.ts';
import type { ComparedName } from './read-name.ts';
import type { SharedValues } from './shared-values.ts';

/** More spellings than one name has. */
const mostNames = 24;

/** Entries of one name that have something else in common, in the order of handles. */
interface Namesakes {
  rule: MergeReason['rule'];
  value: string;
  entries: readonly number[];
}

/** Those whose patronymics differ fall apart into the ones with the very same words. */
function agreeing(entries: readonly number[], { grouped, names }: Merging): (readonly number[])[] {
  const byName = new Buckets<number>();
  for (const entry of entries) byName.add(grouped[entry]!.name, entry);
  const distinct = [...byName.keys()];
  const agrees = (one: number, index: number) =>
    distinct.slice(index + 1).every((other) => names.relation(one, other) !== 'differ');
  if (distinct.length <= mostNames && distinct.every(agrees)) return [entries];
  return [...byName.shared()].map(([, of]) => of);
}

/** Joins them, unless one of the directories has two of the name: then nobody knows which is meant. */
function join({ groups, joined }: Merging, { rule, value, entries }: Namesakes): void {
  const roots = new Map<number, number>();
  for (const entry of entries) {
    const root = groups.find(entry);
    for (const directory of groups.directoriesOf(root)) {
      if ((roots.get(directory) ?? root) !== root) return;
      roots.set(directory, root);
    }
  }
  const [first = 0] = entries;
  for (const entry of entries) {
    if (groups.find(first) !== groups.find(entry) && groups.join(first, entry)) joined(rule, value, first, entry);
  }
}

const firmOrFull = ({ kind, key, fullKey }: ComparedName) => (kind === 'firm' ? key : fullKey);

function* behindOneValue({ grouped, names }: Merging, values: SharedValues): Generator<Namesakes> {
  for (const { rule, value, entries, whose } of [...values.sure, ...values.unsure]) {
    if (whose === 'one') continue;
    const byName = new Buckets<string>();
    for (const entry of entries) {
      const name = firmOrFull(names.names[grouped[entry]!.name]!);
      if (name !== null) byName.add(name, entry);
    }
    for (const [, of] of byName.shared()) yield { rule, value, entries: of };
  }
}

function* ofOneName({ entries, grouped, names }: Merging): Generator<Namesakes> {
  const inFirm = new Buckets<string>();
  const whole = new Buckets<string>();
  for (let place = 0; place < entries.length; place += 1) {
    const { fullKey, wholeKey } = names.names[grouped[place]!.name]!;
    if (fullKey === null) continue;
    const firm = names.firm(entries[place]!.firm);
    if (firm !== '') inFirm.add(`${fullKey}\0${firm}`, place);
    if (wholeKey !== null) whole.add(wholeKey, place);
  }
  for (const [, of] of inFirm.shared()) yield { rule: 'name', value: entries[of[0]!]!.name, entries: of };
  for (const [, of] of whole.shared()) {
    const firms = new Set(of.map((place) => names.firm(entries[place]!.firm)).filter(Boolean));
    if (firms.size <= 1) yield { rule: 'name', value: entries[of[0]!]!.name, entries: of };
  }
}

/**
 * The same name written out, in two directories: with a number or mailbox that others have too, with the firm, or with
 * the patronymic and no other firm.
 */
export function joinNamesakes(merging: Merging, values: SharedValues): void {
  for (const kind of [behindOneValue(merging, values), ofOneName(merging)]) {
    for (const found of kind) {
      for (const entries of agreeing(found.entries, merging)) join(merging, { ...found, entries });
    }
  }
}
