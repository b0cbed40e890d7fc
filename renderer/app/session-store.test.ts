import { describe, expect, it } from 'vitest';
import { useCallListStore } from '#renderer/features/call-log/call-list-store.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';
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

  it('knows when it is refused', () => {
    const window = testWindow();
    const session = window.run(() => useSessionStore());
    window.bridge.refuse();
    expect(session.connection).toBe('refused');
  });
});
