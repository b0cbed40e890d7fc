import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { MemoryProgramStore } from './memory-program-store.ts';
import { mostPrograms, PairedPrograms } from './paired-programs.ts';

let clock: FakeClock;
let store: MemoryProgramStore;
let programs: PairedPrograms;
const open = () => new PairedPrograms({ store, clock, logger: silentLogger });

beforeEach(() => {
  clock = new FakeClock();
  store = new MemoryProgramStore();
  programs = open();
});

describe('paired programs', () => {
  it('are known again by their tokens after a restart', async () => {
    const { token } = await programs.add('1', 'Excel', ['calls:read']);
    const next = open();
    expect(next.identify(token)).toBeNull();
    await next.load();
    expect(next.identify(token)).toMatchObject({ programId: '1', name: 'Excel' });
    expect(next.identify(`${token}x`)).toBeNull();
    expect(next.identify('')).toBeNull();
  });

  it('are out at once when revoked, whatever the disk says', async () => {
    const { token } = await programs.add('1', 'Excel', ['calls:read']);
    const revoked: string[] = [];
    programs.onRevoked((id) => revoked.push(id));
    store.failure = new Error('full');
    await expect(programs.remove('1')).rejects.toThrow('full');
    expect(programs.identify(token)).toBeNull();
    expect(revoked).toEqual(['1']);
    await expect(programs.remove('1')).rejects.toMatchObject({ code: 'program.unknown' });
  });

  it('are out when another database does not know them', async () => {
    await programs.add('1', 'Excel', ['calls:read']);
    const revoked: string[] = [];
    programs.onRevoked((id) => revoked.push(id));
    await store.remove('1');
    await programs.load();
    expect(programs.list()).toEqual([]);
    expect(revoked).toEqual(['1']);
  });

  it('show when they were used last, which the disk hears of once a minute', async () => {
    const { token } = await programs.add('1', 'Excel', ['calls:read']);
    clock.advance(5000);
    for (let request = 0; request < 1000; request++) programs.identify(token);
    expect(programs.list()[0]!.lastUsedAt).toBe(clock.now());
    expect((await store.programs())[0]!.lastUsedAt).toBeNull();
    const usedAt = clock.now();
    clock.advance(60_000);
    await Promise.resolve();
    expect((await store.programs())[0]!.lastUsedAt).toBe(usedAt);
    expect(clock.pendingTimers).toBe(0);
  });

  it('are at most a hundred', async () => {
    for (let count = 0; count < mostPrograms; count++) await programs.add(String(count), 'P', ['calls:read']);
    await expect(programs.add('one more', 'P', ['calls:read'])).rejects.toMatchObject({ code: 'program.too-many' });
  });
});
