import { beforeEach, describe, expect, it } from 'vitest';
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
  second,
  sheet,
  started,
  turn,
  watched,
  work,
} from './directories.test-support.ts';
import { refreshResult } from './memory-directory-work.ts';

beforeEach(reset);

describe('a directory that is added', () => {
  it('is read at once, with its secret, which nobody else is told', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    expect(of(desk, id)).toMatchObject({ state: 'refreshing', hasSecret: true, entries: 0, refreshedAt: null });
    expect(JSON.stringify([desk.list(), records.records])).not.toContain('hunter2');
    expect(work.last).toMatchObject({ kind: 'refresh', request: { directoryId: id, secret: 'hunter2', cursor: null } });
    records.entries.set(id, 7);
    await work.last.end(refreshResult({ changed: 7 }));
    expect(of(desk, id)).toMatchObject({ state: 'idle', entries: 7, problem: null, refreshedAt: clock.now() });
    expect(of(desk, id).nextAt).toBe(clock.now() + 60 * minute);
    expect(entriesChanged).toBe(1);
    await pass(60 * minute);
    expect(work.last.request.cursor).toBe('next');
    await desk.stop();
    expect(clock.pendingTimers).toBe(0);
  });

  it('is not one of the own contacts', async () => {
    const desk = await started();
    await expect(desk.add({ ...added, config: { kind: 'own' } })).rejects.toMatchObject({
      code: 'bridge.invalid-arguments',
    });
    await expect(desk.remove('own')).rejects.toMatchObject({ code: 'bridge.invalid-arguments' });
    await desk.stop();
  });
});

describe('the schedule', () => {
  it('leaves the first seconds to others, and reads what is due or has a file', async () => {
    const at = clock.now();
    records.records.push(
      known('file', sheet, { refreshedAt: at - minute }),
      known('fresh', carddav, { refreshedAt: at - minute, everyMinutes: 60 }),
      known('never', carddav, {}),
      known('asked', carddav, { refreshedAt: at - minute }),
      known('off', carddav, { enabled: false, everyMinutes: 60 }),
    );
    const desk = await started();
    await pass(9 * second);
    expect(work.begun).toEqual([]);
    await pass(2 * second);
    expect(work.begun.map(({ request }) => request.directoryId)).toEqual(['file', 'never']);
    for (const each of [...work.begun]) await each.end(refreshResult());
    expect(of(desk, 'asked').nextAt).toBeNull();
    await pass(59 * minute);
    expect(work.begun.map(({ request }) => request.directoryId)).toEqual(['file', 'never', 'fresh']);
    await desk.stop();
  });

  it('asks a server that fails less and less often, and one that refuses the password not at all', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    for (const wait of [1, 2, 4, 8, 16, 32, 60, 60]) {
      await work.last.end(
        refreshResult({ outcome: null, problem: { code: 'directory.unreachable', values: {}, detail: null } }),
      );
      expect(of(desk, id).problem).toEqual({
        code: 'directory.unreachable',
        values: { file: 'dav.example', host: 'dav.example' },
        detail: null,
      });
      expect(of(desk, id).nextAt).toBe(clock.now() + wait * minute);
      await pass(wait * minute);
    }
    await work.last.fail('directory.wrong-password');
    expect(of(desk, id)).toMatchObject({ nextAt: null, problem: { code: 'directory.wrong-password' } });
    await desk.change({ id, patch: { secret: 'other' } });
    await turn();
    expect(work.last.request.secret).toBe('other');
    await work.last.end(refreshResult());
    expect(of(desk, id)).toMatchObject({ problem: null, nextAt: clock.now() + 60 * minute });
    await desk.stop();
  });

  it('writes nothing after a refresh that found everything as it was, until it ends', async () => {
    const desk = await started();
    const { id } = await desk.add({ ...added, everyMinutes: 5 });
    await turn();
    await work.last.end(refreshResult({ changed: 1 }));
    const { writes } = records;
    for (let round = 0; round < 3; round += 1) {
      await pass(5 * minute);
      await work.last.end(refreshResult({ outcome: { kind: 'unchanged', cursor: `c${round}` } }));
    }
    expect(work.last.request.cursor).toBe('c1');
    expect(records.writes).toBe(writes);
    expect(of(desk, id).refreshedAt).toBe(clock.now());
    await desk.stop();
    expect(records.records.at(-1)).toMatchObject({ refreshedAt: clock.now(), cursor: 'c2' });
  });

  it('reads a file again when it changes, also when it changes while it is read', async () => {
    records.records.push(known('file', sheet, { refreshedAt: 1 }));
    const desk = await started();
    watched.get('/office/Клиенты.xlsx')!();
    await turn();
    expect(work.begun).toHaveLength(1);
    watched.get('/office/Клиенты.xlsx')!();
    await work.last.end(refreshResult());
    expect(work.begun).toHaveLength(2);
    await desk.change({ id: 'file', patch: { enabled: false } });
    expect(work.last.cancelled).toBe(true);
    expect(watched.size).toBe(0);
    await desk.stop();
  });
});

describe('several directories', () => {
  it('are read two at a time, the one that somebody asked for first', async () => {
    for (const id of ['a', 'b', 'c', 'd']) records.records.push(known(id, carddav));
    const desk = await started();
    await pass(11 * second);
    const ids = () => work.begun.map(({ request }) => request.directoryId);
    expect(ids()).toEqual(['a', 'b']);
    expect(desk.list().map(({ state }) => state)).toEqual(['idle', 'refreshing', 'refreshing', 'waiting', 'waiting']);
    await desk.refresh('d');
    await expect(desk.refresh('a')).rejects.toMatchObject({ code: 'directory.busy' });
    await desk.cancel('c');
    expect(of(desk, 'c').state).toBe('idle');
    await work.begun[0]!.end(refreshResult());
    expect(ids()).toEqual(['a', 'b', 'd']);
    await desk.stop();
  });

  it('tell of their progress a few times a second at most', async () => {
    const desk = await started();
    await desk.add(added);
    await turn();
    await pass(second);
    const told: (number | undefined)[] = [];
    desk.onChanged((list) => told.push(list.at(-1)!.progress?.done));
    for (let done = 1; done <= 100; done += 1) work.last.told.progress!({ done, total: 100 });
    await pass(second);
    expect(told).toEqual([1, 100]);
    await desk.stop();
  });

  it('stay in the order that the user gives them', async () => {
    for (const id of ['a', 'b']) records.records.push(known(id, carddav, { refreshedAt: 1 }));
    const desk = await started();
    await desk.sort(['b', 'nobody', 'own']);
    expect(desk.list().map(({ id }) => id)).toEqual(['b', 'own', 'a']);
    expect((await records.load()).map(({ id }) => id)).toEqual(['b', 'own', 'a']);
    expect(entriesChanged).toBe(1);
    await desk.stop();
  });
});

describe('a refresh', () => {
  it('that is stopped says so, and is not taken for a failure', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    await desk.cancel(id);
    expect(of(desk, id)).toMatchObject({ state: 'idle', problem: { code: 'directory.cancelled' } });
    expect(of(desk, id).nextAt).toBe(clock.now() + 60 * minute);
    await desk.stop();
  });

  it('that the end of the program cuts simply runs again', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    await desk.stop();
    expect(work.last.cancelled).toBe(true);
    const again = await started();
    expect(of(again, id)).toMatchObject({ problem: null, refreshedAt: null });
    await pass(11 * second);
    expect(work.begun).toHaveLength(2);
    await again.stop();
  });

  it('keeps the token that its source was given meanwhile', async () => {
    const desk = await started();
    const { id } = await desk.add(added);
    await turn();
    work.last.told.secret!('renewed');
    await work.last.end(refreshResult());
    await desk.refresh(id);
    await turn();
    expect(work.last.request.secret).toBe('renewed');
    await desk.stop();
  });

  it('keeps what it left out in mind while nothing is read anew', async () => {
    const desk = await started();
    const { id } = await desk.add({ ...added, everyMinutes: 1 });
    await turn();
    const skipped = { count: 3, first: [] };
    await work.last.end(refreshResult({ changed: 1, skipped }));
    await pass(minute);
    await work.last.end(refreshResult({ outcome: { kind: 'unchanged', cursor: null } }));
    expect(of(desk, id).skipped).toEqual(skipped);
    await pass(minute);
    await work.last.end(refreshResult());
    expect(of(desk, id).skipped.count).toBe(0);
    await desk.stop();
  });
});
