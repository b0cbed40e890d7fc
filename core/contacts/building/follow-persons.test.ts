import { expect, it } from 'vitest';
import { mergeEntries } from '../merging/merge-entries.ts';
import { mergeEntry } from '../merging/merge-entry.test-support.ts';
import type { MergeEntry } from '../merging/merge-entry.ts';
import { followPersons, type Following } from './follow-persons.ts';

const order = ['own', 'outlook', 'excel'];

function changes(entries: readonly MergeEntry[], given: Partial<Following> & { was?: Record<string, string> } = {}) {
  const { persons } = mergeEntries(entries, { pins: [], order });
  const before = new Map(entries.map(({ handle }) => [handle, given.was?.[handle] ?? null]));
  const known = { persons: new Map<string, string>(), numbers: new Map<string, string>() };
  return [...followPersons({ persons, before, choices: new Map(), known, linked: [], order, ...given })];
}

const ivan = mergeEntry('excel/1', { name: 'Иван Петров', numbers: ['+79160000001', '+74950000000'] });
const anna = mergeEntry('outlook/1', { name: 'Анна Белова', numbers: ['+74950000000'] });
const nameless = mergeEntry('own/1', { numbers: ['+79160000009'] });

it('writes nothing where all is as it should be', () => {
  const known = {
    persons: new Map([['excel/1', 'Иван Петров']]),
    numbers: new Map([
      ['+79160000001', 'excel/1'],
      ['+74950000000', 'excel/1'],
    ]),
  };
  expect(changes([ivan], { known, was: { 'excel/1': 'excel/1' } })).toEqual([]);
});

it('gives a number to the first directory’s person, or to whom the user chose; nobody has it who has no name', () => {
  const owner = (choices: [string, string][]) =>
    changes([ivan, anna, nameless], { choices: new Map(choices) }).flatMap((change) =>
      change.kind === 'number' ? [[change.partyKey, change.personId]] : [],
    );
  expect(owner([])).toEqual([
    ['+79160000001', 'excel/1'],
    ['+74950000000', 'outlook/1'],
  ]);
  expect(
    owner([
      ['+74950000000', 'excel/1'],
      ['+79160000001', 'gone'],
    ]),
  ).toEqual([
    ['+79160000001', 'excel/1'],
    ['+74950000000', 'excel/1'],
  ]);
});

it('gives a number to whom the image shows first: the surest, whose own line it is, and then by name', () => {
  const owner = (...entries: MergeEntry[]) =>
    changes(entries).find((change) => change.kind === 'number' && change.partyKey === '+74950000000');
  const behind = mergeEntry('own/5', { name: 'Абрам Ли', numbers: ['+74950000000#12'] });
  expect(owner(behind, anna, ivan)).toMatchObject({ personId: 'outlook/1' });
  const zoe = mergeEntry('outlook/0', { name: 'Яна Котова', numbers: ['+74950000000'] });
  expect(owner(zoe, anna)).toMatchObject({ personId: 'outlook/1' });
});

it('writes a person before the numbers that name them, and takes them away the other way round', () => {
  const known = { persons: new Map([['excel/9', 'Прежний']]), numbers: new Map([['+7000', 'excel/9']]) };
  expect(changes([ivan], { known }).map(({ kind }) => kind)).toEqual([
    'person',
    'number',
    'number',
    'number-gone',
    'person-gone',
    'entry',
  ]);
});

it('lets the links of a person who was merged into another lead to that one', () => {
  const own = mergeEntry('own/1', { name: 'Петров И.', numbers: ['+79160000001'] });
  const was = { 'excel/1': 'excel/1' };
  expect(changes([ivan, own], { was, linked: ['excel/1'] })).toContainEqual({
    kind: 'successor',
    id: 'excel/1',
    personId: 'own/1',
  });
  expect(changes([ivan], { was: { 'excel/1': 'own/1' }, linked: ['own/1'] })).toContainEqual({
    kind: 'successor',
    id: 'own/1',
    personId: 'excel/1',
  });
});
