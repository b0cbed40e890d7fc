import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import type { LoggedCall } from '#contract/ipc/index.ts';
import { sampleAnnotation } from '#renderer/gallery/call-log-samples.ts';
import { sampleLoggedCall } from '#renderer/gallery/samples.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useAudioStore } from '#renderer/media/audio-store.ts';
import { useReminderNotifications } from './use-reminder-notifications.ts';

class FakeNotification extends EventTarget {
  static readonly permission = 'granted';
  static shown: FakeNotification[] = [];
  readonly title: string;
  closed = false;

  constructor(title: string) {
    super();
    this.title = title;
    FakeNotification.shown.push(this);
  }

  close(): void {
    this.closed = true;
  }
}

const due = sampleLoggedCall({ id: 'a', name: 'Ольга' }, { annotation: sampleAnnotation({ followUpAt: 1000 }) });

async function build({ focused = false, owner = true } = {}) {
  vi.spyOn(document, 'hasFocus').mockReturnValue(focused);
  const window = testWindow();
  window.run(() => useAudioStore()).owner = owner;
  const opened: LoggedCall[] = [];
  const page = defineComponent({
    setup() {
      useReminderNotifications((call) => opened.push(call));
      return () => null;
    },
  });
  const view = mount(page, { global: window.global });
  const tell = async (call = due) => {
    window.bridge.emit('callLog.followUpsDue', { calls: [call] });
    await settle();
  };
  return { ...window, view, opened, tell };
}

describe('a reminder to a window out of sight', () => {
  beforeEach(() => {
    FakeNotification.shown = [];
    vi.stubGlobal('Notification', FakeNotification);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('is told by the system once, and opens the record', async () => {
    const { tell, opened, view } = await build();
    await tell();
    await tell();
    expect(FakeNotification.shown.map(({ title }) => title)).toEqual(['Пора перезвонить: Ольга']);
    FakeNotification.shown[0]!.dispatchEvent(new Event('click'));
    expect(opened.map(({ record }) => record.id)).toEqual(['a']);
    view.unmount();
    expect(FakeNotification.shown[0]!.closed).toBe(true);
  });

  it('is not told where the window is looked at, or has no sound', async () => {
    for (const part of [{ focused: true }, { owner: false }]) {
      const { tell, view } = await build(part);
      await tell();
      view.unmount();
    }
    expect(FakeNotification.shown).toEqual([]);
  });

  it('goes with what it reminds of', async () => {
    const { bridge, tell, view } = await build();
    await tell();
    const annotation = { ...due.annotation!, followUpDoneAt: 2000 };
    bridge.emit('callLog.annotated', { call: { ...due, annotation } });
    await settle();
    expect(FakeNotification.shown[0]!.closed).toBe(true);
    view.unmount();
  });
});
