import fc from 'fast-check';
import { expect, it } from 'vitest';
import { saysTheSame } from '../journal/shown-value.ts';
import { readShownDate } from './shown-date.ts';

it.each([
  ['26.11.2026', 'RU', new Date(2026, 10, 26)],
  ['26.11.26 9:05', 'RU', new Date(2026, 10, 26, 9, 5)],
  ['2026-11-26T14:05:30', 'RU', new Date(2026, 10, 26, 14, 5, 30)],
  ['11/26/2026', 'US', new Date(2026, 10, 26)],
  ['3/4/2026', 'US', new Date(2026, 2, 4)],
  ['3/4/2026', 'GB', new Date(2026, 3, 3)],
  ['26/11/2026, 14:05', 'GB', new Date(2026, 10, 26, 14, 5)],
])('%s (%s) is a date', (text, country, date) => {
  expect(readShownDate(text, country)).toBe(date.getTime());
});

it.each(['', 'вчера', '31.02.2026', '45.13.2026', '8 495 111-11-11', '1.2', '46352'])('«%s» is none', (text) => {
  expect(readShownDate(text, 'RU')).toBeNull();
});

it('never fails, whatever the cell holds', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('RU', 'US'), (text, country) => void readShownDate(text, country)),
  );
});

it('says the same in whichever form a column shows it', () => {
  expect(saysTheSame('26.11.2026 14:05', '2026-11-26 14:05:00', 'RU')).toBe(true);
  expect(saysTheSame('26.11.2026 14:05', '26.11.2026', 'RU')).toBe(true);
  expect(saysTheSame('26.11.2026 14:05', '26.11.2026 14:06', 'RU')).toBe(false);
  expect(saysTheSame(' да\r\n', 'да', 'RU')).toBe(true);
  expect(saysTheSame('да', 'нет', 'RU')).toBe(false);
});
