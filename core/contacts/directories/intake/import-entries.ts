import { OffhookError, type ErrorReport } from '#contract/errors.ts';
import type { NumberRules } from '#core/contacts/numbers/number-rules.ts';
import { foldName } from '#core/contacts/people/has-words.ts';
import type { DirectorySource } from '../directory-source.ts';
import type { SourceEntry } from '../source-entry.ts';
import { cleanEntry } from './clean-entry.ts';
import { cleanLine } from './clean-text.ts';
import { photoHash } from './entry-hash.ts';
import type { EntryStore, KeptEntry, ListedEntry } from './entry-store.ts';
import { readEntryNumbers } from './read-entry-numbers.ts';
import { readInto, type EntrySink, type RefreshResult, type RefreshTold } from './refresh-entries.ts';
import { SkippedParts } from './skipped-parts.ts';

const own = 'own';
const entriesAtOnce = 400;
/** As the form for a contact takes them. */
const mostCharacters = 120;

/** Who is there already: the same name with a number or an e-mail address in common; with neither, at the same firm. */
class KnownContacts {
  private readonly marks = new Set<string>();

  /** False for somebody who is there already. */
  add(contact: Omit<ListedEntry, 'key'>): boolean {
    const marks = this.marksOf(contact);
    const there = marks.some((mark) => this.marks.has(mark));
    for (const mark of marks) this.marks.add(mark);
    return !there;
  }

  private marksOf({ name, firm, numbers, emails }: Omit<ListedEntry, 'key'>): string[] {
    const folded = foldName(name);
    const reachable = [...numbers.map(({ key, text }) => key ?? text), ...emails.map((email) => email.toLowerCase())];
    return reachable.length > 0 ? reachable.map((way) => `${folded}\0${way}`) : [`${folded}\0\0${foldName(firm)}`];
  }
}

interface ContactIntakeOptions {
  rules: NumberRules;
  store: EntryStore;
  signal: AbortSignal;
  newId: () => string;
}

/** Where imported entries go: each under an id of its own. */
class ContactIntake implements EntrySink {
  readonly counts = { changed: 0, moved: 0, removed: 0 };
  private readonly options: ContactIntakeOptions;
  private readonly contacts = new KnownContacts();
  private readonly parts = new SkippedParts();

  constructor(options: ContactIntakeOptions) {
    this.options = options;
    for (const page of options.store.list(own)) for (const contact of page) this.contacts.add(contact);
  }

  get skipped() {
    return this.parts.summary;
  }

  async put(entries: readonly SourceEntry[]): Promise<void> {
    for (let from = 0; from < entries.length; from += entriesAtOnce) {
      const some = entries.slice(from, from + entriesAtOnce).map((entry) => this.contactOf(entry));
      const fresh = some.filter((contact) => this.contacts.add(contact));
      await this.options.store.put(own, fresh);
      this.counts.changed += fresh.length;
      if (this.options.signal.aborted) throw new OffhookError('directory.cancelled');
    }
  }

  skip(report: ErrorReport): void {
    this.parts.add(report);
  }

  /** Whom a source takes back is no business of the user's own contacts. */
  async remove(): Promise<void> {}

  async known(): Promise<ReadonlySet<string>> {
    return new Set();
  }

  async end(): Promise<void> {}

  private contactOf(given: SourceEntry): KeptEntry {
    const key = this.options.newId();
    const { emails, links, fields, note, place, ...entry } = cleanEntry(given, key, (what) =>
      this.parts.tell(`entry.${what}`, given.place),
    );
    const line = (text: string) => cleanLine(text, mostCharacters);
    const numbers = readEntryNumbers(entry.numbers, this.options.rules);
    for (const { text } of numbers.filter((number) => number.key === null))
      this.parts.tell('entry.number-unreadable', place, text);
    return {
      ...{ key, handle: key, contentHash: '', open: null, place: '' },
      ...{ name: line(entry.name), firm: line(entry.firm), role: line(entry.role), department: line(entry.department) },
      ...{ numbers, note, emails: [...emails], links: [...links], fields: [...fields] },
      photo: entry.photo && { ...entry.photo, hash: photoHash(entry.photo.bytes) },
    };
  }
}

/** Takes the entries of a source for the user's own contacts; whom they have already not again. */
export async function importEntries(
  source: DirectorySource,
  { rules, newId }: { rules: NumberRules; newId: () => string },
  { progress, keepSecret }: RefreshTold,
  { store, signal }: { store: EntryStore; signal: AbortSignal },
): Promise<RefreshResult> {
  const intake = new ContactIntake({ rules, store, signal, newId });
  return readInto(intake, source, { cursor: null, secret: null, signal, progress, keepSecret });
}
