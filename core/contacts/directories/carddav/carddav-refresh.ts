import type { DirectoryReading, RefreshOutcome } from '../directory-source.ts';
import { readCarddavCursor, type CarddavCursor } from './carddav-cursor.ts';
import type { DavClient } from './dav-client.ts';
import type { AddressBook } from './find-address-books.ts';
import { findChanges, type BookChanges } from './find-changes.ts';
import { cardKey, putFetchedCards } from './put-fetched-cards.ts';

/** Brings what changed in some address books since the last time; a card that cannot be read keeps what was there. */
export class CarddavRefresh {
  private readonly reading: DirectoryReading;
  private readonly client: DavClient;
  private readonly books: readonly AddressBook[];
  private readonly before: CarddavCursor | null;
  private readonly after: CarddavCursor = {};
  private done = 0;
  private total = 0;

  constructor(reading: DirectoryReading, client: DavClient, books: readonly AddressBook[]) {
    this.reading = reading;
    this.client = client;
    this.books = books;
    this.before = readCarddavCursor(reading.cursor);
  }

  async run(): Promise<RefreshOutcome> {
    const found: [AddressBook, BookChanges][] = [];
    for (const book of this.books) found.push([book, await findChanges(this.client, book, this.knownOf(book))]);
    this.total = found.reduce((sum, [, { changed }]) => sum + changed.size, 0);
    const left = Object.entries(this.before ?? {}).filter(([url]) => !this.books.some((book) => book.url === url));
    const gone = [
      ...left.flatMap(([, { tags }]) => Object.keys(tags)),
      ...found.flatMap(([, changes]) => changes.gone),
    ];
    for (const [book, changes] of found) gone.push(...(await this.take(book, changes)));
    const keys = this.before ? gone.map(cardKey) : [];
    if (keys.length > 0) await this.reading.remove(keys);
    const cursor = JSON.stringify(this.after);
    if (!this.before) return { kind: 'complete', cursor };
    return { kind: this.total === 0 && keys.length === 0 ? 'unchanged' : 'partial', cursor };
  }

  private knownOf({ url }: AddressBook): CarddavCursor[string] | null {
    return this.before?.[url] ?? null;
  }

  /** @returns paths of what turned out to be no entry */
  private async take(book: AddressBook, { token, changed, gone }: BookChanges): Promise<string[]> {
    const counted = (count: number) => {
      this.done += count;
      this.reading.progress(this.done, this.total);
    };
    const fetched = await putFetchedCards(this.client, book, changed, this.reading, counted);
    const tags = new Map([...Object.entries(this.knownOf(book)?.tags ?? {}), ...fetched.tags]);
    const missing = fetched.gone.filter((path) => !fetched.tags.has(path));
    for (const path of [...gone, ...missing]) tags.delete(path);
    this.after[book.url] = { token, tags: Object.fromEntries(tags) };
    return fetched.gone;
  }
}
