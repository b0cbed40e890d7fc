import { createHash } from 'node:crypto';
import type { DirectoryReading } from '../directory-source.ts';
import type { SourceEntry } from '../source-entry.ts';
import { toCardEntry } from '../vcard/card-entry.ts';
import { CardReader } from '../vcard/card-reader.ts';
import type { DavClient } from './dav-client.ts';
import { fetchCards, type FetchedCard } from './fetch-cards.ts';
import type { BookChanges } from './find-changes.ts';
import type { AddressBook } from './find-address-books.ts';

export interface FetchedCards {
  /** Tags of what was fetched, by path. */
  tags: Map<string, string>;
  /** Paths of what is no entry any more: deleted meanwhile, or a group by now. */
  gone: string[];
}

/** Fetches cards of an address book, and puts their entries. */
export async function putFetchedCards(
  client: DavClient,
  book: AddressBook,
  changed: BookChanges['changed'],
  reading: DirectoryReading,
  onCount: (added: number) => void = () => {},
): Promise<FetchedCards> {
  const wanted = [...changed].map(([path, { wirePath }]) => ({ path, wirePath }));
  const result: FetchedCards = { tags: new Map(), gone: [] };
  for await (const cards of fetchCards(client, book.url, wanted)) {
    const entries: SourceEntry[] = [];
    for (const card of cards) {
      const entry = card.text === 'gone' ? 'none' : entryOf(card, book, reading);
      if (card.text !== 'gone') result.tags.set(card.path, card.tag || (changed.get(card.path)?.tag ?? ''));
      if (entry === 'none') result.gone.push(card.path);
      else if (entry !== 'unreadable') entries.push(entry);
    }
    if (entries.length > 0) await reading.put(entries);
    onCount(cards.length);
  }
  return result;
}

/** A path is the entry's key; one that is too long for that, what is made of it. */
export function cardKey(path: string): string {
  return path.length <= 500 ? path : createHash('sha256').update(path).digest('base64url');
}

function entryOf(
  { path, text }: FetchedCard,
  book: AddressBook,
  reading: DirectoryReading,
): SourceEntry | 'none' | 'unreadable' {
  const file = path.split('/').at(-1) ?? path;
  const placeOf = (name: string) => `${book.label} › ${name || file}`;
  const skip = (code: 'entry.too-large' | 'entry.unreadable', name: string) => {
    reading.skip({ code, values: { place: placeOf(name) }, detail: path.slice(0, 300) });
    return 'unreadable' as const;
  };
  if (text === 'too-large' || text === 'unreadable') return skip(`entry.${text}`, '');
  const reader = new CardReader();
  const [card] = [...reader.push(Buffer.from(text, 'utf8').toString('latin1')), ...reader.end()];
  if (card?.kind !== 'card') return skip('entry.unreadable', card?.name ?? '');
  const { entry, skipped } = toCardEntry(card, placeOf);
  skipped.forEach(reading.skip);
  return entry ? { ...entry, key: cardKey(path) } : 'none';
}
