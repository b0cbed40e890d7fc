import fc from 'fast-check';
import type { MergedNumber, MergedPerson } from '../merging/merged-person.ts';

export const directoryIds = ['own', 'customers', 'company'];

export function person(given: Partial<MergedPerson> & Pick<MergedPerson, 'id'>): MergedPerson {
  return {
    ...{ name: '', firm: '', role: '', department: '', photo: null, numbers: [], emails: [], notes: [] },
    entries: [{ handle: given.id, directoryId: 'customers' }],
    ...given,
  };
}

export function number(key: string, given: Partial<MergedNumber> = {}): MergedNumber {
  const confidence = key.startsWith('+') ? 'certain' : 'local';
  return { key, confidence, number: key, extension: null, label: 'work', directoryIds: ['customers'], ...given };
}

/** Few digits, so that numbers agree in part; the confidence follows from nothing, as hostile input may have it. */
export const someKey = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('+7495', '+7812', '+1495', '+44', '495', '8495', '8', ''),
      fc.constantFrom('1234567', '2234567'),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('204', '205', '12345', '112', '*72', 'sip:ivan@pbx.local', 'sip:иван@pbx.local'),
);
export const someConfidence = fc.constantFrom('certain', 'local', 'weak') as fc.Arbitrary<MergedNumber['confidence']>;

const someText = fc.oneof(
  fc.constantFrom(
    '',
    'Иванов Иван',
    'иванов иван',
    'Ёлкин Пётр',
    'Елкин Петр',
    'Smith John',
    '«Ромашка»',
    'ООО «Вектор 24»',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const someDirectories = fc.uniqueArray(fc.constantFrom(...directoryIds), { minLength: 1, maxLength: 3 });
const someNumber = fc
  .record({
    key: someKey,
    confidence: someConfidence,
    extension: fc.constantFrom(null, '12', ',5'),
    label: someText,
    directoryIds: someDirectories,
  })
  .map(({ key, ...given }) => number(key, given));

const somePerson = fc.record({
  ...{ name: someText, firm: someText, role: someText, department: someText },
  photo: fc.constantFrom(null, 'photo-1'),
  numbers: fc.uniqueArray(someNumber, { maxLength: 5, selector: ({ key }) => key }),
  emails: fc.subarray(['ivan@firma.ru']),
  notes: fc.array(someText, { maxLength: 2 }),
  directories: someDirectories,
});

/** Any people; ids and handles are theirs alone. */
export const somePeople: fc.Arbitrary<MergedPerson[]> = fc.array(somePerson, { maxLength: 40 }).map((people) =>
  people.map(({ directories, ...given }, index) => ({
    ...given,
    id: `person-${index}`,
    entries: directories.map((directoryId, place) => ({
      directoryId,
      handle: place === 0 && index % 2 === 0 ? `person-${index}` : `${directoryId}-${index}`,
    })),
  })),
);
