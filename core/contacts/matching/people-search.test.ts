import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { systemClock } from '#core/foundation/index.ts';
import { buildPeopleImage } from './image-builder.ts';
import { MemoryPeopleImage } from './memory-people-image.ts';
import { directoryIds, number, person } from './merged-person.test-support.ts';
import { SearchImage } from './search-image.ts';
import { WorkerPeopleSearch } from './worker-people-search.ts';

const given = { version: 3, directoryIds };
const people = [
  person({ id: '1', name: 'Иванов Пётр', firm: 'ООО «Ромашка»', role: 'директор', numbers: [number('+79161234567')] }),
  person({
    id: '2',
    name: 'Петров Иван',
    firm: 'АО Вектор 24',
    department: 'Склад',
    numbers: [number('+74951234567', { extension: '512' })],
  }),
  person({
    id: '3',
    name: 'Smith John',
    firm: 'Ivanhoe Ltd',
    notes: ['ждёт счёт от Иванова'],
    emails: ['john@firma.ru'],
    numbers: [number('+442071838750')],
  }),
  person({
    id: '4',
    name: 'Королёва Анна',
    firm: 'Диванофф',
    numbers: [number('204')],
    entries: [{ handle: '4', directoryId: 'own' }],
  }),
  person({ id: '5', name: 'Борисов', numbers: [number('sip:boris@pbx.local')] }),
];
const image = buildPeopleImage(people, given);
const listed = new MemoryPeopleImage(people, given);
const search = new SearchImage(image);
const names = (text: string, directoryId: string | null = null) =>
  search.find({ text, directoryId, offset: 0, limit: 10 }).places.map((place) => listed.listed(place).name);

describe('searching people', () => {
  it('puts beginnings of the name’s words first, then other beginnings, then the rest; equals by name', () => {
    expect(names('иван')).toEqual(['Иванов Пётр', 'Петров Иван', 'Smith John', 'Королёва Анна']);
    expect(names('ivan')[0]).toBe('Smith John');
  });

  it.each([
    ['рома', ['Иванов Пётр']],
    ['ОМАШК', ['Иванов Пётр']],
    ['дирек', ['Иванов Пётр']],
    ['склад', ['Петров Иван']],
    ['счет', ['Smith John']],
    ['john@firma', ['Smith John']],
    ['петр иван', ['Иванов Пётр', 'Петров Иван']],
    ['петр рома', ['Иванов Пётр']],
    ['петр лес', []],
    ['королева', ['Королёва Анна']],
    ['«Ромашка»', ['Иванов Пётр']],
    ['вектор 24', ['Петров Иван']],
    ['boris', ['Борисов']],
  ])('finds by %j %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it.each([
    ['bdfyjd', ['Иванов Пётр', 'Smith John']],
    ['Ыьшер', ['Smith John']],
    ['rjhjk`df', ['Королёва Анна']],
    [',jhbcjd', ['Борисов']],
    ['hjvfirf', ['Иванов Пётр']],
    ['смит', ['Smith John']],
    ['romashka', ['Иванов Пётр']],
  ])('forgives the other keyboard layout and the other script: %j finds %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it.each([
    ['916 123', ['Иванов Пётр']],
    ['8916', ['Иванов Пётр']],
    ['8 (916) 123-45', ['Иванов Пётр']],
    ['+7 (916)', ['Иванов Пётр']],
    ['123-45-67', ['Иванов Пётр', 'Петров Иван']],
    ['00 44 20', ['Smith John']],
    ['810 44', ['Smith John']],
    ['204', ['Королёва Анна']],
    ['512', ['Петров Иван']],
    ['иванов 4567', ['Иванов Пётр']],
    ['+916', []],
    ['916 67', ['Иванов Пётр']],
  ])('finds a number typed as %j: %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  it('gives pages of one directory or of all, with how many there are', () => {
    expect(names('ан', 'own')).toEqual(['Королёва Анна']);
    expect(names('ан', 'gone')).toEqual([]);
    const all = search.find({ text: 'ив', directoryId: null, offset: 0, limit: 10 });
    const second = search.find({ text: 'ив', directoryId: null, offset: 1, limit: 2 });
    expect(all).toMatchObject({ version: 3, total: 4 });
    expect(second).toEqual({ ...all, places: all.places.slice(1, 3) });
    expect(search.find({ text: ' ', directoryId: null, offset: 0, limit: 9 }).total).toBe(5);
  });

  it('takes any text, and finds everybody by any part of a word of their name', () => {
    const someone = fc.integer({ min: 0, max: people.length - 1 }).chain((index) => {
      const word = people[index]!.name.split(' ')[0]!;
      const stretch = fc.tuple(fc.nat(word.length - 1), fc.integer({ min: 1, max: 6 }));
      return stretch.map(([from, length]) => ({ text: word.slice(from, from + length), name: people[index]!.name }));
    });
    fc.assert(
      fc.property(someone, ({ text, name }) => void expect(names(text)).toContain(name)),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        expect(names(text).length).toBeLessThanOrEqual(people.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('WorkerPeopleSearch', () => {
  const workerEntry = new URL('./search-worker.ts', import.meta.url);
  const query = { text: 'иван', directoryId: null, offset: 0, limit: 10 };
  const script = (source: string) =>
    new URL(`data:text/javascript,${encodeURIComponent(`import{parentPort}from'node:worker_threads';${source}`)}`);
  let opened: WorkerPeopleSearch[] = [];
  const open = (options: Partial<ConstructorParameters<typeof WorkerPeopleSearch>[0]> = {}) => {
    const one = new WorkerPeopleSearch({ workerEntry, clock: systemClock, ...options });
    opened.push(one);
    return one;
  };
  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()));
    opened = [];
  });

  it('finds nobody while there is no image, then everybody in the newest', async () => {
    const worker = open();
    expect(await worker.find(query)).toEqual({ version: 0, total: 0, places: [] });
    worker.setImage(image);
    expect(await worker.find(query)).toEqual(search.find(query));
    worker.setImage(buildPeopleImage(people.slice(1), { ...given, version: 4 }));
    expect(await worker.find(query)).toMatchObject({ version: 4, total: 3 });
  });

  it('answers the newest of the questions that wait first, and all of them', async () => {
    const worker = open();
    worker.setImage(image);
    const order: string[] = [];
    const ask = (text: string) => worker.find({ ...query, text }).then(() => order.push(text));
    await Promise.all(['и', 'ив', 'ива', 'иван'].map(ask));
    expect(order).toEqual(['и', 'иван', 'ива', 'ив']);
  });

  it('starts a worker that died again, and rejects what kills it twice', async () => {
    const worker = open({
      workerEntry: script(
        `parentPort.on('message',({kind,query})=>{if(kind!=='find')return;if(query.text==='x')process.exit(1);parentPort.postMessage({found:{version:1,total:0,places:[]}})})`,
      ),
    });
    worker.setImage(image);
    const [broken, other] = await Promise.allSettled([worker.find({ ...query, text: 'x' }), worker.find(query)]);
    expect(broken).toMatchObject({ status: 'rejected', reason: { code: 'internal.bug' } });
    expect(other).toMatchObject({ status: 'fulfilled' });
  });

  it('says of an image that is none that it cannot be searched', async () => {
    const worker = open();
    worker.setImage(new SharedArrayBuffer(1000));
    await expect(worker.find(query)).rejects.toThrow();
    worker.setImage(image);
    expect(await worker.find(query)).toMatchObject({ version: 3 });
  });

  it('ends a worker that does not answer', async () => {
    const clock = new FakeClock();
    const worker = open({ clock, workerEntry: script(`parentPort.on('message',()=>{})`) });
    worker.setImage(image);
    const lost = worker.find(query);
    clock.advance(30_000);
    await expect(lost).rejects.toMatchObject({ code: 'internal.bug' });
  });

  it('rejects what waits when it is closed', async () => {
    const worker = open();
    worker.setImage(image);
    const asked = [worker.find(query), worker.find(query)];
    const closed = worker.close();
    const results = await Promise.allSettled(asked);
    await closed;
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(worker.find(query)).rejects.toThrow('closed');
  });
});
