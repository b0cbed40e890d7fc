import { afterEach, beforeEach, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { openPeopleDesk, type PeopleDesk } from './people-desk.test-support.ts';

const party = (partyKey: string) => ({ partyKey, number: partyKey, display: partyKey });

let desk: PeopleDesk;
beforeEach(() => {
  desk = openPeopleDesk();
});
afterEach(() => desk.close());

it('keeps the favourites of before where one is set that early that they were not read yet', async () => {
  const { people: before } = desk.open();
  await before.load();
  await before.setFavourite(party('a'), true);
  await before.stop();
  const { people: early } = desk.open();
  await early.setFavourite(party('b'), true);
  await early.load();
  const { people: later } = desk.open();
  await later.load();
  expect(later.favourites().map(({ partyKey }) => partyKey)).toEqual(['b', 'a']);
  await Promise.all([early.stop(), later.stop()]);
});

it('goes on where a database that took another’s place could not be read at once', async () => {
  const { people, builder } = desk.open();
  await people.load();
  const { query } = desk.database;
  desk.database.query = () => Promise.reject(new OffhookError('storage.failed'));
  await expect(people.reload()).rejects.toMatchObject({ code: 'storage.failed' });
  desk.database.query = query.bind(desk.database);
  const { builds } = builder;
  people.merged();
  await people.settled();
  expect(builder.builds).toBe(builds + 1);
  await people.stop();
});

it('knows people and favourites once the disk gives them, though it did not at the start', async () => {
  const { people: before } = desk.open();
  await before.load();
  await before.name('+79161234567', 'Пётр');
  await before.setFavourite(party('+79161234567'), true);
  await before.stop();
  const { people } = desk.open();
  const { query } = desk.database;
  desk.database.query = () => Promise.reject(new OffhookError('storage.failed'));
  const loaded = people.load();
  await expect(loaded).rejects.toMatchObject({ code: 'storage.failed' });
  desk.database.query = query.bind(desk.database);
  const told = new Promise<(string | null)[]>((resolve) =>
    people.onFavourites((favourites) => favourites.length > 0 && resolve(favourites.map(({ name }) => name))),
  );
  people.merged();
  await people.settled();
  expect(await told).toEqual(['Пётр']);
  await people.stop();
});
