import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { MemoryProgramStore } from './memory-program-store.ts';
import { PairedPrograms } from './paired-programs.ts';
import { PairingDesk } from './pairing-desk.ts';

let clock: FakeClock;
let store: MemoryProgramStore;
let programs: PairedPrograms;
let desk: PairingDesk;

beforeEach(() => {
  clock = new FakeClock();
  store = new MemoryProgramStore();
  programs = new PairedPrograms({ store, clock, logger: silentLogger });
  let ids = 0;
  desk = new PairingDesk({ programs, clock, newId: () => `id-${++ids}` });
});

const begin = (name = 'Excel') => desk.begin(name, ['calls:read', 'calls:dial'], '127.0.0.1:50211');
const fails = (code: string) => expect.objectContaining({ code }) as Error;

describe('pairing a program', () => {
  it('shows the same six digits on both sides', () => {
    const begun = begin();
    expect(begun.code).toMatch(/^\d{6}$/);
    expect(desk.requests()).toEqual([
      expect.objectContaining({
        name: 'Excel',
        code: begun.code,
        scopes: ['calls:read', 'calls:dial'],
        from: '127.0.0.1:50211',
      }),
    ]);
    expect(JSON.stringify(desk.requests())).not.toContain(begun.pairingId);
    expect(Buffer.from(begun.pairingId, 'base64url')).toHaveLength(32);
  });

  it('gives the token once, to whoever holds the secret id', async () => {
    const { pairingId } = begin();
    const waiting = desk.await(pairingId);
    const program = await desk.approve(desk.requests()[0]!.id, ['calls:read']);
    const { state, token } = await waiting;
    expect(state).toBe('approved');
    expect(programs.identify(token!)).toMatchObject({
      programId: program.id,
      name: 'Excel',
      scopes: new Set(['calls:read']),
    });
    expect(await desk.await(pairingId)).toEqual({ state: 'approved', token: null });
    expect(desk.requests()).toEqual([]);
  });

  it('keeps the token for one who asks later, and never as it is', async () => {
    const { pairingId } = begin();
    await desk.approve(desk.requests()[0]!.id, ['calls:dial']);
    const { token } = await desk.await(pairingId);
    expect(token).toHaveLength(43);
    expect(JSON.stringify(await store.programs())).not.toContain(token);
  });

  it('grants nothing that was not asked for', async () => {
    begin();
    const program = await desk.approve(desk.requests()[0]!.id, ['log:read', 'calls:read', 'calls:control']);
    expect(program.scopes).toEqual(['calls:read']);
  });

  it('tells a program that it was refused', async () => {
    const { pairingId } = begin();
    const waiting = desk.await(pairingId);
    desk.refuse(desk.requests()[0]!.id);
    expect(await waiting).toEqual({ state: 'refused', token: null });
    expect(await desk.await(pairingId)).toEqual({ state: 'refused', token: null });
  });

  it('is over after two minutes', async () => {
    const { pairingId } = begin();
    const { id } = desk.requests()[0]!;
    clock.advance(119_999);
    expect(desk.requests()).toHaveLength(1);
    clock.advance(1);
    expect(desk.requests()).toEqual([]);
    expect(() => desk.await(pairingId)).toThrow(fails('program.request-gone'));
    await expect(desk.approve(id, ['calls:read'])).rejects.toThrow(fails('program.request-gone'));
  });

  it('answers one who waits within 25 s, and one of two who wait at once', async () => {
    const { pairingId } = begin();
    const [first, second] = [desk.await(pairingId), desk.await(pairingId)];
    expect(await first).toEqual({ state: 'waiting', token: null });
    clock.advance(25_000);
    expect(await second).toEqual({ state: 'waiting', token: null });
    desk.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  it('takes few questions at a time', () => {
    for (let count = 0; count < 5; count++) begin(`Program ${count}`);
    expect(() => begin()).toThrow(fails('program.too-many'));
    desk.refuse(desk.requests()[0]!.id);
    expect(begin().code).toMatch(/^\d{6}$/);
  });

  it('shows of a hostile name what is to be seen of it', () => {
    begin('Excel\u202egnp.exe\u0000\r\n\u200b');
    expect(desk.requests()[0]!.name).toBe('Excel gnp.exe');
    expect(() => begin('\u200b\u202e')).toThrow(fails('program.invalid'));
  });

  it('makes one program of a yes that comes from two windows at once', async () => {
    begin();
    const { id } = desk.requests()[0]!;
    const both = await Promise.allSettled([desk.approve(id, ['calls:read']), desk.approve(id, ['calls:read'])]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(programs.list()).toHaveLength(1);
  });

  it('lets nobody in whom the disk does not take', async () => {
    const { pairingId } = begin();
    store.failure = new Error('full');
    await expect(desk.approve(desk.requests()[0]!.id, ['calls:read'])).rejects.toThrow('full');
    expect(programs.list()).toEqual([]);
    store.failure = null;
    await desk.approve(desk.requests()[0]!.id, ['calls:read']);
    expect((await desk.await(pairingId)).state).toBe('approved');
  });
});
