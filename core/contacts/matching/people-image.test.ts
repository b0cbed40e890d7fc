import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MergedPerson } from '../merging/merged-person.ts';
import { buildPeopleImage } from './image-builder.ts';
import { MemoryPeopleImage } from './memory-people-image.ts';
import { directoryIds, number, person, someConfidence, someKey, somePeople } from './merged-person.test-support.ts';
import type { PeopleImage } from './people-image.ts';
import { SharedPeopleImage } from './shared-people-image.ts';

const given = { version: 7, directoryIds };

function describeImage(name: string, open: (persons: readonly MergedPerson[]) => PeopleImage): void {
  describe(name, () => {
    it('finds whose a number is, the surest first, then by the order of directories, then by name', () => {
      const image = open([
        person({ id: 'd', name: 'Демидова', numbers: [number('+74951234567', { confidence: 'local' })] }),
        person({ id: 'c', name: 'Иванов', numbers: [number('+74951234567', { directoryIds: ['company'] })] }),
        person({ id: 'b', name: 'Яковлев', numbers: [number('+74951234567', { label: 'mobile' })] }),
        person({ id: 'a', name: 'Волков', numbers: [number('1234567', { confidence: 'weak' }), number('204')] }),
        person({ id: 'e', name: 'Белов', numbers: [number('+78121234567')] }),
      ]);
      const found = image.match({ key: '+74951234567', confidence: 'certain' });
      expect(found.map(({ place, confidence, label }) => [image.listed(place).name, confidence, label])).toEqual([
        ['Яковлев', 'certain', 'mobile'],
        ['Иванов', 'certain', 'work'],
        ['Демидова', 'local', 'work'],
        ['Волков', 'possible', 'work'],
      ]);
      expect(image.match({ key: '+74950000000', confidence: 'certain' })).toEqual([]);
    });

    it('names at most twenty, each once', () => {
      const many = Array.from({ length: 50 }, (_, index) =>
        person({ id: `p${index}`, numbers: [number('+74951234567'), number('1234567', { confidence: 'weak' })] }),
      );
      const found = open(many).match({ key: '+74951234567', confidence: 'certain' });
      expect(new Set(found.map(({ place }) => place)).size).toBe(20);
      expect(found).toHaveLength(20);
      expect(found.every(({ confidence }) => confidence === 'certain')).toBe(true);
    });

    it('tells what a line of the list shows, and every number', () => {
      const image = open([
        person({
          ...{
            id: 'a',
            name: 'Ольга Демидова',
            firm: 'ООО «Ромашка»',
            role: 'директор',
            department: 'Дирекция',
            photo: 'f00',
          },
          numbers: [
            number('+74951234567', { extension: '12', directoryIds: ['company', 'own'] }),
            number('204', { label: 'внутр.' }),
          ],
          entries: [
            { handle: 'a', directoryId: 'own' },
            { handle: 'x', directoryId: 'company' },
          ],
        }),
      ]);
      const first = { partyKey: '+74951234567', dial: '+74951234567,12', display: '+7 495 123-45-67', extension: '12' };
      expect(image.listed(0)).toEqual({
        ...{
          id: 'a',
          name: 'Ольга Демидова',
          firm: 'ООО «Ромашка»',
          role: 'директор',
          department: 'Дирекция',
          photo: 'f00',
        },
        ...{ number: first, numberCount: 2, directoryIds: ['own', 'company'] },
      });
      expect(image.numbers(0)).toEqual([
        { ...first, label: 'work', directoryIds: ['own', 'company'] },
        { partyKey: '204', dial: '204', display: '204', extension: null, label: 'внутр.', directoryIds: ['customers'] },
      ]);
      expect([image.find('a'), image.find('x'), image.find('y')]).toEqual([0, 0, null]);
      expect(() => image.listed(1)).toThrow(RangeError);
    });

    it('lists by name, whatever case, ё or signs it is written with: Cyrillic before Latin', () => {
      const names = ['Smith', 'Яковлев', '«Ёлка»', 'ель', 'Абрамов', '', '7 дней'];
      const image = open(names.map((one, index) => person({ id: `p${index}`, name: one })));
      const { total, places } = image.list(1, 10, null);
      expect([total, image.total, image.version]).toEqual([7, 7, 7]);
      expect(places.map((place) => image.listed(place).name)).toEqual([
        '7 дней',
        'Абрамов',
        '«Ёлка»',
        'ель',
        'Яковлев',
        'Smith',
      ]);
    });

    it('lists one directory’s people', () => {
      const image = open([
        person({ id: 'a', name: 'А', entries: [{ handle: 'a', directoryId: 'own' }] }),
        person({ id: 'b', name: 'Б' }),
        person({ id: 'c', name: 'В', entries: [{ handle: 'c', directoryId: 'own' }] }),
      ]);
      expect(image.list(0, 10, 'own')).toEqual({ total: 2, places: [0, 2] });
      expect(image.list(1, 10, 'own')).toEqual({ total: 2, places: [2] });
      expect(image.list(0, 10, 'gone')).toEqual({ total: 0, places: [] });
    });
  });
}

const shared = (persons: readonly MergedPerson[]) => new SharedPeopleImage(buildPeopleImage(persons, given));
describeImage('MemoryPeopleImage', (persons) => new MemoryPeopleImage(persons, given));
describeImage('SharedPeopleImage', shared);

describe('an image of any people', () => {
  it('answers every question as the plain list does', () => {
    const question = fc.record({ key: someKey, confidence: someConfidence });
    fc.assert(
      fc.property(somePeople, question, fc.nat(45), (persons, asked, offset) => {
        const [image, model] = [shared(persons), new MemoryPeopleImage(persons, given)];
        expect(image.match(asked)).toEqual(model.match(asked));
        for (const directoryId of [null, ...directoryIds])
          expect(image.list(offset, 9, directoryId)).toEqual(model.list(offset, 9, directoryId));
        for (let place = 0; place < model.total; place += 1) {
          expect(image.listed(place)).toEqual(cleaned(model.listed(place)));
          expect(image.numbers(place)).toEqual(cleaned(model.numbers(place)));
        }
        for (const { id, entries } of persons)
          for (const handle of [id, ...entries.map((entry) => entry.handle)])
            expect(image.find(handle)).toEqual(model.find(handle));
      }),
      { numRuns: 100 },
    );
  }, 20_000);

  it('is the same whatever order they come in', () => {
    fc.assert(
      fc.property(somePeople, (persons) => {
        expect(new Uint8Array(buildPeopleImage(persons.toReversed(), given))).toEqual(
          new Uint8Array(buildPeopleImage(persons, given)),
        );
      }),
      { numRuns: 60 },
    );
  }, 20_000);
});

/** Half a surrogate pair cannot be written down. */
function cleaned<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
    typeof one === 'string' ? one.toWellFormed() : one,
  ) as T;
}

describe('a buffer that holds no image', () => {
  const buffer = () =>
    buildPeopleImage([person({ id: 'a', name: 'Иванов', numbers: [number('+74951234567')] })], given);

  it('is refused: foreign, cut short, of another layout, with a broken header', () => {
    const cut = new SharedArrayBuffer(buffer().byteLength - 4);
    new Uint8Array(cut).set(new Uint8Array(buffer()).subarray(0, cut.byteLength));
    const refused = [new SharedArrayBuffer(0), new SharedArrayBuffer(1000), cut];
    for (const word of [1, 2, 5, 20]) {
      const broken = buffer();
      new Uint32Array(broken)[word]! += 4;
      refused.push(broken);
    }
    for (const one of refused) expect(() => new SharedPeopleImage(one)).toThrow('no image');
    expect(() => new SharedPeopleImage(new ArrayBuffer(1000) as unknown as SharedArrayBuffer)).toThrow('no image');
  });

  it('does no harm where only its inside is damaged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40 }), fc.nat(0xffffffff), (at, word) => {
        const broken = buffer();
        const words = new Uint32Array(broken);
        words[40 + (at % (words.length - 40))] = word;
        const image = new SharedPeopleImage(broken);
        try {
          image.match({ key: '+74951234567', confidence: 'certain' });
          image.find('a');
          image.listed(0);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
