import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { systemClock } from '#core/foundation/index.ts';
import { WorkerDatabase } from '#core/storage/worker-database.ts';
import type { KnownPeople } from './known-people.ts';
import { MemoryKnownPeople } from './memory-known-people.ts';
import { peopleSchema } from './people-schema.ts';
import { openTestPeople, peopleTables } from './indexed-people.test-support.ts';

const number = (partyKey: string) => ({ partyKey, number: partyKey, display: partyKey });
let ids = 0;
const newId = () => `person-${++ids}`;

function describePeople(
  name: string,
  open: () => KnownPeople,
  again: (people: KnownPeople) => Promise<KnownPeople>,
): void {
  describe(name, () => {
    it('knows whose number it is, under the last name given', async () => {
      const people = open();
      const { id } = await people.name('+7495', 'Ольга');
      expect(await people.name('+7495', ' Ольга Демидова ')).toEqual({ id, name: 'Ольга Демидова' });
      const later = await again(people);
      expect(later.personOf('+7495')).toEqual({ id, name: 'Ольга Демидова' });
      expect(later.keysOf(id)).toEqual(['+7495']);
      expect(later.personOf(null)).toBeNull();
    });

    it('forgets whose number it is', async () => {
      const people = open();
      const { id } = await people.name('204', 'Склад');
      await people.forget('204');
      const later = await again(people);
      expect([later.personOf('204'), later.person(id)]).toEqual([null, null]);
    });

    it('finds people by the beginnings of their words', async () => {
      const people = open();
      await people.name('1', 'Артём Соколов');
      await people.name('2', 'Соколова Мария');
      expect(await people.search(['сок', 'арт'], 10)).toEqual(['1']);
      expect(await people.search(['СОКОЛ'], 1)).toEqual(['1']);
      expect(await people.search(['колов'], 10)).toEqual([]);
    });

    it('keeps favourites in the order that was wanted, with the name known now', async () => {
      const people = open();
      for (const key of ['a', 'b', 'c']) await people.setFavourite(number(key), true);
      await people.sortFavourites(['c', 'a']);
      await people.setFavourite(number('b'), false);
      await people.name('a', 'Анна');
      const later = await again(people);
      expect(later.favourites().map(({ partyKey, name }) => [partyKey, name])).toEqual([
        ['c', null],
        ['a', 'Анна'],
      ]);
    });

    it('tells of a new name, also to the favourites', async () => {
      const people = open();
      const told: unknown[] = [];
      people.onNamed(({ partyKey, person }) => told.push([partyKey, person?.name]));
      people.onFavourites((favourites) => told.push(favourites.map(({ name }) => name)));
      await people.setFavourite(number('a'), true);
      await people.name('a', 'Анна');
      expect(told).toEqual([[null], ['a', 'Анна'], ['Анна']]);
    });
  });
}

describePeople(
  'people in memory',
  () => new MemoryKnownPeople(newId),
  async (people) => people,
);

describe('people in SQLite', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-people-'));
  const file = path.join(directory, 'x.sqlite');
  let database: WorkerDatabase;
  beforeAll(() => {
    const workerEntry = new URL('../../storage/storage-worker.ts', import.meta.url);
    database = new WorkerDatabase({ file, parts: [peopleSchema], workerEntry, clock: systemClock });
  });
  beforeEach(() => database.transaction(peopleTables.map((table) => ({ sql: `DELETE FROM ${table}` }))));
  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });

  describePeople(
    'behave',
    () => openTestPeople({ database, file, clock: new FakeClock(), newId }),
    async () => {
      const people = openTestPeople({ database, file, clock: new FakeClock(), newId });
      await people.load();
      return people;
    },
  );
});
