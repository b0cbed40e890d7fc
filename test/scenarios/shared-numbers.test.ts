import { afterEach, beforeEach, expect, it } from 'vitest';
import type { IndexedPeople } from '#core/contacts/people/indexed-people.ts';
import { openPeopleDesk, type PeopleDesk } from '#core/contacts/people/people-desk.test-support.ts';

const switchboard = '+74951234567';
const owner = 'SELECT name FROM person_number JOIN person ON id = person_id WHERE party_key = ?';
const staff = ['Анна Белова', 'Олег Орлов'].map((name, index) => {
  return { directory: 'excel', key: String(index), name, firm: 'Ромашка', numbers: [switchboard] };
});

let desk: PeopleDesk;
let people: IndexedPeople;
beforeEach(async () => {
  desk = openPeopleDesk();
  ({ people } = desk.open());
  await people.load();
  await desk.addDirectories();
});
afterEach(async () => {
  await people.stop();
  await desk.close();
});

async function put(...entries: Parameters<PeopleDesk['put']>): Promise<void> {
  await desk.put(...entries);
  people.merged();
  await people.settled();
}

const glance = (number: string) => people.glance({ number, withheld: false });

it('a number of several people is known to the list of calls, and found in it by name, as the same person’s whose card pops', async () => {
  const own = { ...staff[0]!, numbers: [`${switchboard} доб. 12`] };
  await put(own, { ...staff[1]!, name: 'Ромашка' }, { ...staff[1]!, key: '7', name: 'Яна Котова' });
  expect([glance(switchboard)?.person.name, people.personOf(switchboard)?.name]).toEqual(['Ромашка', 'Ромашка']);
  expect(await desk.database.query(owner, [switchboard])).toEqual([{ name: 'Ромашка' }]);
});

it('a favourite is called by the one whom the user chose, at once', async () => {
  await put(...staff);
  await people.setFavourite({ partyKey: switchboard, number: switchboard, display: switchboard }, true);
  const told: (string | null)[] = [];
  people.onFavourites((favourites) => told.push(...favourites.map(({ name }) => name)));
  await people.choose(switchboard, desk.handle(staff[1]!));
  expect(told).toEqual(['Олег Орлов']);
});

it('a number that only may be somebody’s is theirs in the list of calls too, once the user said so', async () => {
  const caller = '+78121234567';
  const maybe = { ...staff[0]!, numbers: ['123-45-67'] };
  await put(maybe);
  expect([glance(caller)?.confidence, people.personOf(caller)]).toEqual(['possible', null]);
  await people.choose(caller, desk.handle(maybe));
  await people.settled();
  expect(people.personOf(caller)?.name).toBe('Анна Белова');
  expect(people.keysOf(people.personOf(caller)!.id)).toContain(caller);
  expect(await desk.database.query(owner, [caller])).toEqual([{ name: 'Анна Белова' }]);
  await people.name(caller, 'Склад в Петербурге');
  await people.settled();
  expect(glance(caller)).toMatchObject({ confidence: 'certain', person: { name: 'Склад в Петербурге' } });
  expect(await desk.database.query(owner, [caller])).toEqual([{ name: 'Склад в Петербурге' }]);
});

it('a number that had been chosen for somebody means whoever is named for it later', async () => {
  await put(...staff);
  await people.choose(switchboard, desk.handle(staff[1]!));
  await people.name(switchboard, 'Приёмная');
  await people.settled();
  expect([glance(switchboard)?.person.name, people.personOf(switchboard)?.name]).toEqual(['Приёмная', 'Приёмная']);
});
