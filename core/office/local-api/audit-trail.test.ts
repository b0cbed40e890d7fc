import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { AuditTrail, type AuditNote } from './audit-trail.ts';
import { MemoryProgramStore } from './memory-program-store.ts';

let clock: FakeClock;
let store: MemoryProgramStore;
let trail: AuditTrail;
const everything = { before: null, limit: 200, programId: null };
const dialled = (changes: Partial<AuditNote> = {}): AuditNote => ({
  ...{ programId: '1', programName: 'Excel', action: 'calls.place', subject: '+74951234567', outcome: 'done' },
  ...changes,
});
const strange = (subject: string) =>
  dialled({ programId: null, programName: '', action: 'foreign Origin', subject, outcome: 'refused' });

beforeEach(async () => {
  clock = new FakeClock();
  store = new MemoryProgramStore();
  trail = new AuditTrail({ store, clock, logger: silentLogger });
  await trail.load();
});

describe('the trail of what programs did', () => {
  it('has the newest first', async () => {
    trail.note(dialled());
    clock.advance(10);
    trail.note(dialled({ subject: '112' }));
    const entries = await trail.list(everything);
    expect(entries.map(({ id, subject, times }) => [id, subject, times])).toEqual([
      [2, '112', 1],
      [1, '+74951234567', 1],
    ]);
    expect(await trail.list({ ...everything, before: 2 })).toHaveLength(1);
    expect(await trail.list({ ...everything, programId: '2' })).toEqual([]);
  });

  it('joins what is the same within a minute, written already or not', async () => {
    expect([trail.note(dialled()), trail.note(dialled())]).toEqual([true, false]);
    expect(await trail.list(everything)).toMatchObject([{ times: 2 }]);
    trail.note(dialled());
    expect(await trail.list(everything)).toMatchObject([{ times: 3 }]);
    clock.advance(60_000);
    trail.note(dialled());
    expect(await trail.list(everything)).toMatchObject([{ times: 1 }, { times: 3 }]);
  });

  it('is not flooded by strangers', async () => {
    for (let page = 0; page < 10_000; page++) trail.note(strange(`http://evil-${page}.example`));
    const entries = await trail.list(everything);
    expect(entries).toHaveLength(31);
    expect(entries[0]).toMatchObject({ action: 'others', subject: '', times: 9970 });
    trail.note(dialled());
    expect((await trail.list(everything))[0]).toMatchObject({ action: 'calls.place' });
  });

  it('is not flooded by a program that goes on asking for what it is refused', async () => {
    trail.note(dialled());
    for (let asked = 0; asked < 10_000; asked++) trail.note(dialled({ subject: `+7495${asked}`, outcome: 'refused' }));
    const entries = await trail.list(everything);
    expect(entries).toHaveLength(32);
    expect(entries[0]).toMatchObject({ programName: 'Excel', action: 'others', subject: '', times: 9970 });
    trail.note(dialled({ programId: '2', programName: 'CRM', outcome: 'refused' }));
    expect((await trail.list(everything))[0]).toMatchObject({ programName: 'CRM', action: 'calls.place' });
  });

  it('shows of hostile words a line that can be seen', async () => {
    trail.note(strange(`http://a\r\n\u202e${'x'.repeat(500)}`));
    const [entry] = await trail.list(everything);
    expect(entry!.subject).toMatch(/^http:\/\/a x+$/);
    expect(entry!.subject).toHaveLength(120);
  });

  it('is kept in memory while the disk takes nothing, and written later', async () => {
    store.failure = new Error('full');
    trail.note(dialled());
    await trail.write();
    trail.note(dialled());
    store.failure = null;
    expect(await trail.list(everything)).toMatchObject([{ times: 2 }]);
  });

  it('goes on counting where the last run ended', async () => {
    trail.note(dialled());
    await trail.write();
    const next = new AuditTrail({ store, clock, logger: silentLogger });
    await next.load();
    next.note(dialled());
    expect((await next.list(everything)).map(({ id }) => id)).toEqual([2, 1]);
    next.dispose();
  });

  it('writes a second later, all at once', async () => {
    trail.note(dialled());
    expect(await store.lastAuditId()).toBe(0);
    clock.advance(1000);
    await trail.write();
    expect(await store.lastAuditId()).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });
});
