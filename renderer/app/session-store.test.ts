import { describe, expect, it } from 'vitest';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { useCallListStore } from '#renderer/features/call-log/call-list-store.ts';
import { useCallLogStore } from '#renderer/features/call-log/call-log-store.ts';
import { usePersonHistoryStore } from '#renderer/features/call-log/person-history-store.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useFavouritesStore } from '#renderer/features/favourites/favourites-store.ts';
import { useFollowUpsStore } from '#renderer/features/follow-ups/follow-ups-store.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';
import { sampleAnnotation } from '#renderer/gallery/call-log-samples.ts';
import { sampleRecord } from '#renderer/gallery/samples.ts';
import { states } from '#renderer/gallery/states.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useSessionStore } from './session-store.ts';

describe('the session', () => {
  it('opens with the agent and hands the snapshot out to the stores', async () => {
    const window = testWindow(states['twoCalls']!());
    const session = window.run(() => useSessionStore());
    window.bridge.start();
    await settle();
    expect(session.connection).toBe('open');
    expect(useLinesStore().lines).toHaveLength(1);
    expect(useCallsStore().calls).toHaveLength(2);
    expect(useCallListStore().calls.length).toBeGreaterThan(5);
  });

  it('keeps what it showed while the agent is away, and asks anew when it is back', async () => {
    const window = testWindow(states['full']!());
    const session = window.run(() => useSessionStore());
    window.bridge.start();
    await settle();
    window.bridge.lose();
    expect(session.connection).toBe('lost');
    expect(session.info).not.toBeNull();
    window.bridge.start();
    await settle();
    expect(session.connection).toBe('open');
    expect(window.commands('session.open')).toHaveLength(2);
  });

  it('lets go of whoever was erased: chosen, to be reminded of, or among the favourites', async () => {
    const annotation = sampleAnnotation({ followUpAt: Date.now() - 1000 });
    const favourite = { partyKey: '+79161112233', number: '+79161112233', display: '+7 916 111-22-33', name: null };
    const records = [
      sampleRecord({ id: 'gone', partyKey: favourite.partyKey }),
      sampleRecord({ id: 'left', partyKey: 'b' }),
    ];
    const window = testWindow({ ...emptyState(), records, added: { gone: { annotation } }, favourites: [favourite] });
    const stores = window.run(() => [useSessionStore(), useCallLogStore(), usePersonHistoryStore()] as const);
    const [, log, history] = stores;
    window.bridge.start();
    await settle();
    log.select(await log.get('gone'));
    await history.show({ partyKey: favourite.partyKey });
    expect([useFollowUpsStore().shown.length, useFavouritesStore().favourites.length, history.calls.length]).toEqual([
      1, 1, 1,
    ]);
    window.bridge.state.records = records.slice(1);
    window.bridge.state.favourites = [];
    window.bridge.emit('records.replaced', {});
    await settle();
    expect(log.selected).toBeNull();
    expect([useFollowUpsStore().shown.length, useFavouritesStore().favourites.length, history.calls.length]).toEqual([
      0, 0, 0,
    ]);
    expect(useCallListStore().calls).toHaveLength(1);
  });

  it('shows the calls of another number of the person as soon as a directory brings it', async () => {
    const records = [sampleRecord({ id: 'one', partyKey: 'a' })];
    const window = testWindow({ ...emptyState(), records });
    const history = window.run(() => usePersonHistoryStore());
    await history.show({ partyKey: 'a' });
    window.bridge.state.records = [...records, sampleRecord({ id: 'two', partyKey: 'a' })];
    window.bridge.emit('people.changed', { version: 2, total: 1 });
    await settle();
    await settle();
    expect(history.calls).toHaveLength(2);
  });

  it('knows when it is refused', () => {
    const window = testWindow();
    const session = window.run(() => useSessionStore());
    window.bridge.refuse();
    expect(session.connection).toBe('refused');
  });
});
