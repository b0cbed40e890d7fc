import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import type { Disposable } from '#core/foundation/index.ts';
import { watchFolderOf } from './file-watch.ts';

let folder = '';
let clock: FakeClock;
const watching: Disposable[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-watch-'));
  clock = new FakeClock();
});
afterEach(() => {
  for (const each of watching.splice(0)) each.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string) => path.join(folder, name);
function watch(target: string) {
  const seen = { changes: 0 };
  watching.push(watchFolderOf(target, () => (seen.changes += 1), clock));
  return seen;
}

/** Waits until the system has told of something, which starts the quiet time. */
async function heard(): Promise<void> {
  const end = performance.now() + 5000;
  while (clock.pendingTimers === 0 && performance.now() < end) await setImmediate();
}

describe('a watched file', () => {
  it('is told of once, when it has been quiet for a second', async () => {
    writeFileSync(file('a.xlsx'), '1');
    const seen = watch(file('a.xlsx'));
    writeFileSync(file('a.xlsx'), '2');
    await heard();
    clock.advance(900);
    expect(seen.changes).toBe(0);
    clock.advance(200);
    expect(seen.changes).toBe(1);
  });

  it('is told of when another is renamed over it, again and again', async () => {
    writeFileSync(file('a.xlsx'), '1');
    const seen = watch(file('a.xlsx'));
    for (const round of [1, 2]) {
      writeFileSync(file('A1B2.tmp'), 'new');
      renameSync(file('A1B2.tmp'), file('a.xlsx'));
      await heard();
      clock.advance(1100);
      expect(seen.changes).toBe(round);
      await setImmediate();
    }
  });

  it('is not told of when only its neighbours change, or nobody listens any more', async () => {
    const seen = watch(file('a.xlsx'));
    const other = watch(folder);
    writeFileSync(file('~$a.xlsx'), 'lock');
    writeFileSync(file('b.xlsx'), '1');
    await heard();
    for (const each of watching) each.dispose();
    clock.advance(5000);
    expect([seen.changes, other.changes, clock.pendingTimers]).toEqual([0, 0, 0]);
  });
});

describe('a watched folder', () => {
  it('is told of for any table in it', async () => {
    const seen = watch(folder);
    writeFileSync(file('b.csv'), '1');
    await heard();
    clock.advance(1100);
    expect(seen.changes).toBe(1);
  });

  it('on a share that does not answer keeps nobody waiting, and is not asked to tell of changes', async () => {
    let asked = 0;
    let answer: () => void = () => {};
    const never = () => new Promise<null>((resolve) => ((asked += 1), (answer = () => resolve(null))));
    const watched = watchFolderOf(folder, () => {}, clock, never);
    expect(asked).toBe(1);
    watched.dispose();
    answer();
    await setImmediate();
    expect(asked).toBe(1);
  });

  it('may be missing: then nothing is told', () => {
    expect(() => watch(path.join(folder, 'no', 'such.xlsx'))).not.toThrow();
  });
});
