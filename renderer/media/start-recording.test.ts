import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { OffhookError } from '#contract/errors.ts';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { Listeners } from '#renderer/bridge/listeners.ts';
import { useRecordingsStore } from '#renderer/features/recordings/recordings-store.ts';
import { useSettingsStore } from '#renderer/features/settings/settings-store.ts';
import { sampleCall } from '#renderer/gallery/samples.ts';
import { testWindow } from '#renderer/gallery/test-window.ts';
import { noVoices } from './call-voices.ts';
import type { CallVoices } from './call-voices.ts';
import { startRecording } from './start-recording.ts';

function build(options: { cannot?: boolean } = {}) {
  const window = testWindow();
  const voices = new Listeners<{ callId: string; voices: CallVoices | null }>();
  const log: string[] = [];
  const failing = new Map<string, (error: unknown) => void>();
  const [recordings, settings, notices] = window.run(() => {
    const stores = [useRecordingsStore(), useSettingsStore(), useNoticesStore()] as const;
    startRecording({ onVoices: (listener) => voices.add(listener) }, (callId, onFailed) => {
      if (options.cannot) throw new OffhookError('recording.failed');
      log.push(`start ${callId}`);
      failing.set(callId, onFailed);
      return { setVoices: () => log.push(`voices ${callId}`), stop: async () => void log.push(`stop ${callId}`) };
    });
    return stores;
  });
  const show = async (calls: CallSnapshot[], you = true) => {
    window.bridge.emit('audio.owner', { you });
    window.bridge.emit('calls.changed', { calls });
    await nextTick();
    await nextTick();
  };
  const hear = (callId: string, now: CallVoices | null = noVoices) => voices.emit({ callId, voices: now });
  const always = () => settings.mirror({ ...settings.values, recordCalls: 'always' });
  return {
    bridge: window.bridge,
    recordings,
    notices,
    log,
    failing,
    show,
    hear,
    always,
    starts: () => log.filter((line) => line.startsWith('start')),
  };
}

const call = sampleCall();
const ringing = sampleCall({ state: 'ringback', answeredAt: null });

describe('recording calls', () => {
  it('begins and ends when the user says so, and follows the voices meanwhile', async () => {
    const { recordings, log, show, hear } = build();
    hear(call.id);
    await show([call]);
    expect(log).toEqual([]);
    recordings.start(call.id);
    await nextTick();
    hear(call.id);
    recordings.stop(call.id);
    await nextTick();
    expect(log).toEqual(['start call-1', 'voices call-1', 'voices call-1', 'stop call-1']);
  });

  it('ends by itself with the call', async () => {
    const { recordings, log, show, hear } = build();
    hear(call.id);
    await show([call]);
    recordings.start(call.id);
    await nextTick();
    hear(call.id, null);
    expect(log.at(-1)).toBe('stop call-1');
    await show([]);
    expect(recordings.wanted.size).toBe(0);
    expect(log.filter((line) => line.startsWith('stop'))).toHaveLength(1);
  });

  it('ends when another window takes the sound', async () => {
    const { recordings, log, show, hear } = build();
    hear(call.id);
    await show([call]);
    recordings.start(call.id);
    await nextTick();
    await show([call], false);
    expect(log.at(-1)).toBe('stop call-1');
  });

  it('goes on in a file of its own when the voices are back after a lost connection', async () => {
    const { bridge, recordings, log, show, hear } = build();
    hear(call.id);
    await show([call]);
    recordings.start(call.id);
    await nextTick();
    bridge.lose();
    hear(call.id, null);
    await nextTick();
    expect(log.at(-1)).toBe('stop call-1');
    bridge.emit('calls.changed', { calls: [call] });
    await nextTick();
    hear(call.id);
    expect(log.slice(-2)).toEqual(['start call-1', 'voices call-1']);
  });

  it('never begins by itself as long as the setting says never', async () => {
    const { starts, show, hear } = build();
    hear(call.id);
    await show([call]);
    expect(starts()).toEqual([]);
  });

  it('begins by itself with the answer where the setting says always, once a call', async () => {
    const { recordings, starts, show, hear, always } = build();
    always();
    hear(call.id);
    await show([ringing]);
    expect(starts()).toEqual([]);
    await show([call]);
    expect(starts()).toEqual(['start call-1']);
    recordings.stop(call.id);
    await show([{ ...call, muted: true }]);
    expect(starts()).toEqual(['start call-1']);
  });

  it('leaves it to the window that has the sound', async () => {
    const { starts, show, hear, always } = build();
    always();
    hear(call.id);
    await show([call], false);
    expect(starts()).toEqual([]);
    await show([call], true);
    expect(starts()).toEqual(['start call-1']);
  });

  it('tells of a full disk, ends, and does not try again by itself', async () => {
    const { recordings, notices, log, failing, show, hear, always } = build();
    always();
    hear(call.id);
    await show([call]);
    failing.get(call.id)!(new OffhookError('recording.disk-full'));
    await show([{ ...call, muted: true }]);
    expect(notices.notices).toMatchObject([{ error: { code: 'recording.disk-full' } }]);
    expect(log.filter((line) => /^(start|stop)/.test(line))).toEqual(['start call-1', 'stop call-1']);
    expect(recordings.wanted.size).toBe(0);
  });

  it('tells that the last piece of a stopped recording is lost, and goes on with the one that took its place', async () => {
    const { recordings, notices, log, failing, show, hear } = build();
    hear(call.id);
    await show([call]);
    recordings.start(call.id);
    await nextTick();
    const late = failing.get(call.id)!;
    recordings.stop(call.id);
    await nextTick();
    recordings.start(call.id);
    await nextTick();
    late(new OffhookError('recording.failed'));
    expect(log.filter((line) => /^(start|stop)/.test(line))).toEqual(['start call-1', 'stop call-1', 'start call-1']);
    expect(notices.notices).toMatchObject([{ error: { code: 'recording.failed' } }]);
    expect([...recordings.wanted]).toEqual([call.id]);
  });

  it('says that it cannot record, and that is all', async () => {
    const { recordings, notices, show, hear } = build({ cannot: true });
    hear(call.id);
    await show([call]);
    recordings.start(call.id);
    await nextTick();
    expect(notices.notices).toMatchObject([{ error: { code: 'recording.failed' } }]);
    expect(recordings.wanted.size).toBe(0);
  });

  it('says nothing more where the agent has gone: the window tells that already', async () => {
    const { notices, failing, recordings, show, hear } = build();
    hear(call.id);
    await show([call]);
    recordings.start(call.id);
    await nextTick();
    failing.get(call.id)!(new OffhookError('bridge.closed'));
    expect(notices.notices).toEqual([]);
  });
});
