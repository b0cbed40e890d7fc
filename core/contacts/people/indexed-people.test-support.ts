import { silentLogger, type Clock } from '#core/foundation/index.ts';
import type { Database } from '#core/storage/index.ts';
import { buildPeople } from '../building/build-people.ts';
import type { BuildingMode, PeopleBuilder } from '../building/people-builder.ts';
import { SqlitePersonStore } from '../building/sqlite-person-store.ts';
import { MemoryPeopleImage } from '../matching/memory-people-image.ts';
import type { PeopleImage } from '../matching/people-image.ts';
import { MemoryPeopleSearch } from '../matching/memory-people-search.ts';
import type { NumberRules } from '../numbers/number-rules.ts';
import { IndexedPeople } from './indexed-people.ts';

const noLinks = { move: 'SELECT @id, @personId', list: 'SELECT id FROM person WHERE 0' };
export const moscow: NumberRules = {
  ...{ country: 'RU', areaCode: '495', dialOutPrefix: '', dialFormat: 'e164', internalMaxDigits: 5 },
};

/** Builds images in this thread. */
export class DirectPeopleBuilder implements PeopleBuilder {
  private readonly file: string;
  private readonly links: { move: string; list: string };
  private version = 0;
  private isCut = false;
  /** How many were built. */
  builds = 0;

  constructor(file: string, links = noLinks) {
    this.file = file;
    this.links = links;
  }

  async build(mode: BuildingMode, onImage: (image: PeopleImage) => void): Promise<number> {
    this.version += 1;
    this.builds += 1;
    this.isCut = false;
    const { file, links, version } = this;
    const store = SqlitePersonStore.open({ file, links, now: () => performance.now(), slice: () => ({ hold: 2, pause: 0 }), pause: async () => {} });
    try {
      return await buildPeople(store, mode, {
        tell: (persons, directoryIds) => onImage(new MemoryPeopleImage(persons, { version, directoryIds })),
        isCut: () => this.isCut,
      });
    } finally {
      store.close();
    }
  }

  cut(): void {
    this.isCut = true;
  }

  async stop(): Promise<void> {
    this.isCut = true;
  }
}

/** People over a database in `file`, built in this thread. `newId` may be set to another one later. */
export function openTestPeople(given: {
  database: Database;
  file: string;
  clock: Clock;
  newId: () => string;
  builder?: PeopleBuilder;
}): IndexedPeople & { newId: () => string } {
  const search = new MemoryPeopleSearch();
  const indexed: IndexedPeople = new IndexedPeople({
    builder: new DirectPeopleBuilder(given.file),
    rules: () => moscow,
    logger: silentLogger,
    ...given,
    newId: () => people.newId(),
    search,
    onImage: (image) => search.use(image),
  });
  const people: IndexedPeople & { newId: () => string } = Object.assign(indexed, { newId: given.newId });
  return people;
}

/** What to delete, in this order, so that nobody is known. */
export const peopleTables = [
  ...['favourite', 'person_number', 'person', 'directory_entry', 'merge_pin', 'number_choice', 'entry_alias'],
];
