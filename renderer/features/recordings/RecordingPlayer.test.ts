import { mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { OffhookError } from '#contract/errors.ts';
import type { Recording } from '#contract/ipc/index.ts';
import { useCallsStore } from '#renderer/features/call/calls-store.ts';
import { sampleCall, sampleRecording } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { toBase64 } from '#renderer/media/base64.ts';
import { FakeSound } from './fake-sound.ts';
import RecordingPlayer from './RecordingPlayer.vue';
import { createSoundKey } from './use-recording-player.ts';

function build(part: Partial<Recording> = {}) {
  const window = testWindow();
  window.run(() => useCallsStore());
  const { bridge } = window;
  const content = ['first ', 'second'];
  bridge.answer('recordings.peaks', () => ({ peaks: toBase64(new Uint8Array([255, 0, 0, 255])) }));
  bridge.answer('recordings.read', ({ offset }) => ({
    chunk: btoa(content[offset === 0 ? 0 : 1]!),
    bytes: 12,
    next: offset === 0 ? 6 : null,
  }));
  const sounds: FakeSound[] = [];
  const createSound = () => sounds[sounds.push(new FakeSound()) - 1];
  const global = { ...window.global, provide: { ...window.global.provide, [createSoundKey as symbol]: createSound } };
  const show = (recording: Recording) => mount(RecordingPlayer, { global, props: { recording } });
  const player = show(sampleRecording(part));
  const press = async (id: string) => {
    await player.get(`[data-testid=recording-${id}]`).trigger('click');
    await settle();
  };
  const key = async (name: string) => {
    await player.get('[role=slider]').trigger('keydown', { key: name });
    await settle();
  };
  const position = () => player.get('[data-testid=recording-position]').text();
  const label = () => player.get('[data-testid=recording-play]').attributes('aria-label');
  return { ...window, player, show, sounds, sound: sounds[0]!, press, key, position, label };
}

describe('the player of a recording', () => {
  it('fetches the file piece by piece when it is first played, and once', async () => {
    const { press, sound, label, commands } = build();
    await settle();
    expect(commands('recordings.read')).toEqual([]);
    expect(label()).toBe('Слушать');
    await press('play');
    expect(sound.paused).toBe(false);
    expect(label()).toBe('Пауза');
    await press('play');
    expect(sound.paused).toBe(true);
    await press('play');
    expect(commands('recordings.read').map((args) => (args as { offset: number }).offset)).toEqual([0, 6]);
  });

  it('says where it is in words, and is steered by the arrow keys', async () => {
    const { player, key, sound, position } = build();
    const slider = player.get('[role=slider]');
    expect(slider.attributes('aria-valuetext')).toMatch(/^00:00 из\s01:12$/);
    expect(slider.attributes()).toMatchObject({ tabindex: '0', 'aria-valuemin': '0', 'aria-valuemax': '72' });
    await key('ArrowRight');
    expect([sound.currentTime, position()]).toEqual([5, '00:05']);
    await key('PageUp');
    expect(slider.attributes('aria-valuetext')).toMatch(/^00:35 из\s01:12$/);
    await key('End');
    expect(sound.currentTime).toBe(72);
    await key('ArrowLeft');
    await key('Home');
    await key('ArrowLeft');
    expect([sound.currentTime, position()]).toEqual([0, '00:00']);
  });

  it('skips five seconds to and fro, never beyond either end', async () => {
    const { press, sound } = build();
    await press('forward');
    await press('forward');
    expect(sound.currentTime).toBe(10);
    await press('back');
    await press('back');
    await press('back');
    expect(sound.currentTime).toBe(0);
  });

  it('plays slower and faster without changing the pitch', async () => {
    const { player, press, sound } = build();
    await press('play');
    const speed = player.get<HTMLSelectElement>('[data-testid=recording-speed]');
    expect([...speed.element.options].map(({ text }) => text)).toEqual(['0,75×', '1×', '1,25×', '1,5×', '2×']);
    speed.element.selectedIndex = 3;
    await speed.trigger('change');
    expect([sound.playbackRate, sound.preservesPitch]).toEqual([1.5, true]);
  });

  it('has the sentence of a vanished file in its place, known before or found out by playing', async () => {
    const known = build({ state: 'missing' });
    expect(known.player.get('[data-testid=recording-missing]').text()).toMatch(/^Файла этой записи нет на\sместе\./);
    expect(known.player.find('button').exists()).toBe(false);
    const found = build();
    found.bridge.answer('recordings.read', () => {
      throw new OffhookError('recording.missing');
    });
    await found.press('play');
    expect(found.player.find('[data-testid=recording-missing]').exists()).toBe(true);
  });

  it('says why a file cannot be played, and still saves it', async () => {
    const { player, press, sound, commands } = build();
    sound.length = null;
    await press('play');
    expect(player.get('[data-testid=error-notice]').attributes('data-code')).toBe('recording.unplayable');
    expect(sound.paused).toBe(true);
    const saved: string[] = [];
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download);
    });
    await press('save');
    click.mockRestore();
    expect(saved).toEqual([expect.stringMatching(/^Разговор \d{4}-\d\d-\d\d \d\d-\d\d\.wav$/)]);
    expect(commands('recordings.read')).toHaveLength(2);
  });

  it('can be tried again after the agent was away', async () => {
    const { bridge, player, press, sound } = build();
    bridge.answer('recordings.read', () => {
      throw new OffhookError('bridge.closed');
    });
    await press('play');
    expect(player.find('[data-testid=error-notice]').exists()).toBe(true);
    bridge.answer('recordings.read', () => ({ chunk: btoa('x'), bytes: 1, next: null }));
    await press('play');
    expect(player.find('[data-testid=error-notice]').exists()).toBe(false);
    expect(sound.paused).toBe(false);
  });

  it('is silent when another recording is played, and when a call begins', async () => {
    const { bridge, press, show, sounds, sound } = build();
    const other = show(sampleRecording({ id: '5b1f3c1e-0000-4000-8000-000000000002' }));
    await press('play');
    await other.get('[data-testid=recording-play]').trigger('click');
    await settle();
    expect([sound.paused, sounds[1]!.paused]).toEqual([true, false]);
    bridge.emit('calls.changed', { calls: [sampleCall()] });
    await nextTick();
    expect(sounds[1]!.paused).toBe(true);
  });

  it('lets go of the sound when it leaves the screen', async () => {
    const { player, press, sound } = build();
    await press('play');
    player.unmount();
    expect([sound.paused, sound.src]).toEqual([true, '']);
  });

  it('waits for the end of a recording that is being made', () => {
    const { player } = build({ state: 'recording', durationMilliseconds: null });
    expect(player.get('[data-testid=recording-underway]').text()).toContain('Идёт запись');
    expect(player.find('button').exists()).toBe(false);
  });
});
