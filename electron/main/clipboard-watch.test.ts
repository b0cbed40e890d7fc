import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { ClipboardWatch } from './clipboard-watch.ts';
import { fakeBridge, settle } from './dialling.test-support.ts';

async function open(clipboardWatching: 'on' | 'off' = 'on') {
  const agent = fakeBridge({ clipboardWatching });
  const clock = new FakeClock();
  const clipboard = { text: 'copied before', reads: 0 };
  const watch = new ClipboardWatch({
    bridge: agent.bridge,
    clock,
    async readText() {
      clipboard.reads += 1;
      return clipboard.text;
    },
  });
  watch.follow();
  agent.connect();
  await settle();
  const copy = async (text: string) => {
    clipboard.text = text;
    clock.advance(1_000);
    await settle();
  };
  return { ...agent, clock, clipboard, watch, copy };
}

describe('watching the clipboard', () => {
  it('is off unless the user wants it: nobody looks there', async () => {
    const { copy, clipboard, asked, clock } = await open('off');
    await copy('8 495 123-45-67');
    expect(asked()).toEqual([]);
    expect(clipboard.reads).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('offers what is copied, once, and nothing that lay there before', async () => {
    const { copy, asked, clock } = await open();
    clock.advance(5_000);
    await settle();
    expect(asked()).toEqual([]);
    await copy(' 8 495 123-45-67 ');
    clock.advance(5_000);
    await copy('something else 1');
    await copy('8 495 123-45-67');
    expect(asked()).toEqual([
      { source: 'clipboard', text: '8 495 123-45-67' },
      { source: 'clipboard', text: 'something else 1' },
    ]);
  });

  it('leaves long texts, texts without a figure, and pictures alone', async () => {
    const { copy, asked } = await open();
    await copy('1'.repeat(201));
    await copy('no figure');
    await copy('');
    expect(asked()).toEqual([]);
  });

  it('takes no notice of what Offhook itself does there', async () => {
    const { copy, asked, watch, clipboard } = await open();
    await watch.during(async () => {
      await copy('8 495 123-45-67');
      clipboard.text = 'copied before 1';
    });
    await copy('copied before 1');
    expect(asked()).toEqual([]);
  });

  it('goes on after a text without a number, and stops when it is switched off', async () => {
    const { copy, asked, fail, change, clock } = await open();
    fail(new OffhookError('dial.no-number'));
    await copy('house 5');
    fail(null);
    await copy('112');
    expect(asked()).toHaveLength(2);
    change({ clipboardWatching: 'off' });
    expect(clock.pendingTimers).toBe(0);
  });
});
