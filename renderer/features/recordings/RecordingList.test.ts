import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { emptyState } from '#renderer/bridge/demo-bridge.ts';
import { sampleRecording } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import ConfirmDialog from '#renderer/components/ConfirmDialog.vue';
import { FakeSound } from './fake-sound.ts';
import RecordingList from './RecordingList.vue';
import { createSoundKey } from './use-recording-player.ts';

function build() {
  const state = emptyState();
  const second = sampleRecording({ id: '5b1f3c1e-0000-4000-8000-000000000002', callId: 'call-2', source: 'pbx' });
  state.recordings = [sampleRecording(), second];
  const window = testWindow(state);
  const global = {
    ...window.global,
    provide: { ...window.global.provide, [createSoundKey as symbol]: () => new FakeSound() },
  };
  const list = mount(RecordingList, { global, props: { callId: 'call-1' } });
  const states = () => list.findAll('[data-testid=recording]').map((item) => item.attributes('data-state'));
  return { ...window, state, list, states, notices: window.run(() => useNoticesStore()) };
}

describe('the recordings of a call', () => {
  it('are those of the call that is shown, and say who made them', async () => {
    const { list, states } = build();
    await settle();
    expect(states()).toEqual(['complete']);
    expect(list.text()).toMatch(/записано на\sэтом компьютере/);
    await list.setProps({ callId: 'call-2' });
    await settle();
    expect(list.text()).toMatch(/записано на\sАТС/);
    await list.setProps({ callId: 'call-3' });
    await settle();
    expect(list.find('ul').exists()).toBe(false);
  });

  it('are shown anew when they change, and not for the changes of other calls', async () => {
    const { bridge, state, states, commands } = build();
    await settle();
    state.recordings[0]!.state = 'missing';
    bridge.emit('recordings.changed', { callIds: ['call-9'] });
    await settle();
    expect(states()).toEqual(['complete']);
    expect(commands('recordings.list')).toHaveLength(1);
    bridge.emit('recordings.changed', { callIds: ['call-9', 'call-1'] });
    await settle();
    expect(states()).toEqual(['missing']);
  });

  it('are asked for again when the agent is back', async () => {
    const { bridge, state, states } = build();
    await settle();
    state.recordings = [];
    bridge.start();
    await settle();
    expect(states()).toEqual([]);
  });

  it('say why they cannot be shown', async () => {
    const { bridge, list, notices } = build();
    bridge.answer('recordings.list', () => {
      throw new OffhookError('storage.corrupt');
    });
    await list.setProps({ callId: 'call-2' });
    await settle();
    expect(notices.notices).toMatchObject([{ error: { code: 'storage.corrupt' } }]);
  });

  it('are removed when that is confirmed', async () => {
    const { list, commands } = build();
    await settle();
    await list.get('[data-testid=recording-remove]').trigger('click');
    await settle();
    expect(commands('recordings.remove')).toEqual([]);
    list.getComponent(ConfirmDialog).vm.$emit('confirm');
    await settle();
    expect(commands('recordings.remove')).toEqual([{ recordingId: sampleRecording().id }]);
  });

  it('are no longer asked for when they have left the screen', async () => {
    const { bridge, list, commands } = build();
    await settle();
    list.unmount();
    bridge.emit('recordings.changed', { callIds: ['call-1'] });
    expect(commands('recordings.list')).toHaveLength(1);
  });
});
