import { enableAutoUnmount, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { sampleCall, sampleRecord } from '#renderer/gallery/samples.ts';
import { states } from '#renderer/gallery/states.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useCallLogStore } from '#renderer/features/call-log/call-log-store.ts';
import { useLinesStore } from '#renderer/features/lines/lines-store.ts';
import { useAudioStore } from '#renderer/media/audio-store.ts';
import CallPanel from './CallPanel.vue';
import { useCallsStore } from './calls-store.ts';

// A part of it that is still being loaded is wanted by nobody after the test.
enableAutoUnmount(afterEach);

function build(state: string) {
  const demo = states[state]!();
  const window = testWindow(demo);
  const [calls, audio, log] = window.run(() => {
    useLinesStore().mirror(demo.session.lines);
    return [useCallsStore(), useAudioStore(), useCallLogStore()] as const;
  });
  calls.mirror(demo.session.calls);
  const panel = mount(CallPanel, { global: window.global, props: { call: calls.current ?? sampleCall() } });
  return { panel, audio, window, calls, log };
}

describe('the call panel', () => {
  it('says that a call is an emergency call, and that the next line tries after the first one failed', () => {
    const { panel } = build('emergency');
    expect(panel.get('[data-testid=call-emergency]').text()).toBe('Экстренный вызов');
    expect(panel.get('[data-testid=emergency-next-line]').text()).toMatch(
      /^Линия «Продажи» не\sприняла вызов. Пробуем линию «Склад».$/,
    );
  });

  it('says neither of an ordinary call', () => {
    const { panel } = build('inCall');
    expect(panel.find('[data-testid=call-emergency]').exists()).toBe(false);
    expect(panel.find('[data-testid=emergency-next-line]').exists()).toBe(false);
  });

  it('keeps one row for what comes and goes, so that the controls stay where they are', async () => {
    const { panel, audio } = build('inCall');
    const rows = () => [...panel.element.children].map(({ className }) => className);
    const before = rows();
    audio.microphoneProblem = { code: 'audio.no-microphone', values: {}, detail: null };
    await nextTick();
    expect(panel.get('[data-testid=call-warning]').text()).toContain('микрофон');
    expect(rows()).toEqual(before);
  });

  it('has a note ready to type, which goes to the record of this call', async () => {
    const { panel, window } = build('inCall');
    window.bridge.state.records = [sampleRecord({ id: 'call-1' })];
    await panel.get('[data-testid=note-field]').setValue('Просит счёт');
    await panel.get('[data-testid=note-field]').trigger('blur');
    expect(window.commands('callLog.annotate')).toEqual([{ callId: 'call-1', patch: { note: 'Просит счёт' } }]);
  });

  it('types a note on in the record of the call that ends meanwhile, as far as it had come', async () => {
    const { panel, window, calls, log } = build('inCall');
    window.bridge.state.records = [sampleRecord({ id: 'call-1' })];
    document.body.append(panel.element);
    const field = panel.get<HTMLTextAreaElement>('[data-testid=note-field]');
    field.element.focus();
    await settle();
    await field.setValue('Просит счёт');
    await field.trigger('blur');
    await settle();
    calls.mirror([]);
    panel.unmount();
    expect(log.selected?.annotation?.note).toBe('Просит счёт');
    expect(log.noteWanted).toBe(1);
  });

  it('opens no record where nobody is typing', async () => {
    const { panel, calls, log } = build('inCall');
    document.body.append(panel.element);
    await settle();
    calls.mirror([]);
    panel.unmount();
    expect(log.selected).toBeNull();
  });
});
