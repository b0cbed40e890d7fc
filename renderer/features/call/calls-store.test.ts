import { describe, expect, it } from 'vitest';
import { sampleCall } from '#renderer/gallery/samples.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import { useCallsStore } from './calls-store.ts';

function build() {
  const window = testWindow();
  return { ...window, calls: window.run(() => useCallsStore()) };
}

const held = sampleCall({ id: 'held', state: 'onHold' });
const talking = sampleCall({ id: 'talking' });
const offered = sampleCall({ id: 'offered', direction: 'incoming', state: 'offering', answeredAt: null });

describe('the calls of the window', () => {
  it('show the one that is up large, not the one on hold', () => {
    const { bridge, calls } = build();
    bridge.emit('calls.changed', { calls: [held, talking] });
    expect(calls.current?.id).toBe('talking');
  });

  it('show the one that was chosen, for as long as it is there', () => {
    const { bridge, calls } = build();
    bridge.emit('calls.changed', { calls: [held, talking] });
    calls.select('held');
    expect(calls.current?.id).toBe('held');
    bridge.emit('calls.changed', { calls: [talking] });
    expect(calls.current?.id).toBe('talking');
  });

  it('show a call that has just been placed', () => {
    const { bridge, calls } = build();
    bridge.emit('calls.changed', { calls: [talking] });
    bridge.emit('calls.changed', {
      calls: [{ ...talking, state: 'onHold' }, sampleCall({ id: 'new', state: 'dialing' })],
    });
    expect(calls.current?.id).toBe('new');
  });

  it('keep a ringing call apart from those that are under way', () => {
    const { bridge, calls } = build();
    bridge.emit('calls.changed', { calls: [talking, offered] });
    expect(calls.ringing.map(({ id }) => id)).toEqual(['offered']);
    expect(calls.underway.map(({ id }) => id)).toEqual(['talking']);
  });

  it('tell how a call failed, until it is dismissed', async () => {
    const { bridge, calls } = build();
    const error = { code: 'call.not-found' as const, values: {}, detail: null };
    const ended = sampleCall({ state: 'disconnected', ending: { disposition: 'failed', by: 'them', error } });
    bridge.emit('calls.changed', { calls: [ended] });
    expect(calls.ending?.id).toBe(ended.id);
    await calls.dismiss(ended);
    expect(calls.ending).toBeNull();
  });

  it('say nothing about a call that we ended ourselves', () => {
    const { bridge, calls } = build();
    bridge.emit('calls.changed', {
      calls: [sampleCall({ state: 'disconnected', ending: { disposition: 'answered', by: 'us', error: null } })],
    });
    expect(calls.ending).toBeNull();
  });

  it('hang up the busy tone when it is dismissed', async () => {
    const { calls, commands } = build();
    await calls.dismiss(sampleCall({ state: 'busy' }));
    expect(commands('calls.hangUp')).toEqual([{ callId: 'call-1' }]);
  });
});
