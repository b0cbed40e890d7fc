import { beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import type { DirectoryConfig } from '#contract/ipc/index.ts';
import { numberRulesVersion } from '../intake/read-entry-numbers.ts';
import { office } from '../intake/sqlite-entries.test-support.ts';
import {
  added,
  carddav,
  clock,
  entriesChanged,
  known,
  minute,
  of,
  pass,
  records,
  reset,
  rules,
  second,
  secrets,
  setRules,
  sheet,
  started,
  turn,
  work,
} from './directories.test-support.ts';
import { refreshResult } from './memory-directory-work.ts';

beforeEach(reset);

describe('a change', () => {
  it('of the source begins anew, one of the name does not', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    await work.last.end(refreshResult({ changed: 1 }));
    const before = entriesChanged;
    await desk.change({ id, patch: { everyMinutes: 60 } });
    expect(entriesChanged).toBe(before);
    await desk.change({ id, patch: { label: 'Other', everyMinutes: 5 } });
    // What is shown of its people names it.
    expect(entriesChanged).toBe(before + 1);
    expect(of(desk, id)).toMatchObject({ label: 'Other', nextAt: clock.now() + 5 * minute });
    expect(work.begun).toHaveLength(1);
    await desk.change({ id, patch: { config: { ...carddav, user: 'anna' } } });
    await turn();
    expect(work.last.request).toMatchObject({ cursor: null, secret: 'hunter2', config: { user: 'anna' } });
    await expect(desk.change({ id, patch: { config: sheet } })).rejects.toMatchObject({
      code: 'bridge.invalid-arguments',
    });
    await expect(desk.change({ id: 'gone', patch: {} })).rejects.toMatchObject({ code: 'directory.unknown' });
    await desk.stop();
  });

  it('of the office’s rules has all numbers read anew, before anything else', async () => {
    records.records.push(known('a', carddav, { refreshedAt: 1 }));
    const desk = await started();
    setRules({ ...office, dialFormat: 'national' });
    desk.rulesChanged();
    await turn();
    expect(work.begun).toEqual([]);
    setRules({ ...office, areaCode: '812' });
    desk.rulesChanged();
    await desk.refresh('a');
    await turn();
    expect(work.begun.map(({ kind }) => kind)).toEqual(['renumber', 'renumber']);
    for (const each of [...work.begun]) await each.end(1);
    expect(entriesChanged).toBe(2);
    expect(work.last).toMatchObject({ kind: 'refresh', request: { rules: { areaCode: '812' } } });
    expect((await records.load())[0]!.numberRules).toBe(numberRulesVersion(rules));
    await desk.stop();
  });
});

describe('a directory that is removed', () => {
  it('is gone from the list at once, its entries in their time, and its secret', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    await desk.remove(id);
    expect(work.begun[0]!.cancelled).toBe(true);
    expect(entriesChanged).toBeGreaterThan(0);
    expect(desk.list().map((each) => each.id)).toEqual(['own']);
    expect(await secrets.get(`directory:${id}`)).toBeNull();
    await turn();
    expect(work.last).toMatchObject({ kind: 'remove', request: { directoryId: id } });
    await desk.stop();
    const again = await started();
    expect(again.list().map((each) => each.id)).toEqual(['own']);
    await pass(11 * second);
    expect(work.last.kind).toBe('remove');
    const before = entriesChanged;
    await work.last.end(5);
    expect(records.records).toHaveLength(1);
    expect(entriesChanged).toBe(before + 1);
    await again.stop();
  });
});

describe('an import', () => {
  it('goes into the own contacts, once at a time, and shows how it is there', async () => {
    const desk = await started();
    await desk.import({ config: sheet });
    await turn();
    expect(of(desk, 'own').state).toBe('refreshing');
    await expect(desk.import({ config: sheet })).rejects.toMatchObject({ code: 'directory.busy' });
    await expect(desk.import({ config: carddav })).rejects.toMatchObject({ code: 'bridge.invalid-arguments' });
    records.entries.set('own', 3);
    await work.last.end(refreshResult({ changed: 3 }));
    expect(of(desk, 'own')).toMatchObject({ state: 'idle', entries: 3, nextAt: null });
    await desk.refresh('own');
    expect(work.begun).toHaveLength(1);
    await desk.stop();
  });
});

describe('a preview', () => {
  it('is tried with the kept secret, and names its source when it fails', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    const asked = { config: carddav, secret: null, directoryId: id, signInId: null };
    const tried = desk.preview(asked);
    await turn();
    expect(work.last).toMatchObject({ kind: 'preview', request: { secret: 'hunter2' } });
    void work.last.fail('directory.timed-out');
    await expect(tried).rejects.toMatchObject({ code: 'directory.timed-out', values: { host: 'dav.example' } });
    await desk.stop();
  });

  it('makes room for a later one', async () => {
    const desk = await started();
    const asked = { config: carddav, secret: '', directoryId: null, signInId: null };
    const all = [1, 2, 3].map(() => desk.preview(asked).catch((error: unknown) => error));
    await turn();
    expect(await all[0]).toMatchObject({ code: 'directory.cancelled' });
    await desk.stop();
    expect(await all[2]).toMatchObject({ code: 'directory.cancelled' });
  });
});

describe('a sign-in', () => {
  const config: DirectoryConfig = { kind: 'graph', clientId: 'x', tenant: 'common' };
  it('leaves its secret to the directory that is added with it, for a quarter of an hour', async () => {
    let finish: (secret: string) => void = () => {};
    let cancelled = 0;
    const begin = async () => {
      const finished = new Promise<string>((resolve) => (finish = resolve));
      return { url: 'https://login.example/', userCode: null, finished, cancel: () => void (cancelled += 1) };
    };
    const desk = await started({ signIn: { begin } });
    const told: unknown[] = [];
    desk.onSignedIn((signedIn) => told.push(signedIn));
    const { signInId } = await desk.signIn({ config });
    const given = { ...added, config, secret: null, signInId };
    await expect(desk.add(given)).rejects.toMatchObject({ code: 'directory.sign-in-needed' });
    finish('token');
    await turn();
    expect(told).toEqual([{ signInId, error: null }]);
    await desk.add(given);
    await turn();
    expect(work.last.request.secret).toBe('token');
    await expect(desk.add(given)).rejects.toMatchObject({ code: 'directory.sign-in-needed' });
    const late = await desk.signIn({ config });
    finish('token');
    await pass(16 * minute);
    await expect(desk.add({ ...given, signInId: late.signInId })).rejects.toMatchObject({
      code: 'directory.sign-in-needed',
    });
    expect(cancelled).toBe(2);
    await desk.stop();
  });
});

describe('another database', () => {
  it('is read anew when nothing works on the old one any more', async () => {
    const desk = await started();
    await desk.add(added);
    await turn();
    await desk.letGo();
    expect(work.last.cancelled).toBe(true);
    await desk.refresh('own');
    records.records = [known('own', { kind: 'own' }), known('restored', carddav)];
    await desk.reload();
    expect(desk.list().map(({ id }) => id)).toEqual(['own', 'restored']);
    await pass(11 * second);
    expect(work.last.request.directoryId).toBe('restored');
    await desk.stop();
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('a disk that refuses', () => {
  it('leaves the count of own contacts as it was', async () => {
    const desk = await started();
    records.entries.set('own', 3);
    await desk.recount();
    records.count = () => Promise.reject(new OffhookError('storage.failed'));
    await desk.recount();
    expect(of(desk, 'own').entries).toBe(3);
    await desk.stop();
  });

  it('leaves a directory as it was, and has the list read later where it was not given', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    const update = records.update;
    records.update = () => Promise.reject(new OffhookError('storage.full'));
    await expect(desk.change({ id, patch: { label: 'Other' } })).rejects.toMatchObject({ code: 'storage.full' });
    await work.last.end(refreshResult({ changed: 1 }));
    expect(of(desk, id)).toMatchObject({ label: 'Клиенты', refreshedAt: clock.now() });
    const other = { config: { ...carddav, user: 'anna' } };
    await expect(desk.change({ id, patch: other })).rejects.toMatchObject({ code: 'storage.full' });
    expect(of(desk, id).nextAt).toBeGreaterThan(clock.now());
    records.update = update;
    await desk.stop();
    expect(records.records.at(-1)).toMatchObject({ refreshedAt: clock.now(), cursor: 'next' });

    const load = records.load;
    records.load = () => Promise.reject(new OffhookError('storage.failed'));
    await expect(started()).rejects.toMatchObject({ code: 'storage.failed' });
    records.load = load;
    await pass(minute);
  });

  it('does not keep a refresh from being noted that ends while its name changes', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    await Promise.all([desk.change({ id, patch: { label: 'Other' } }), work.last.end(refreshResult({ changed: 1 }))]);
    expect(records.records.at(-1)).toMatchObject({ label: 'Other', cursor: 'next' });
    await desk.stop();
  });
});
