import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { useNoticesStore } from '#renderer/app/notices-store.ts';
import { settle, testWindow } from '#renderer/gallery/test-window.ts';
import { useDialStore } from './dial-store.ts';

function build() {
  const window = testWindow();
  return { ...window, dial: window.run(() => useDialStore()), notices: window.run(() => useNoticesStore()) };
}

async function typed(): Promise<void> {
  await settle();
  await vi.advanceTimersByTimeAsync(100);
}

describe('the box that dials', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks the agent once for what was typed quickly', async () => {
    const { dial, commands } = build();
    for (const key of '101') {
      dial.press(key);
      await settle();
    }
    await typed();
    expect(commands('calls.preview')).toEqual([{ text: '101' }]);
    expect(dial.preview?.display).toBe('101');
  });

  it('keeps the answer to the newest text, whichever comes last', async () => {
    const { dial, bridge } = build();
    const answers: ((display: string) => void)[] = [];
    bridge.answer(
      'calls.preview',
      () =>
        new Promise((resolve) => {
          answers.push((display) =>
            resolve({ address: display, display, extension: null, emergency: false, rules: [] }),
          );
        }),
    );
    dial.text = '10';
    await typed();
    dial.text = '101';
    await typed();
    answers[1]!('newest');
    answers[0]!('stale');
    await settle();
    expect(dial.preview?.display).toBe('newest');
  });

  it('remembers why a text cannot be dialled', async () => {
    const { dial } = build();
    dial.text = 'привет';
    await typed();
    expect(dial.refusal?.code).toBe('number.unreadable');
    dial.clear();
    await typed();
    expect(dial.refusal).toBeNull();
  });

  it('is empty again once the call is on its way', async () => {
    const { dial, commands } = build();
    dial.text = '600';
    await dial.place();
    expect(commands('calls.place')).toEqual([{ text: '600' }]);
    expect(dial.text).toBe('');
  });

  it('keeps the text and says why when the call could not be placed', async () => {
    const { dial, bridge, notices } = build();
    bridge.answer('calls.place', () => {
      throw new OffhookError('line.none');
    });
    dial.text = '600';
    await dial.place();
    expect(dial.text).toBe('600');
    expect(notices.notices.map(({ error }) => error.code)).toEqual(['line.none']);
  });

  it('places one call for two impatient clicks', async () => {
    const { dial, commands } = build();
    dial.text = '600';
    await Promise.all([dial.place(), dial.place()]);
    expect(commands('calls.place')).toHaveLength(1);
  });
});
