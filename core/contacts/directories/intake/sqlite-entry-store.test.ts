import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aliasStatements } from './entry-alias.ts';
import { entry, openEntries, sourceOf, type TestEntries } from './sqlite-entries.test-support.ts';
import { SqliteEntryStore } from './sqlite-entry-store.ts';

const slice = () => ({ hold: 2, pause: 2 });

describe('the store of a worker', () => {
  let entries: TestEntries;
  beforeEach(() => void (entries = openEntries()));
  afterEach(() => entries.close());

  it('takes what it is given in short transactions, with room for others between them', async () => {
    let time = 0;
    const pauses: number[] = [];
    const pause = async (milliseconds: number) => {
      pauses.push(milliseconds);
      // Whoever else writes finds the file free.
      entries.agent.exec("UPDATE directory SET label = label || '.' WHERE id = 'd'");
      time += milliseconds;
    };
    const store = SqliteEntryStore.open({ file: entries.file, now: () => (time += 0.25), slice, pause });
    await entries.refresh(sourceOf(Array.from({ length: 40 }, (_, index) => entry(`e${index}`))));
    await store.remove(
      'd',
      entries.rows().map(({ key }) => key),
    );
    store.close();
    expect(entries.rows()).toEqual([]);
    expect(pauses.length).toBeGreaterThan(3);
    expect(pauses.slice(1).every((milliseconds) => milliseconds > 1)).toBe(true);
  });

  it('ends a long transaction when a call comes', async () => {
    let [time, calls] = [0, 0];
    const pauses: number[] = [];
    const store = SqliteEntryStore.open({
      file: entries.file,
      now: () => (time += 1),
      slice: () => (calls > 0 ? slice() : { hold: 1000, pause: 0 }),
      pause: async (milliseconds) => void pauses.push(milliseconds),
    });
    const some = Array.from({ length: 20 }, (_, index) => entry(`e${index}`));
    await entries.refresh(sourceOf(some));
    const keys = entries.rows().map(({ key }) => key);
    const list = keys.slice();
    Object.defineProperty(list, 5, { get: () => ((calls = 1), keys[5]) });
    await store.remove('d', list);
    store.close();
    expect(entries.rows()).toEqual([]);
    expect(pauses.filter((milliseconds) => milliseconds > 0).length).toBeGreaterThan(3);
  });

  it('lists what it has, page by page', async () => {
    await entries.refresh(sourceOf(Array.from({ length: 1201 }, (_, index) => entry(`e${index}`))));
    const pages = [...entries.store.list('d')];
    expect(pages.map(({ length }) => length)).toEqual([500, 500, 201]);
    expect(new Set(pages.flat().map(({ key }) => key)).size).toBe(1201);
  });

  it('finds survivors and photos by an index', () => {
    const plan = (sql: string) =>
      entries.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail);
    const survivor = plan(aliasStatements[0]!.replaceAll('@handle', "'x'"));
    expect(survivor.join()).toContain('directory_entry_person');
    expect(survivor.filter((step) => /^SCAN (e|gone|directory_entry)/.test(step))).toEqual([]);
    expect(plan("SELECT 1 FROM directory_entry WHERE photo = 'x'").join()).toContain('directory_entry_photo');
  });
});

it('says what is wrong with a file', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-store-'));
  const open = (file: string) => SqliteEntryStore.open({ file, now: () => 0, slice, pause: async () => {} });
  const file = path.join(folder, 'x.sqlite');
  writeFileSync(file, 'no database'.repeat(1000));
  expect(() => open(file)).toThrow(expect.objectContaining({ code: 'storage.corrupt' }));
  expect(() => open(path.join(folder, 'gone'))).toThrow(expect.objectContaining({ code: 'storage.failed' }));
  rmSync(folder, { recursive: true });
});
