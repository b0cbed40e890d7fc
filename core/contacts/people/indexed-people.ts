import { OffhookError } from '#contract/errors.ts';
import type { Favourite, OwnContact, PersonLink } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Logger } from '#core/foundation/index.ts';
import type { Database } from '#core/storage/index.ts';
import type { PeopleBuilder } from '../building/people-builder.ts';
import type { EntryTarget } from '../directories/source-entry.ts';
import { noPeopleImage } from '../matching/no-people-image.ts';
import type { PeopleImage } from '../matching/people-image.ts';
import type { PeopleSearch } from '../matching/people-search.ts';
import type { NumberRules } from '../numbers/number-rules.ts';
import { EntryQueries } from './entry-queries.ts';
import { hasWords } from './has-words.ts';
import { KeptFavourites, type StoredFavourite } from './kept-favourites.ts';
import type { KnownPeople } from './known-people.ts';
import { MergePins } from './merge-pins.ts';
import { OwnContacts } from './own-contacts.ts';
import type { PeopleDirectory, Photo } from './people-directory.ts';
import { PeopleView } from './people-view.ts';
import { readPerson } from './read-person.ts';
import { RefreshPeople } from './refresh-people.ts';
import { searchPeople } from './search-people.ts';

export interface IndexedPeopleOptions {
  database: Database;
  builder: PeopleBuilder;
  /** Of the image that `onImage` told last. */
  search: PeopleSearch;
  onImage?: (image: PeopleImage) => void;
  rules: () => NumberRules;
  newId: () => string;
  clock: Clock;
  logger: Logger;
}

const choose =
  'INSERT INTO number_choice (party_key, handle) VALUES (?, ?) ON CONFLICT (party_key) DO UPDATE SET handle = excluded.handle';
const mostNamed = 200;

/** Everybody of the newest image, and what was said of people since it was built. */
export class IndexedPeople implements KnownPeople, PeopleDirectory {
  private readonly options: IndexedPeopleOptions;
  private readonly view: PeopleView;
  private readonly entries: EntryQueries;
  private readonly contacts: OwnContacts;
  private readonly kept: KeptFavourites;
  private readonly words: MergePins;
  private readonly refresh: RefreshPeople;
  private readonly named = new Emitter<{ partyKey: string; person: PersonLink | null }>();
  private readonly favouritesChanged = new Emitter<Favourite[]>();
  private readonly changed = new Emitter<{ version: number; total: number }>();
  private turn: Promise<unknown> = Promise.resolve();
  private currentVersion = 0;
  private isRead = false;

  readonly onNamed = this.named.event;
  readonly onFavourites = this.favouritesChanged.event;
  readonly onChanged = this.changed.event;

  constructor(options: IndexedPeopleOptions) {
    const { database, clock, rules, newId, builder, logger } = options;
    const now = () => clock.now();
    this.options = options;
    this.view = new PeopleView(rules);
    this.entries = new EntryQueries(database);
    this.contacts = new OwnContacts({ database, entries: this.entries, rules, newId, now });
    this.words = new MergePins({ database, entries: this.entries, now });
    this.kept = new KeptFavourites(database);
    this.refresh = new RefreshPeople({
      ...{ builder, clock, logger },
      changes: () => this.view.overlay.changes,
      onImage: (image, changes) => this.use(image, changes),
      onSettled: () => this.tellChanged(),
    });
  }

  get version(): number {
    return this.currentVersion;
  }

  /** Resolves when everybody is known, or the database cannot tell. */
  async load(): Promise<void> {
    // Whoever opens the file second finds all tables there.
    await this.readKept().finally(() => this.loadPeople());
  }

  /** Nothing of people has the database open after this, until `reload`. */
  letGo(): Promise<void> {
    return this.refresh.release();
  }

  /** The database is another than before. */
  async reload(): Promise<void> {
    await this.refresh.release();
    this.view.overlay.clear();
    this.view.image = noPeopleImage;
    this.kept.forget();
    this.isRead = false;
    await this.readKept().finally(() => this.loadPeople());
    this.favouritesChanged.fire(this.favourites());
  }

  /** Entries are others than before. */
  merged(): void {
    this.refresh.request();
  }

  /** Resolves when all that was said is in an image, and written. */
  settled(): Promise<void> {
    return this.refresh.settled();
  }

  async stop(): Promise<void> {
    await this.refresh.stop();
  }

  personOf(partyKey: string | null): PersonLink | null {
    return this.view.personOf(partyKey);
  }

  person(personId: string): PersonLink | null {
    return this.view.person(personId);
  }

  keysOf(personId: string): string[] {
    return this.view.keysOf(personId);
  }

  async search(words: readonly string[], limit: number): Promise<string[]> {
    const query = { text: words.join(' '), directoryId: null, offset: 0, limit: mostNamed };
    const found = (await searchPeople(this.view, this.options.search, query)).persons;
    const people = [...found.map(({ id, name }) => ({ id, name })), ...this.view.overlay.people()];
    const ids = new Set(people.filter(({ name }) => hasWords(name, words)).map(({ id }) => id));
    return [...new Set([...ids].flatMap((id) => this.view.keysOf(id)))].slice(0, limit);
  }

  name(partyKey: string, name: string): Promise<PersonLink> {
    return this.inTurn(async () => {
      const person = await this.contacts.name(partyKey, name, this.view.whose(partyKey));
      // Of several, the one who was just named is meant from now on.
      await this.readChoices();
      this.say(partyKey, person);
      return person;
    });
  }

  forget(partyKey: string): Promise<void> {
    return this.inTurn(async () => {
      await this.contacts.forget(partyKey);
      this.view.choices.delete(partyKey);
      this.say(partyKey, null);
    });
  }

  erase(personId: string): Promise<string[]> {
    return this.inTurn(async () => {
      const id = (await this.entries.personId(personId)) ?? personId;
      const foreign = await this.contacts.erase(id);
      const labels = new Map((await this.entries.directories()).map((directory) => [directory.id, directory.label]));
      this.soon();
      // Nothing of them is to be in memory either.
      await this.refresh.settled();
      return [...new Set(foreign.map(({ directoryId }) => labels.get(directoryId) ?? directoryId))];
    });
  }

  favourites(): Favourite[] {
    return this.kept.list.map((favourite) => ({ ...favourite, name: this.personOf(favourite.partyKey)?.name ?? null }));
  }

  async setFavourite(favourite: StoredFavourite, on: boolean): Promise<void> {
    await this.kept.set(favourite, on);
    this.favouritesChanged.fire(this.favourites());
  }

  async sortFavourites(partyKeys: readonly string[]): Promise<void> {
    await this.kept.sort(partyKeys);
    this.favouritesChanged.fire(this.favourites());
  }

  match: PeopleDirectory['match'] = (number) => this.view.match(number);
  glance: PeopleDirectory['glance'] = (remote) => this.view.glance(remote);

  list: PeopleDirectory['list'] = async (query) => {
    const { total, persons } = await searchPeople(this.view, this.options.search, query);
    return { total, rows: persons, version: this.currentVersion };
  };

  get: PeopleDirectory['get'] = async (personId) => {
    const id = await this.entries.personId(personId);
    if (id === null) return null;
    const [entries, directories, pins] = await Promise.all([
      this.entries.ofPerson(id),
      this.entries.directories(),
      this.words.ofPerson(id),
    ]);
    return entries.length === 0 ? null : readPerson(entries, directories, pins);
  };

  async photo(name: string): Promise<Photo | null> {
    const [row] = await this.options.database.read<Photo>('SELECT type, bytes FROM photo WHERE hash = ?', [name]);
    return row ?? null;
  }

  choose(partyKey: string, personId: string | null): Promise<void> {
    return this.inTurn(async () => {
      const { database } = this.options;
      if (personId === null) await database.execute('DELETE FROM number_choice WHERE party_key = ?', [partyKey]);
      else {
        const id = await this.entries.personId(personId);
        if (id === null) throw new OffhookError('people.unknown');
        await database.execute(choose, [partyKey, id]);
      }
      await this.readChoices();
      this.named.fire({ partyKey, person: this.personOf(partyKey) });
      if (this.kept.has(partyKey)) this.favouritesChanged.fire(this.favourites());
      this.soon();
      this.tellChanged();
    });
  }

  save(handle: string | null, contact: OwnContact): Promise<{ personId: string; handle: string }> {
    return this.inTurn(async () => {
      const saved = await this.contacts.save(handle, contact);
      for (const partyKey of saved.partyKeys) {
        const now = this.view.personOf(partyKey);
        if (!now || now.id === saved.person.id) this.say(partyKey, saved.person);
      }
      this.soon();
      return { personId: saved.person.id, handle: saved.handle };
    });
  }

  own(handle: string): Promise<OwnContact | null> {
    return this.contacts.read(handle);
  }

  remove(handle: string): Promise<void> {
    return this.inTurn(async () => {
      const partyKeys = await this.contacts.remove(handle);
      for (const partyKey of partyKeys) this.say(partyKey, null);
      this.soon();
    });
  }

  merge(personIds: readonly string[]): Promise<{ personId: string }> {
    return this.inTurn(async () => {
      const personId = await this.words.merge(personIds);
      this.soon();
      return { personId };
    });
  }

  separate(handle: string): Promise<{ personId: string }> {
    return this.inTurn(async () => {
      const personId = await this.words.separate(handle);
      this.soon();
      return { personId };
    });
  }

  pins: PeopleDirectory['pins'] = () => this.words.list();

  unpin(pinIds: readonly number[]): Promise<void> {
    return this.inTurn(async () => {
      await this.words.remove(pinIds);
      this.soon();
    });
  }

  async target(handle: string): Promise<EntryTarget | null> {
    return (await this.entries.find(handle))?.open ?? null;
  }

  /** Where nobody is there is nothing to merge: a thread for it would cost memory for as long as the program runs. */
  private async loadPeople(): Promise<void> {
    const nobody = await this.entries.nobody().catch(() => false);
    await (nobody ? this.refresh.follow() : this.refresh.load());
  }

  private async readKept(): Promise<void> {
    await this.kept.load();
    await this.readChoices();
    this.isRead = true;
  }

  /** What the disk denied at the start is there once it gives people. */
  private readKeptLate(): void {
    const { logger } = this.options;
    this.readKept().then(
      () => this.favouritesChanged.fire(this.favourites()),
      (error: unknown) => logger.warn('favourites could not be read yet', { error }),
    );
  }

  private use(image: PeopleImage, changes: number): void {
    if (!this.isRead) this.readKeptLate();
    const before = JSON.stringify(this.favourites());
    this.view.image = image;
    this.view.overlay.drop(changes);
    this.options.onImage?.(image);
    this.tellChanged();
    if (JSON.stringify(this.favourites()) !== before) this.favouritesChanged.fire(this.favourites());
  }

  private tellChanged(): void {
    this.currentVersion += 1;
    this.changed.fire({ version: this.currentVersion, total: this.view.image.total });
  }

  private say(partyKey: string, person: PersonLink | null): void {
    this.view.overlay.set(partyKey, person);
    this.soon();
    this.named.fire({ partyKey, person: this.personOf(partyKey) });
    if (this.kept.has(partyKey)) this.favouritesChanged.fire(this.favourites());
  }

  /** What is on the disk is to be in an image. */
  private soon(): void {
    this.view.overlay.changes += 1;
    this.refresh.request();
  }

  private async readChoices(): Promise<void> {
    const rows = await this.options.database.query<{ party_key: string; handle: string }>(
      'SELECT party_key, handle FROM number_choice',
    );
    this.view.choices.clear();
    for (const { party_key: partyKey, handle } of rows) this.view.choices.set(partyKey, handle);
  }

  /** One after the other: each builds on what the one before has written. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
