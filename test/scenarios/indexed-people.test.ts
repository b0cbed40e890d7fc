import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnContact } from '#contract/ipc/index.ts';
import type { IndexedPeople } from '#core/contacts/people/indexed-people.ts';
import { openPeopleDesk, type PeopleDesk } from '#core/contacts/people/people-desk.test-support.ts';

const mobile = '+79161234567';
const other = '+79037654321';
const switchboard = '+74951234567';
const excel = { directory: 'excel', key: '17', name: 'Петров Иван Сергеевич', firm: 'Ромашка', numbers: [mobile] };
const ldap = {
  directory: 'ldap',
  key: 'guid',
  name: 'Ivan Petrov',
  numbers: [mobile, other],
  emails: ['ip@r.example'],
};

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

const contact = (given: Partial<OwnContact>): OwnContact => {
  return { name: '', firm: '', role: '', department: '', numbers: [], emails: [], links: [], note: '', ...given };
};
const glance = (number: string | null, withheld = false) => people.glance({ number, withheld });
const everybody = async () => (await people.list({ text: '', directoryId: null, offset: 0, limit: 100 })).rows;

describe('a person of two directories', () => {
  it('is one, found by either’s number and by any handle, with all that both have', async () => {
    await put(excel, ldap);
    expect(glance(other)).toMatchObject({
      confidence: 'certain',
      person: { name: excel.name, firm: 'Ромашка' },
      others: 0,
    });
    const id = people.personOf(mobile)!.id;
    expect([desk.handle(excel), desk.handle(ldap)].map((handle) => people.person(handle)?.id)).toEqual([id, id]);
    expect(people.keysOf(id)).toEqual([mobile, other]);
    expect(await everybody()).toHaveLength(1);
  });

  it('shows where each entry lies, why they are one, and only what may be opened', async () => {
    await put(
      {
        ...excel,
        links: ['https://romashka.example', 'javascript:alert(1)'],
        fields: [{ name: 'Скидка', value: '5 %' }],
      },
      { ...ldap, open: { kind: 'url', url: 'file:///etc/passwd' }, note: 'утром' },
    );
    const detail = (await people.get(desk.handle(ldap)))!;
    expect(
      detail.entries.map(({ directoryLabel, place, canOpen, editable }) => [directoryLabel, place, canOpen, editable]),
    ).toEqual([
      ['Книга excel', 'Лист1!17', false, false],
      ['Книга ldap', 'Лист1!guid', false, false],
    ]);
    expect(detail.entries[0]?.fields).toEqual([{ name: 'Скидка', value: '5 %' }]);
    expect([detail.links, detail.notes, detail.emails]).toEqual([
      ['https://romashka.example'],
      [{ directoryId: 'ldap', text: 'утром' }],
      ['ip@r.example'],
    ]);
    expect(detail.reasons).toMatchObject([{ rule: 'number', value: mobile }]);
    expect(await people.get('nobody')).toBeNull();
  });

  it('is there after another start without being merged again, and is known to the database', async () => {
    await put(excel, ldap);
    const { people: later, builder } = desk.open();
    await later.load();
    expect([later.personOf(other), builder.builds]).toEqual([people.personOf(mobile), 1]);
    const rows = await desk.database.query(
      'SELECT party_key, name FROM person_number JOIN person ON id = person_id ORDER BY 1',
    );
    expect(rows).toEqual([other, mobile].map((partyKey) => ({ party_key: partyKey, name: excel.name })));
    await later.stop();
  });

  it('is mended by the next start where the last one ended before all was written', async () => {
    await put(excel, ldap);
    await desk.database.transaction([
      { sql: 'UPDATE directory_entry SET person_id = NULL' },
      { sql: 'DELETE FROM person_number' },
    ]);
    const { people: later } = desk.open();
    await later.load();
    expect(later.match(mobile)).toHaveLength(2);
    desk.clock.advance(10_000);
    await later.settled();
    expect(later.match(mobile)).toHaveLength(1);
    expect(await desk.database.query('SELECT count(*) AS count FROM person_number')).toEqual([{ count: 2 }]);
    await later.stop();
  });
});

describe('a number', () => {
  const staff = ['Анна Белова', 'Олег Орлов'].map((name, index) => {
    return { directory: 'excel', key: String(index), name, firm: 'Ромашка', numbers: [switchboard] };
  });

  it('of several people is the first’s, and the one’s whom the user chose from then on', async () => {
    await put(...staff);
    expect(glance(switchboard)).toMatchObject({ person: { name: 'Анна Белова' }, others: 1 });
    const told: unknown[] = [];
    people.onNamed(({ partyKey, person }) => told.push([partyKey, person?.name]));
    await people.choose(switchboard, desk.handle(staff[1]!));
    expect([glance(switchboard)?.person.name, people.personOf(switchboard)?.name]).toEqual([
      'Олег Орлов',
      'Олег Орлов',
    ]);
    expect(told).toEqual([[switchboard, 'Олег Орлов']]);
    await people.settled();
    const owner = 'SELECT name FROM person_number JOIN person ON id = person_id WHERE party_key = ?';
    expect(await desk.database.query(owner, [switchboard])).toEqual([{ name: 'Олег Орлов' }]);
    await people.choose(switchboard, null);
    expect(glance(switchboard)?.person.name).toBe('Анна Белова');
    await expect(people.choose(switchboard, 'nobody')).rejects.toMatchObject({ code: 'people.unknown' });
  });

  it('that is withheld, empty or no number is nobody’s', async () => {
    await put(...staff);
    expect([glance(switchboard, true), glance(null), glance(''), glance('\0'.repeat(9)), glance('sip:')]).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });

  it('that is given a name has it at once, and stays the person’s who has it in a directory', async () => {
    await put(excel, ldap);
    const { id } = await people.name(mobile, 'Слесарь');
    expect([people.personOf(mobile), glance(mobile)?.person.name]).toEqual([{ id, name: 'Слесарь' }, 'Слесарь']);
    await people.settled();
    expect(people.personOf(other)).toEqual({ id, name: 'Слесарь' });
    expect(await everybody()).toHaveLength(1);
    const pins = await people.pins();
    expect(pins).toMatchObject([{ kind: 'together' }]);
    await people.unpin(pins.map((pin) => pin.id));
    await people.settled();
    expect((await everybody()).map(({ name }) => name).sort()).toEqual([excel.name, 'Слесарь'].sort());
  });

  it('of several people makes somebody of his own when it is named, and means him', async () => {
    await put(...staff);
    await people.name(switchboard, 'Приёмная');
    await people.settled();
    expect(glance(switchboard)).toMatchObject({ person: { name: 'Приёмная' }, others: 2 });
    expect(await people.pins()).toEqual([]);
  });

  it('that is forgotten is the directory’s person’s again', async () => {
    await put(excel);
    await people.name(mobile, 'Ваня');
    await people.forget(mobile);
    await people.settled();
    expect([people.personOf(mobile)?.name, await people.pins(), (await everybody()).length]).toEqual([
      excel.name,
      [],
      1,
    ]);
  });
});

describe('own contacts', () => {
  it('are kept as they were written, merged like all others, and show at once', async () => {
    const written = contact({
      name: 'Петров Иван',
      numbers: [
        { text: '8 (916) 123-45-67 доб. 12', label: 'work' },
        { text: 'нет', label: '' },
      ],
      emails: ['IP@r.example'],
    });
    await put(ldap);
    const { handle, personId } = await people.save(null, written);
    expect(await people.own(handle)).toEqual(written);
    await people.settled();
    expect(people.personOf(other)).toMatchObject({ id: personId, name: 'Петров Иван' });
    const detail = (await people.get(personId))!;
    expect(detail.numbers.map(({ dial }) => dial)).toContain(`${mobile},12`);
    expect(detail.entries[0]).toMatchObject({ editable: true, fields: [{ name: '', value: 'нет' }] });
    await people.save(handle, { ...written, name: 'Пётр Иванов', numbers: [], emails: [] });
    await people.settled();
    expect((await everybody()).map(({ name }) => name)).toEqual(['Пётр Иванов', 'Ivan Petrov']);
    await people.remove(handle);
    await people.settled();
    expect((await everybody()).map(({ name }) => name)).toEqual(['Ivan Petrov']);
  });

  it('alone may be changed', async () => {
    await put(excel);
    const handle = desk.handle(excel);
    await expect(people.save(handle, contact({ name: 'X' }))).rejects.toMatchObject({ code: 'people.not-editable' });
    await expect(people.remove(handle)).rejects.toMatchObject({ code: 'people.not-editable' });
    await expect(people.remove('nobody')).rejects.toMatchObject({ code: 'people.unknown' });
    expect(await people.own(handle)).toBeNull();
  });
});

describe('the user’s word', () => {
  const stranger = { directory: 'ldap', key: 'x', name: 'Мария Белова', numbers: [other] };
  const names = async () => (await everybody()).map(({ name }) => name).sort();

  it('joins persons, and is taken back', async () => {
    await put(excel, stranger);
    const before = await everybody();
    const { personId } = await people.merge(before.map(({ id }) => id));
    expect((await people.get(personId))?.entries).toHaveLength(2);
    await people.settled();
    expect(people.keysOf(personId).sort()).toEqual([mobile, other].sort());
    expect((await people.get(personId))?.reasons).toMatchObject([{ rule: 'pinned' }]);
    await people.unpin((await people.pins()).map(({ id }) => id));
    await people.settled();
    expect(await everybody()).toEqual(before);
    await expect(people.merge([personId, 'nobody'])).rejects.toMatchObject({ code: 'people.unknown' });
  });

  it('takes an entry out and keeps it apart, until it is taken back or they are joined again', async () => {
    await put(excel, ldap);
    const { personId } = await people.separate(desk.handle(ldap));
    expect((await people.get(personId))?.entries).toHaveLength(1);
    await people.settled();
    expect(await names()).toEqual(['Ivan Petrov', excel.name]);
    const pins = await people.pins();
    expect(pins).toMatchObject([{ kind: 'apart' }]);
    await people.unpin(pins.map(({ id }) => id));
    await people.settled();
    expect(await names()).toEqual([excel.name]);
    await people.separate(desk.handle(ldap));
    await people.merge([desk.handle(ldap), desk.handle(excel)]);
    await people.settled();
    expect(await names()).toEqual([excel.name]);
  });

  it('does not lose the calls that were linked to the person by hand', async () => {
    await put(excel, stranger);
    const linked = desk.handle(stranger);
    await desk.database.execute('INSERT INTO call_annotation (sequence, person_id, changed_at) VALUES (1, ?, 0)', [
      linked,
    ]);
    const { handle, personId } = await people.save(
      null,
      contact({ name: 'Мария', numbers: [{ text: other, label: '' }] }),
    );
    await people.settled();
    const link = async () => desk.database.query('SELECT person_id AS id FROM call_annotation');
    expect(await link()).toEqual([{ id: personId }]);
    await people.remove(handle);
    await people.settled();
    expect(await link()).toEqual([{ id: linked }]);
  });
});

it('tells whoever shows people of each new image, with a version that grows', async () => {
  const told: number[] = [];
  people.onChanged(({ version }) => told.push(version));
  await put(excel);
  expect(told.length).toBeGreaterThan(0);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(people.version).toBe(told.at(-1));
});

it('finds people by a text, as named now', async () => {
  await put(excel, { ...ldap, numbers: [], emails: [] });
  const found = async (text: string) =>
    (await people.list({ text, directoryId: null, offset: 0, limit: 10 })).rows.map(({ name }) => name);
  expect(await found('петр')).toEqual([excel.name]);
  expect(await found('нет такого')).toEqual([]);
  expect(await people.search(['сергеевич'], 10)).toEqual([mobile]);
});

it('erases all that is kept of a person, and says which directories bring them back', async () => {
  await put(excel, ldap, { directory: 'excel', key: '18', name: 'Мария Белова', numbers: [switchboard] });
  const { id } = await people.name(mobile, 'Иван Петров');
  await people.settled();
  expect(await people.erase(id)).toEqual(['Книга excel', 'Книга ldap']);
  expect([people.personOf(mobile), people.personOf(other), (await everybody()).length]).toEqual([null, null, 1]);
  expect(await desk.database.query('SELECT name FROM directory_entry')).toEqual([{ name: 'Мария Белова' }]);
  expect(await desk.database.query('SELECT name FROM person')).toEqual([{ name: 'Мария Белова' }]);
});
