import type { GroupedEntry } from './entry-groups.ts';
import type { KnownNames } from './known-names.ts';
import type { MergeEntry } from './merge-entry.ts';
import { personalMailbox } from './personal-mailbox.ts';

/** Entries that have a number or an e-mail address in common. */
export interface SharedValue {
  rule: 'number' | 'email';
  value: string;
  /** In the order of handles. */
  entries: readonly number[];
  /**
   * `one`: everybody here goes by the same name, or one that agrees with all others. `many`: by names that differ, as
   * with a switchboard or a family's number.
   */
  whose: 'one' | 'many';
  /** `one` by the very same words; no name is left out. */
  alike: boolean;
}

/** More names than one human goes by. */
const mostNames = 24;

function add(values: Map<string, number | number[]>, value: string, entry: number): void {
  const known = values.get(value);
  if (known === undefined) values.set(value, entry);
  else if (typeof known === 'number') {
    if (known !== entry) values.set(value, [known, entry]);
  } else if (known.at(-1) !== entry) known.push(entry);
}

/** Whether they can all be one: in one directory a shorter name is somebody else's. */
function whose(entries: readonly number[], of: readonly GroupedEntry[], names: KnownNames): 'one' | 'many' {
  const distinct = new Map<string, GroupedEntry>();
  for (const entry of entries) {
    const { name, directory } = of[entry]!;
    distinct.set(`${name} ${directory}`, of[entry]!);
    if (distinct.size > mostNames) return 'many';
  }
  const list = [...distinct.values()];
  const fits = (one: GroupedEntry, other: GroupedEntry) => {
    const relation = names.relation(one.name, other.name);
    return relation === 'same' || (relation === 'agree' && one.directory !== other.directory);
  };
  return list.every((one, index) => list.slice(index + 1).every((other) => fits(one, other))) ? 'one' : 'many';
}

/** What the entries have in common: whole numbers with the extension behind them, mailboxes of persons, and less sure numbers. */
export class SharedValues {
  /** In an order that depends on the entries alone. */
  readonly sure: SharedValue[] = [];
  /** Numbers that hold within an office only, or that no numbering plan explains. */
  readonly unsure: SharedValue[] = [];
  private readonly byValue = new Map<string, SharedValue>();

  constructor(entries: readonly MergeEntry[], grouped: readonly GroupedEntry[], names: KnownNames) {
    const emails = new Map<string, number | number[]>();
    const numbers = new Map<string, number | number[]>();
    const less = new Map<string, number | number[]>();
    for (const [index, entry] of entries.entries()) {
      for (const email of mailboxes(entry)) add(emails, email, index);
      for (const { value, sure } of wholeNumbers(entry)) add(sure ? numbers : less, value, index);
    }
    const tell = (rule: SharedValue['rule'], value: string, holders: readonly number[]): SharedValue => {
      const alike = holders.every((holder) => grouped[holder]!.name === grouped[holders[0]!]!.name);
      const isNamed = names.names[grouped[holders[0]!]!.name]!.kind !== 'none';
      return { rule, value, entries: holders, whose: whose(holders, grouped, names), alike: alike && isNamed };
    };
    for (const [rule, values] of [
      ['email', emails],
      ['number', numbers],
    ] as const) {
      for (const [value, holders] of values)
        if (typeof holders !== 'number') this.sure.push(tell(rule, value, holders));
    }
    for (const shared of this.sure) this.byValue.set(shared.value, shared);
    for (const [value, holders] of less) {
      const all = [holders, numbers.get(value) ?? []].flat().sort((one, other) => one - other);
      const once = all.filter((holder, index) => holder !== all[index - 1]);
      if (once.length > 1) this.unsure.push({ rule: 'number', value, entries: once, whose: 'many', alike: false });
    }
  }

  /** Those of one entry that are one person's. */
  of(entry: MergeEntry): SharedValue[] {
    const values = [...mailboxes(entry), ...wholeNumbers(entry).flatMap(({ value, sure }) => (sure ? [value] : []))];
    return values.flatMap((value) => this.byValue.get(value) ?? []).filter((shared) => shared.whose === 'one');
  }
}

function mailboxes({ emails }: MergeEntry): string[] {
  return emails.length === 0 ? [] : emails.map(personalMailbox).filter((email) => email !== null);
}

function wholeNumbers({ numbers }: MergeEntry): { value: string; sure: boolean }[] {
  return numbers.flatMap(({ key, extension, confidence }) => {
    if (key === null) return [];
    return [{ value: extension ? `${key}#${extension}` : key, sure: confidence === 'certain' || Boolean(extension) }];
  });
}
