import { mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import type { CallSnapshot } from '#contract/ipc/index.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { useRecordingsStore } from '#renderer/features/recordings/recordings-store.ts';
import RecordingMark from '#renderer/features/recordings/RecordingMark.vue';
import { sampleCall, sampleRecording } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import CallControls from './CallControls.vue';

async function build(options: { call?: CallSnapshot; owner?: boolean; underway?: boolean } = {}) {
  const { call = sampleCall(), owner = true, underway = false } = options;
  const state = emptyState();
  if (underway) state.recordings = [sampleRecording({ state: 'recording', startedAt: Date.now() - 83_500 })];
  const window = testWindow(state);
  const recordings = window.run(() => useRecordingsStore());
  const controls = mount(CallControls, { global: window.global, props: { call } });
  const mark = mount(RecordingMark, { global: window.global, props: { call } });
  window.bridge.emit('audio.owner', { you: owner });
  await settle();
  const button = () => controls.get<HTMLButtonElement>('[data-testid=call-recording]');
  return { ...window, recordings, controls, mark, button, state };
}

describe('the button that records a call', () => {
  it('begins and ends the recording, and says which', async () => {
    const { recordings, button } = await build();
    expect(button().text()).toBe('Записать');
    expect(button().attributes()).toMatchObject({ 'aria-pressed': 'false', 'aria-keyshortcuts': 'Alt+R' });
    await button().trigger('click');
    expect([...recordings.wanted]).toEqual(['call-1']);
    expect(button().text().replace('\u00a0', ' ')).toBe('Остановить запись');
    expect(button().attributes('aria-pressed')).toBe('true');
    await button().trigger('click');
    expect(recordings.wanted.size).toBe(0);
  });

  it.each(['dialing', 'ringback'] as const)('waits for the answer of a call that is %s', async (state) => {
    const { button } = await build({ call: sampleCall({ state, answeredAt: null }) });
    expect(button().element.disabled).toBe(true);
  });

  it('is there for a held call, too', async () => {
    const { button } = await build({ call: sampleCall({ state: 'onHold' }) });
    expect(button().element.disabled).toBe(false);
  });

  it('only shows, in a window without the sound, that another one records', async () => {
    const { button, mark } = await build({ owner: false, underway: true });
    expect(button().element.disabled).toBe(true);
    expect(button().attributes('aria-pressed')).toBe('true');
    expect(button().attributes('title')).toMatch(/в\sдругом окне/);
    // The windows' clock ticks twice a second.
    await vi.waitFor(() => expect(mark.get('[data-testid=recording-mark]').text()).toContain('Запись 01:23'));
  });

  it('has a mark beside the timer from when the agent has begun, until it has ended', async () => {
    const { bridge, mark, state } = await build();
    expect(mark.find('[data-testid=recording-mark]').exists()).toBe(false);
    state.recordings = [sampleRecording({ state: 'recording', startedAt: Date.now() })];
    bridge.emit('recordings.changed', { callIds: ['call-1'] });
    await settle();
    expect(mark.get('[data-testid=recording-mark]').text()).toContain('00:00');
    state.recordings[0]!.state = 'complete';
    bridge.emit('recordings.changed', { callIds: ['call-1'] });
    await settle();
    await nextTick();
    expect(mark.find('[data-testid=recording-mark]').exists()).toBe(false);
  });
});
