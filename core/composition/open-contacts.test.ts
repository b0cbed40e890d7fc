import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CallArchive } from '#core/call-log/index.ts';
import { openPeopleDesk, type PeopleDesk } from '#core/contacts/people/people-desk.test-support.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { WritePace } from '#core/storage/index.ts';
import { openContacts } from './open-contacts.ts';

const directoryWorker = new URL('../contacts/directories/generated-directory-worker.test-support.ts', import.meta.url);

let desk: PeopleDesk;
beforeEach(() => {
  desk = openPeopleDesk();
});
afterEach(() => desk.close());

it('has nobody build people in a database that is let go of, until it is loaded again', async () => {
  const { people, builder } = desk.open();
  await people.load();
  await desk.addDirectories();
  const { database, clock, directory: dataDirectory } = desk;
  const contacts = openContacts({
    ...{ database, clock, dataDirectory, directoryWorker, people, ...createMemoryStores() },
    ...{ archive: {} as CallArchive, logger: silentLogger, newId: randomUUID, pace: new WritePace() },
  });
  await contacts.start();
  await contacts.letGo();
  const { builds } = builder;
  await people.name('+79161234567', 'Пётр');
  clock.advance(60_000);
  await people.settled();
  expect(builder.builds).toBe(builds);
  await people.reload();
  await contacts.reload();
  await people.settled();
  expect(builder.builds).toBeGreaterThan(builds);
  expect(people.personOf('+79161234567')?.name).toBe('Пётр');
  await Promise.all([contacts.stop(), people.stop()]);
});
