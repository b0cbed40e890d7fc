import { beforeEach, describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { joinParts } from './join-parts.ts';
import { idlePart, type OfficePart } from './office-options.ts';

it('starts, reads anew and ends all the others where a disk denies it to one of them', async () => {
  const done: string[] = [];
  const denied = () => Promise.reject(new OffhookError('storage.read-only'));
  const part = (name: string): OfficePart => ({
    start: async () => void done.push(`start ${name}`),
    reload: async () => void done.push(`reload ${name}`),
    stop: async () => void done.push(`stop ${name}`),
  });
  const sheets = { start: denied, reload: denied, stop: denied };
  const office = joinParts(
    { idle: idlePart, links: part('links'), sheets, localApi: part('api') },
    { logger: silentLogger, clock: new FakeClock() },
  );
  for (const step of ['start', 'reload', 'stop'] as const) await office[step]();
  expect(done).toEqual(['start links', 'start api', 'reload links', 'reload api', 'stop links', 'stop api']);
});

describe('a part that a disk denies what it needs', () => {
  let clock: FakeClock;
  let tries: string[];
  let isDenied: boolean;
  let office: OfficePart;
  beforeEach(() => {
    clock = new FakeClock();
    tries = [];
    isDenied = true;
    const attempt = async (what: string) => {
      tries.push(what);
      if (isDenied) throw new OffhookError('storage.read-only');
    };
    const sheets = { ...idlePart, start: () => attempt('start'), reload: () => attempt('reload') };
    office = joinParts({ sheets }, { logger: silentLogger, clock });
  });
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };

  it('is started again later and later, until the disk works', async () => {
    await office.start();
    const after = [];
    for (const pause of [5000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
      await pass(pause - 1);
      after.push(tries.length);
      await pass(1);
    }
    expect(after).toEqual([1, 2, 3, 4, 5, 6]);
    isDenied = false;
    await pass(60_000);
    expect(tries).toHaveLength(8);
    await pass(600_000);
    expect(tries).toHaveLength(8);
    await office.stop();
  });

  it('is started by another database, and read anew only once it has started', async () => {
    await office.start();
    isDenied = false;
    await office.reload();
    isDenied = true;
    await office.reload();
    isDenied = false;
    await pass(5000);
    await pass(600_000);
    expect(tries).toEqual(['start', 'start', 'reload', 'reload']);
    await office.stop();
  });

  it('is left alone once all ends', async () => {
    await office.start();
    await office.stop();
    expect(clock.pendingTimers).toBe(0);
    await pass(600_000);
    expect(tries).toEqual(['start']);
  });
});
