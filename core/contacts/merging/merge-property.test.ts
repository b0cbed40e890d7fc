import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames } from './compare-names.ts';
import { mergeEntries } from './merge-entries.ts';
import type { MergeEntry, Pin } from './merge-entry.ts';
import { mergeEntry } from './merge-entry.test-support.ts';
import { readName } from './read-name.ts';

const order = ['own', 'outlook', 'excel'];
const names =
  'Иван|Петров|Иван Петров|Петров И.|Петров И.С.|Петров Иван Сергеевич|Петров Иван Алексеевич|Ivan Petrov|Мария Петрова|ООО Ромашка|';
const numbers = ['+79160000001', '+79160000002', '+74950000003', '+74950000003#12', '204'];
const emails = ['a@x.example', 'b@x.example', 'info@x.example'];

const oneEntry = fc
  .record({
    directory: fc.constantFrom('own', 'outlook', 'excel', 'onec'),
    place: fc.integer({ min: 0, max: 5 }),
    name: fc.constantFrom(...names.split('|')),
    firm: fc.constantFrom('', 'Ромашка', 'ООО «Вектор»'),
    numbers: fc.subarray(numbers, { maxLength: 2 }),
    emails: fc.subarray(emails, { maxLength: 1 }),
  })
  .map(({ directory, place, ...given }) => mergeEntry(`${directory}/${place}`, given));
const someEntries = fc.uniqueArray(oneEntry, { selector: ({ handle }) => handle, maxLength: 14 });

const handles = ['own', 'outlook', 'excel', 'onec'].flatMap((id) =>
  [0, 1, 2, 3, 4, 5].map((place) => `${id}/${place}`),
);
const somePins = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom<Pin['kind'][]>('together', 'apart'),
    handles: fc.subarray(handles, { minLength: 2, maxLength: 2 }).map(([one, other]) => [one!, other!] as const),
  }),
  { selector: ({ handles: pair }) => pair.join(' '), maxLength: 5 },
);

const persons = (entries: readonly MergeEntry[], pins: readonly Pin[]) =>
  mergeEntries(entries, { pins, order }).persons;
const runs = { numRuns: 300 };

function personOf(entries: readonly MergeEntry[], pins: readonly Pin[]): Map<string, string> {
  return new Map(
    persons(entries, pins).flatMap(({ id, entries: of }) => of.map(({ handle }) => [handle, id] as const)),
  );
}

describe('merging', () => {
  it('gives the same persons under the same ids, in whatever order entries and pins came', () => {
    const shuffled = someEntries.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length }), somePins),
    );
    fc.assert(
      fc.property(shuffled, ([entries, other, pins]) => {
        expect(mergeEntries(other, { pins: pins.toReversed(), order })).toEqual(mergeEntries(entries, { pins, order }));
      }),
      runs,
    );
  });

  it('does not remember through how many refreshes, or by way of which earlier entries, it came to be', () => {
    fc.assert(
      fc.property(
        fc.array(someEntries, { minLength: 1, maxLength: 4 }),
        someEntries,
        somePins,
        (refreshes, last, pins) => {
          const stored = new Map<string, MergeEntry>();
          for (const entries of refreshes) {
            for (const entry of entries) stored.set(entry.handle, entry);
            persons([...stored.values()], pins);
          }
          for (const handle of stored.keys()) if (!last.some((entry) => entry.handle === handle)) stored.delete(handle);
          for (const entry of last) stored.set(entry.handle, entry);
          expect(persons([...stored.values()], pins)).toEqual(persons(last, pins));
        },
      ),
      runs,
    );
  });

  it('puts every entry into one person, named by its first entry', () => {
    fc.assert(
      fc.property(someEntries, somePins, (entries, pins) => {
        const found = persons(entries, pins);
        const all = found.flatMap((person) => person.entries.map(({ handle }) => handle));
        expect(all.toSorted()).toEqual(entries.map(({ handle }) => handle).toSorted());
        for (const { id, entries: of } of found) {
          const own = of.filter(({ directoryId }) => directoryId === 'own');
          expect(id).toBe((own.length > 0 ? own : of).map(({ handle }) => handle).toSorted()[0]);
        }
      }),
      runs,
    );
  });

  it('never joins whom the user keeps apart, nor two who differ unless the user said so', () => {
    fc.assert(
      fc.property(someEntries, somePins, (entries, pins) => {
        const found = personOf(entries, pins);
        for (const {
          kind,
          handles: [one, other],
        } of pins) {
          if (kind === 'apart' && found.has(one) && found.has(other)) expect(found.get(one)).not.toBe(found.get(other));
        }
        if (pins.some(({ kind }) => kind === 'together')) return;
        for (const one of entries) {
          for (const other of entries) {
            if (found.get(one.handle) !== found.get(other.handle)) continue;
            const isFirm = one.name === one.firm || other.name === other.firm || one.name === '' || other.name === '';
            if (!isFirm) expect(compareNames(readName(one.name), readName(other.name))).not.toBe('differ');
          }
        }
      }),
      runs,
    );
  });

  it('joins whom the user pinned together, and is as before once the pin is taken back', () => {
    fc.assert(
      fc.property(someEntries, (entries) => {
        const [one, other] = entries;
        if (!one || !other) return;
        const before = persons(entries, []);
        const pin: Pin = { kind: 'together', handles: [one.handle, other.handle] };
        const found = personOf(entries, [pin]);
        expect(found.get(one.handle)).toBe(found.get(other.handle));
        expect(persons(entries, [pin].slice(1))).toEqual(before);
      }),
      runs,
    );
  });

  it('gives for each person reasons that reach all of its entries', () => {
    fc.assert(
      fc.property(someEntries, somePins, (entries, pins) => {
        const merged = mergeEntries(entries, { pins, order });
        const found = personOf(entries, pins);
        for (const {
          handles: [one, other],
        } of merged.reasons)
          expect(found.get(one)).toBe(found.get(other));
        expect(merged.reasons).toHaveLength(entries.length - merged.persons.length);
      }),
      runs,
    );
  });

  it('finds of one person’s entries alone that they are one', () => {
    fc.assert(
      fc.property(someEntries, somePins, (entries, pins) => {
        for (const { entries: of } of persons(entries, pins)) {
          const own = entries.filter(({ handle }) => of.some((entry) => entry.handle === handle));
          expect(persons(own, pins)).toHaveLength(1);
        }
      }),
      runs,
    );
  });
});
