import { WorkerPeopleBuilder } from '#core/contacts/building/worker-people-builder.ts';
import { SharedPeopleImage } from '#core/contacts/matching/shared-people-image.ts';
import { WorkerPeopleSearch } from '#core/contacts/matching/worker-people-search.ts';
import { IndexedPeople } from '#core/contacts/people/indexed-people.ts';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { SettingsStore } from '#core/settings/index.ts';
import type { Database, WritePace } from '#core/storage/index.ts';

export interface PeopleWiring {
  database: Database;
  /** Path of the same database. */
  file: string;
  peopleWorker: URL;
  searchWorker: URL;
  pace: WritePace;
  settings: SettingsStore;
  clock: Clock;
  logger: Logger;
  newId: () => string;
}

/** Everybody of all directories: merged in one worker, searched in another, and looked up here. */
export function openPeople(wiring: PeopleWiring): { people: IndexedPeople; stop: () => Promise<void> } {
  const { database, file, settings, clock, newId } = wiring;
  const search = new WorkerPeopleSearch({ workerEntry: wiring.searchWorker, clock });
  const people = new IndexedPeople({
    ...{ database, search, clock, newId },
    builder: new WorkerPeopleBuilder({
      database: file,
      workerEntry: wiring.peopleWorker,
      pace: wiring.pace,
      openImage: (buffer) => new SharedPeopleImage(buffer),
    }),
    onImage: (image) => {
      if (image instanceof SharedPeopleImage) search.setImage(image.buffer);
    },
    rules: () => settings.values,
    logger: wiring.logger.child('people'),
  });
  return {
    people,
    async stop() {
      await Promise.all([people.stop(), search.close()]);
    },
  };
}
