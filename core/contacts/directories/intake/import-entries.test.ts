import { afterEach, beforeEach, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { DirectorySource } from '../directory-source.ts';
import type { SourceEntry } from '../source-entry.ts';
import { importEntries } from './import-entries.ts';
import { renumberEntries } from './renumber-entries.ts';
import {
  entry,
  office,
  openEntries,
  scriptedSource,
  sourceOf,
  type TestEntries,
} from './sqlite-entries.test-support.ts';

let entries: TestEntries;
let ids = 0;
beforeEach(() => void (entries = openEntries()));
afterEach(() => entries.close());

const told = { progress: () => {}, keepSecret: () => {} };
const take = (source: DirectorySource, signal = new AbortController().signal) =>
  importEntries(source, { rules: office, newId: () => `id-${++ids}` }, told, { store: entries.store, signal });
const person = (key: string, name: string, given: Partial<SourceEntry> = {}) => entry(key, { name, ...given });
const number = (text: string) => ({ numbers: [{ text, label: 'work' }] });
const names = () => entries.rows('own').map(({ name }) => name);

it('gives each contact an id of its own, and no place where it came from', async () => {
  await take(sourceOf([person('1', 'Анна', { ...number('8 495 123-45-67'), open: { kind: 'file', file: '/x.vcf' } })]));
  const [row] = entries.rows('own');
  expect(row).toMatchObject({ name: 'Анна', open: null, place: '', numbers: [{ key: '+74951234567' }] });
  expect(row!.key).toBe(row!.handle);
  expect(row!.key).toMatch(/^id-/);
});

it('does not take again whom the user has already', async () => {
  const given = [
    person('1', 'Анна', number('8 495 123-45-67')),
    person('2', 'анна', number('+74951234567')),
    person('3', 'Анна', number('8 495 765-43-21')),
    person('4', 'Борис', { emails: ['b@x.ru'] }),
    person('5', 'Борис', { emails: ['B@X.ru'] }),
    person('6', 'Вера', { firm: 'Вектор' }),
    person('7', 'Вера', { firm: 'Вектор' }),
    person('8', 'Вера', { firm: 'Другая' }),
  ];
  expect(await take(sourceOf(given))).toMatchObject({ changed: 5, problem: null });
  expect(names().sort()).toEqual(['Анна', 'Анна', 'Борис', 'Вера', 'Вера']);
  expect(await take(sourceOf(given))).toMatchObject({ changed: 0, problem: null });
  expect(names()).toHaveLength(5);
});

it('keeps what came before it failed, or was stopped', async () => {
  const broken = scriptedSource(async (reading) => {
    await reading.put([person('1', 'Анна')]);
    throw new OffhookError('directory.broken-file');
  });
  expect(await take(broken)).toMatchObject({ problem: { code: 'directory.broken-file' }, outcome: null, changed: 1 });
  const stopping = new AbortController();
  const stopped = scriptedSource(async (reading) => {
    stopping.abort();
    await reading.put([person('2', 'Борис')]);
    return { kind: 'complete', cursor: null };
  });
  expect(await take(stopped, stopping.signal)).toMatchObject({ problem: { code: 'directory.cancelled' } });
  expect(names().sort()).toEqual(['Анна', 'Борис']);
});

it('says what it cannot read', async () => {
  expect((await take(sourceOf([person('1', 'Анна', number('нет'))]))).skipped.first).toMatchObject([
    { code: 'entry.number-unreadable', values: { text: 'нет' } },
  ]);
});

it('reads numbers anew by other rules, and loses none that it can no longer read', async () => {
  await take(sourceOf([person('1', 'Анна', number('123-45-67')), person('2', 'Борис', number('+78121234567'))]));
  entries.agent.exec(`UPDATE directory_entry SET numbers = '[["?","+7999","c","+7999",null,""]]' WHERE name = 'Борис'`);
  const bench = { store: entries.store, signal: new AbortController().signal };
  expect(await renumberEntries('own', { ...office, areaCode: '812' }, bench)).toBe(1);
  const keys = entries.rows('own').map(({ numbers }) => numbers[0]!.key);
  expect(keys.sort()).toEqual(['+78121234567', '+7999']);
});
