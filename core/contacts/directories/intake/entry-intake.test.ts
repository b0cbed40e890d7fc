import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import {
  entry,
  office,
  openEntries,
  scriptedSource,
  sourceOf,
  type TestEntries,
} from './sqlite-entries.test-support.ts';

let entries: TestEntries;
beforeEach(() => void (entries = openEntries()));
afterEach(() => entries.close());

const keys = () => entries.rows().map(({ key }) => key);
const number = (text: string) => ({ text, label: 'work' });

describe('a refresh', () => {
  it('stores what it is given, its numbers read by the rules of the office', async () => {
    const result = await entries.refresh(
      sourceOf([entry('1', { firm: 'Вектор', numbers: [number('8 (495) 123-45-67 доб. 12'), number('нет')] })]),
    );
    expect(result).toMatchObject({ changed: 1, moved: 0, removed: 0, problem: null });
    expect(result.skipped).toEqual({
      count: 1,
      first: [{ code: 'entry.number-unreadable', values: { place: 'here!1', text: 'нет' }, detail: null }],
    });
    const [row] = entries.rows();
    expect(row).toMatchObject({ key: '1', name: 'Name 1', firm: 'Вектор', personId: null, place: 'here!1' });
    expect(row!.handle).toMatch(/^[\w-]{16}$/);
    expect(row!.numbers).toEqual([
      {
        text: '8 (495) 123-45-67 доб. 12',
        key: '+74951234567',
        confidence: 'certain',
        number: '+74951234567',
        extension: '12',
        label: 'work',
      },
      { text: 'нет', key: null, confidence: 'weak', number: '', extension: null, label: 'work' },
    ]);
  });

  it('writes nothing at all when nothing changed, and says again what it cannot read', async () => {
    const source = sourceOf([entry('1', { numbers: [number('нет')] }), entry('2')]);
    await entries.refresh(source);
    const version = entries.version();
    const result = await entries.refresh(source);
    expect(result).toMatchObject({ changed: 0, moved: 0, removed: 0, skipped: { count: 1 } });
    await entries.refresh(sourceOf([], 'unchanged'));
    expect(entries.version()).toBe(version);
    expect(keys()).toEqual(['1', '2']);
  });

  it('tells a sheet that was only sorted otherwise from one with other people', async () => {
    const at = (key: string, row: number) =>
      entry(key, { open: { kind: 'sheet', file: '/k.xlsx', sheet: 'A', row }, place: `k.xlsx › A!${row}` });
    await entries.refresh(sourceOf([at('a', 2), at('b', 3)]));
    const handles = entries.rows().map(({ handle }) => handle);
    const result = await entries.refresh(sourceOf([at('b', 2), at('a', 3)]));
    expect(result).toMatchObject({ changed: 0, moved: 2, removed: 0 });
    expect(entries.rows()[0]).toMatchObject({ open: { row: 3 }, place: 'k.xlsx › A!3' });
    expect(entries.rows().map(({ handle }) => handle)).toEqual(handles);
  });

  it('takes what a complete one did not bring for gone, and after a partial one nothing', async () => {
    await entries.refresh(sourceOf([entry('1'), entry('2'), entry('3')]));
    expect(await entries.refresh(sourceOf([entry('2', { firm: 'X' })], 'partial', ['3', 'never']))).toMatchObject({
      changed: 1,
      removed: 1,
    });
    expect(keys()).toEqual(['1', '2']);
    expect(await entries.refresh(sourceOf([entry('2', { firm: 'X' })]))).toMatchObject({ changed: 0, removed: 1 });
    expect(keys()).toEqual(['2']);
  });

  it('keeps what was put by a source that failed, and takes nothing for gone', async () => {
    await entries.refresh(sourceOf([entry('1'), entry('2')]));
    const result = await entries.refresh(
      scriptedSource(async (reading) => {
        await reading.put([entry('3')]);
        throw new OffhookError('directory.timed-out', { values: { host: 'x' } });
      }),
    );
    expect(result).toMatchObject({ outcome: null, problem: { code: 'directory.timed-out' }, changed: 1, removed: 0 });
    expect(keys()).toEqual(['1', '2', '3']);
  });

  it('ends when nobody wants it any more, even where the source does not listen', async () => {
    const stopping = new AbortController();
    const result = await entries.refresh(
      scriptedSource(async (reading) => {
        await reading.put([entry('1')]);
        stopping.abort();
        await reading.put([entry('2')]);
        throw new Error('not reached');
      }),
      { signal: stopping.signal },
    );
    expect(result).toMatchObject({ outcome: null, problem: { code: 'directory.cancelled' } });
    const deaf = scriptedSource(async () => ({ kind: 'complete', cursor: null }));
    expect(await entries.refresh(deaf, { signal: stopping.signal })).toMatchObject({ removed: 0, outcome: null });
    expect(keys()).toEqual(['1', '2']);
  });

  it('tells a source what is stored', async () => {
    await entries.refresh(sourceOf([entry('1'), entry('2')]));
    const result = await entries.refresh(
      scriptedSource(async (reading) => {
        expect(await reading.known()).toEqual(new Set(['1', '2']));
        await reading.remove(['1']);
        await reading.put([entry('3')]);
        expect(await reading.known()).toEqual(new Set(['2', '3']));
        return { kind: 'partial', cursor: null };
      }),
    );
    expect(result.problem).toBeNull();
  });

  it('leaves out the second of the same key, and one without', async () => {
    const result = await entries.refresh(
      sourceOf([entry('1'), entry('1', { name: 'Other' }), entry(''), entry('k'.repeat(513))]),
    );
    expect(result.skipped.first.map(({ code }) => code)).toEqual([
      'entry.same-id',
      'entry.unreadable',
      'entry.unreadable',
    ]);
    expect(entries.rows()).toMatchObject([{ name: 'Name 1' }]);
  });

  it('knows an entry again whatever its key is made of', async () => {
    const source = sourceOf([entry('a\ud800'), entry('b\0c'), entry('😀')]);
    await entries.refresh(source);
    const version = entries.version();
    expect(await entries.refresh(source)).toMatchObject({ changed: 0, removed: 0 });
    expect(entries.version()).toBe(version);
    expect(entries.rows()).toHaveLength(3);
  });

  it('gives the reason of the disk rather than what a source makes of it', async () => {
    entries.agent.exec("CREATE TRIGGER full BEFORE INSERT ON directory_entry BEGIN SELECT RAISE(ABORT, 'no'); END");
    const source = scriptedSource(async (reading) => {
      await reading.put(Array.from({ length: 500 }, (_, index) => entry(String(index)))).catch(() => {
        throw new OffhookError('directory.failed');
      });
      return { kind: 'complete', cursor: null };
    });
    expect(await entries.refresh(source)).toMatchObject({ problem: { code: 'storage.failed' }, outcome: null });
  });

  it('cuts and cleans what it is given', async () => {
    const photo = { type: 'image/jpeg' as const, bytes: Buffer.from('<script>') };
    const result = await entries.refresh(
      sourceOf([
        entry('1', {
          name: `\u202eevil\u0007\n${'x'.repeat(1000)}`,
          note: 'n'.repeat(20_000),
          numbers: Array.from({ length: 100 }, (_, index) => number(`8495100${1000 + index}`)),
          emails: ['mailto:a@b.ru; c@d.ru', 'none', ...Array.from({ length: 50 }, (_, index) => `x${index}@y.ru`)],
          links: ['javascript:alert(1)', 'www.vector.ru', 'https://vector.ru/'],
          open: { kind: 'url', url: 'file:///etc/passwd' },
          photo,
        }),
      ]),
    );
    const [row] = entries.rows();
    expect(row!.name).toMatch(/^evil x+$/);
    expect(row!.name).toHaveLength(200);
    expect(row!.note).toHaveLength(10_000);
    expect(row!.numbers).toHaveLength(30);
    expect(row!.emails).toHaveLength(20);
    expect(row!.emails.slice(0, 2)).toEqual(['a@b.ru', 'c@d.ru']);
    expect(row!.links).toEqual(['https://www.vector.ru', 'https://vector.ru/']);
    expect(row).toMatchObject({ open: null, photo: null });
    expect(result.skipped.first.map(({ code }) => code)).toEqual(['entry.too-large', 'entry.photo-unreadable']);
  });
});

describe('photos', () => {
  const jpeg = (text: string) => ({
    type: 'image/png' as const,
    bytes: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(text)]),
  });
  const photos = () => entries.all<{ type: string }>('SELECT hash, type FROM photo');

  it('are kept once, by what they hold, until nobody has them', async () => {
    await entries.refresh(
      sourceOf([entry('1', { photo: jpeg('a') }), entry('2', { photo: jpeg('a') }), entry('3', { photo: jpeg('b') })]),
    );
    expect(photos().map(({ type }) => type)).toEqual(['image/jpeg', 'image/jpeg']);
    await entries.refresh(sourceOf([entry('1'), entry('2', { photo: jpeg('a') })]));
    expect(photos()).toHaveLength(1);
    expect(entries.rows().map(({ photo }) => photo !== null)).toEqual([false, true]);
    await entries.refresh(sourceOf([]));
    expect(photos()).toEqual([]);
  });
});

describe('an entry that goes', () => {
  const alias = () => entries.all<{ handle: string; other: string }>('SELECT handle, other FROM entry_alias');

  it('leads to another entry of the person, and to nobody when the last is gone', async () => {
    await entries.refresh(sourceOf(['1', '2', '3', '4'].map((key) => entry(key))));
    const [one, two, three] = entries.rows().map(({ handle }) => handle) as [string, string, string];
    entries.agent
      .prepare('UPDATE directory_entry SET person_id = ? WHERE handle IN (?, ?, ?)')
      .run(one, one, two, three);
    await entries.refresh(sourceOf([], 'partial', ['1']));
    const { other } = alias()[0]!;
    expect(alias()).toEqual([{ handle: one, other }]);
    const left = other === two ? { key: '2', last: three } : { key: '3', last: two };
    await entries.refresh(sourceOf([], 'partial', [left.key, '4']));
    expect(alias().sort((a, b) => a.handle.localeCompare(b.handle))).toEqual(
      [one, other].map((handle) => ({ handle, other: left.last })).sort((a, b) => a.handle.localeCompare(b.handle)),
    );
    await entries.refresh(sourceOf([entry('1')], 'partial'));
    expect(alias()).toEqual([{ handle: other, other: left.last }]);
    await entries.refresh(sourceOf([]));
    expect(alias()).toEqual([]);
  });
});

it('reads the numbers by the rules that it is given', async () => {
  await entries.refresh(sourceOf([entry('1', { numbers: [number('123-45-67')] })]), {
    rules: { ...office, areaCode: '812' },
  });
  expect(entries.rows()[0]!.numbers[0]).toMatchObject({ key: '+78121234567', confidence: 'local' });
});
