import { OffhookError, toReport, type ErrorReport } from '#contract/errors.ts';
import type { NumberRules } from '../numbers/number-rules.ts';
import { foldName } from '../people/people-book.ts';
import { cleanEntry } from './clean-entry.ts';
import { cleanLine } from './clean-text.ts';
import type { DirectorySource } from './directory-source.ts';
import { photoHash } from './entry-hash.ts';
import type { EntryStore, KeptEntry, ListedEntry } from './entry-store.ts';
import { readEntryNumbers } from './read-entry-numbers.ts';
import type { RefreshResult, RefreshTold } from './refresh-entries.ts';
import { SkippedParts } from './skipped-parts.ts';
import type { SourceEntry } from './source-entry.ts';

const own = 'own';
const entriesAtOnce = 400;
/** As the form for a contact takes them. */
const mostCharacters = 120;

/** Who is there already: the same name with a number or an e-mail address in common; with neither, at the same firm. */
class KnownContacts {
  private readonly marks = new Set<string>();

  has(entry: Omit<ListedEntry, 'key'>): boolean {
    return this.marksOf(entry).some((mark) => this.marks.has(mark));
  }

  add(entry: Omit<ListedEntry, 'key'>): void {
    for (const mark of this.marksOf(entry)) this.marks.add(mark);
  }

  private marksOf({ name, firm, numbers, emails }: Omit<ListedEntry, 'key'>): string[] {
    const folded = foldName(name);
    const reachable = [...numbers.map(({ key, text }) => key ?? text), ...emails.map((email) => email.toLowerCase())];
    return reachable.length > 0 ? reachable.map((way) => `${folded}\0${way}`) : [`${folded}\0\0${foldName(firm)}`];
  }
}

/** Takes the entries of a source for the user's own contacts, each under an id of its own; whom they have already not again. */
export async function importEntries(
  source: DirectorySource,
  { rules, newId }: { rules: NumberRules; newId: () => string },
  told: RefreshTold,
  { store, signal }: { store: EntryStore; signal: AbortSignal },
): Promise<RefreshResult> {
  const known = new KnownContacts();
  for (const entries of store.list(own)) for (const entry of entries) known.add(entry);
  const parts = new SkippedParts();
  const counts = { changed: 0, moved: 0, removed: 0 };
  const goOn = () => {
    if (signal.aborted) throw new OffhookError('directory.cancelled');
  };
  const contactOf = (given: SourceEntry): KeptEntry => {
    const key = newId();
    const entry = cleanEntry(given, key, (what) => parts.tell(`entry.${what}`, given.place));
    const numbers = readEntryNumbers(entry.numbers, rules);
    for (const { text } of numbers.filter((number) => number.key === null))
      parts.tell('entry.number-unreadable', entry.place, text);
    const photo = entry.photo && { ...entry.photo, hash: photoHash(entry.photo.bytes) };
    const [name, firm, role, department] = [entry.name, entry.firm, entry.role, entry.department].map((text) =>
      cleanLine(text, mostCharacters),
    ) as [string, string, string, string];
    const lists = { numbers, emails: [...entry.emails], links: [...entry.links], fields: [...entry.fields] };
    const nowhere = { handle: key, contentHash: '', open: null, place: '' };
    return { key, ...nowhere, name, firm, role, department, note: entry.note, photo, ...lists };
  };
  const put = async (entries: readonly SourceEntry[]) => {
    for (let from = 0; from < entries.length; from += entriesAtOnce) {
      const fresh = entries
        .slice(from, from + entriesAtOnce)
        .map(contactOf)
        .filter((contact) => {
          const there = known.has(contact);
          known.add(contact);
          return !there;
        });
      await store.put(own, fresh);
      counts.changed += fresh.length;
      goOn();
    }
  };
  const nothing = async () => {};
  const reading = {
    cursor: null,
    secret: null,
    signal,
    put,
    remove: nothing,
    known: async () => new Set<string>(),
    skip: (report: ErrorReport) => parts.add(report),
  };
  try {
    const { kind } = await source.refresh({ ...reading, progress: told.progress, keepSecret: told.keepSecret });
    goOn();
    return { ...counts, skipped: parts.summary, problem: null, outcome: { kind, cursor: null } };
  } catch (error) {
    const problem = toReport(signal.aborted ? new OffhookError('directory.cancelled') : error);
    return { ...counts, skipped: parts.summary, problem, outcome: null };
  }
}
