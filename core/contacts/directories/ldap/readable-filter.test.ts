import { expect, test } from 'vitest';
import { readFilter } from './readable-filter.ts';

test.for([
  ['as it is', '(cn=Иван)', '(cn=Иван)'],
  ['without its brackets', 'objectClass=person', '(objectClass=person)'],
  ['over several lines', '\n(&\n  (a=1)\n  (|\n    (b=2)\n    (c=3)\n  )\n)\n', '(&(a=1)(|(b=2)(c=3)))'],
  ['with letters as bytes', '(sn=\\d0\\9f\\d0\\b5*)', '(sn=Пе*)'],
  ['with brackets as bytes', '(cn=\\28x\\29)', '(cn=\\28x\\29)'],
  [
    'of the preset',
    '(!(userAccountControl:1.2.840.113556.1.4.803:=2))',
    '(!(userAccountControl:1.2.840.113556.1.4.803:=2))',
  ],
  ['with a blank in a value', '(cn=Иван Петров)', '(cn=Иван Петров)'],
] as const)('a filter is understood %s', ([, text, understood]) => {
  expect(String(readFilter(text))).toBe(understood);
});

test.for(['', '(', '(cn=', 'Иван', '(cn=a))', '(&(cn=a', '(cn=\\zz)'])('what is no filter is refused: %s', (text) => {
  expect(() => readFilter(text)).toThrow();
});

test('brackets without end are refused as well', () => {
  expect(() => readFilter('(!'.repeat(1000))).toThrow();
});
