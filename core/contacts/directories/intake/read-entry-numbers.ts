import { findNumbers } from '#core/contacts/numbers/find-numbers.ts';
import { matchKeyOf } from '#core/contacts/numbers/match-key.ts';
import type { NumberRules, ParsedNumber } from '#core/contacts/numbers/number-rules.ts';
import type { SourceEntry } from '../source-entry.ts';
import type { StoredNumber } from '../stored-entry.ts';

/** To be raised when the same text is read otherwise than before: all numbers are then read anew. */
const readingVersion = 1;
const mostNumbers = 30;

/** The rules that decide how a text is read, as one text. Equal ones read every text alike. */
export function numberRulesVersion({ country, areaCode, dialOutPrefix, internalMaxDigits }: NumberRules): string {
  return JSON.stringify([readingVersion, country, areaCode, dialOutPrefix, internalMaxDigits]);
}

function stored(text: string, label: string, number: ParsedNumber): StoredNumber {
  return { text, ...matchKeyOf(number), number: number.number, extension: number.extension, label };
}

/** A text in which there is no number is kept as it is, with no key. */
export function readEntryNumbers(numbers: SourceEntry['numbers'], rules: NumberRules): StoredNumber[] {
  const all = numbers.flatMap(({ text, label }): StoredNumber[] => {
    const found = findNumbers(text, rules);
    if (found.length > 0) return found.map((number) => stored(text, label, number));
    return [{ text, key: null, confidence: 'weak', number: '', extension: null, label }];
  });
  return all.slice(0, mostNumbers);
}

/** By other rules than before. What can no longer be read stays as it was. */
export function rereadNumbers(numbers: readonly StoredNumber[], rules: NumberRules): StoredNumber[] {
  const texts = new Map<string, StoredNumber[]>();
  for (const number of numbers) {
    const name = `${number.text}\0${number.label}`;
    texts.set(name, [...(texts.get(name) ?? []), number]);
  }
  const all = [...texts.values()].flatMap((before) => {
    const { text, label } = before[0]!;
    const now = readEntryNumbers([{ text, label }], rules);
    return now.every(({ key }) => key === null) ? before : now;
  });
  return all.slice(0, mostNumbers);
}
