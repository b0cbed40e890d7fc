import { Buckets } from './buckets.ts';
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

/** Whether they can all be one: in one directory a shorter name is somebody else's. */
function canBeOne(entries: readonly number[], grouped: readonly GroupedEntry[], names: KnownNames): boolean {
  const distinct = new Map<number, GroupedEntry>();
  for (const entry of entries) {
    const { name, directory } = grouped[entry]!;
    distinct.set(name * 1024 + directory, grouped[entry]!);
    if (distinct.size > mostNames) return false;
  }
  const list = [...distinct.values()];
  const fits = (one: GroupedEntry, other: GroupedEntry) => {
    const relation = names.relation(one.name, other.name);
    return relation === 'same' || (relation === 'agree' && one.directory !== other.directory);
  };
  return list.every((one, index) => list.slice(index + 1).every((other) => fits(one, other)));
}

type Visit = (value: string, sure: boolean) => void;

function visitMailboxes({ emails }: MergeEntry, visit: Visit): void {
  for (const email of emails) {
    const mailbox = personalMailbox(email);
    if (mailbox !== null) visit(mailbox, true);
  }
}

/** With the extension: who is behind the number. */
function visitNumbers({ numbers }: MergeEntry, visit: Visit): void {
  for (const { key, extension, confidence } of numbers) {
    if (key !== null) visit(extension ? `${key}#${extension}` : key, confidence === 'certain' || Boolean(extension));
  }
}

/** What the entries have in common: whole numbers with the extension behind them, mailboxes of persons, less sure numbers. */
export class SharedValues {
  /** In an order that depends on the entries alone. */
  readonly sure: SharedValue[] = [];
  /** Numbers that hold within an office only, or that no numbering plan explains. */
  readonly unsure: SharedValue[] = [];
  private readonly ofOne = new Map<string, SharedValue>();

  constructor(entries: readonly MergeEntry[], grouped: readonly GroupedEntry[], names: KnownNames) {
    const [emails, numbers, less] = [new Buckets<string>(), new Buckets<string>(), new Buckets<string>()];
    for (let place = 0; place < entries.length; place += 1) {
      visitMailboxes(entries[place]!, (mailbox) => emails.add(mailbox, place));
      visitNumbers(entries[place]!, (number, sure) => (sure ? numbers : less).add(number, place));
    }
    const tell = (rule: SharedValue['rule'], value: string, holders: readonly number[]): void => {
      const { name } = grouped[holders[0]!]!;
      const alike = names.names[name]!.kind !== 'none' && holders.every((holder) => grouped[holder]!.name === name);
      const whose = alike || canBeOne(holders, grouped, names) ? 'one' : 'many';
      const shared = { rule, value, entries: holders, whose, alike } as const;
      this.sure.push(shared);
      if (whose === 'one') this.ofOne.set(value, shared);
    };
    for (const [value, holders] of emails.shared()) tell('email', value, holders);
    for (const [value, holders] of numbers.shared()) tell('number', value, holders);
    for (const value of less.keys()) {
      const holders = [...new Set([...less.get(value), ...numbers.get(value)])].sort((one, other) => one - other);
      if (holders.length > 1)
        this.unsure.push({ rule: 'number', value, entries: holders, whose: 'many', alike: false });
    }
  }

  /** Those of one entry that are one person's. */
  of(entry: MergeEntry): SharedValue[] {
    const found: SharedValue[] = [];
    const visit: Visit = (value, sure) => {
      const shared = sure ? this.ofOne.get(value) : undefined;
      if (shared) found.push(shared);
    };
    visitMailboxes(entry, visit);
    visitNumbers(entry, visit);
    return found;
  }
}
