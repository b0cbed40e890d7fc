import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { ElectronGlobalKeys } from '../adapters/electron-global-keys.ts';
import { DialKey } from './dial-key.ts';
import { fakeBridge, settle } from './dialling.test-support.ts';

async function open(selection: () => Promise<string> = async () => '8 495 123-45-67') {
  const agent = fakeBridge({ dialSelectionKey: 'Ctrl+Alt+D' });
  const clock = new FakeClock();
  const keys = new Map<string, () => void>();
  const taken = new Set<string>();
  const told: string[] = [];
  const dialKey = new DialKey({
    bridge: agent.bridge,
    keys: {
      register: (accelerator, pressed) => !taken.has(accelerator) && keys.set(accelerator, pressed) !== undefined,
      unregister: (accelerator) => void keys.delete(accelerator),
    },
    readSelection: selection,
    tell: (what) => told.push(what),
    clock,
  });
  dialKey.follow();
  agent.connect();
  await settle();
  return { ...agent, clock, keys, taken, told, dialKey };
}

describe('the key that dials what is selected', () => {
  it('hands the selection to the agent', async () => {
    const { keys, asked } = await open();
    keys.get('Ctrl+Alt+D')!();
    await settle();
    expect(asked()).toEqual([{ source: 'selection', text: '8 495 123-45-67' }]);
  });

  it('is another one once a new one has been typed whole', async () => {
    const { change, clock, keys } = await open();
    for (const dialSelectionKey of ['Ctrl+', 'Ctrl+Shift+', 'Ctrl+Shift+T']) {
      change({ dialSelectionKey });
      clock.advance(300);
    }
    expect([...keys.keys()]).toEqual(['Ctrl+Alt+D']);
    clock.advance(1_000);
    expect([...keys.keys()]).toEqual(['Ctrl+Shift+T']);
    change({ dialSelectionKey: '' });
    clock.advance(1_000);
    expect(keys.size).toBe(0);
  });

  it('that somebody else has is told of, once', async () => {
    const { change, clock, taken, told, keys } = await open();
    taken.add('F1');
    change({ dialSelectionKey: 'F1' });
    clock.advance(1_000);
    change({ dialSelectionKey: 'F1' });
    clock.advance(1_000);
    expect(told).toEqual(['key']);
    expect(keys.size).toBe(0);
  });

  it('says when nothing is selected, and leaves to the window what the window shows', async () => {
    const empty = await open(() => Promise.reject(new OffhookError('selection.empty')));
    empty.keys.get('Ctrl+Alt+D')!();
    await settle();
    expect(empty.told).toEqual(['selection.empty']);
    const { keys, fail, told } = await open();
    fail(new OffhookError('dial.no-number'));
    keys.get('Ctrl+Alt+D')!();
    await settle();
    expect(told).toEqual([]);
  });

  it('is let go at the end', async () => {
    const { dialKey, keys } = await open();
    dialKey.dispose();
    expect(keys.size).toBe(0);
  });
});

describe('Electron’s global keys', () => {
  it('refuse what is no key instead of failing', () => {
    const keys = new ElectronGlobalKeys({
      register: (accelerator: string) => {
        if (accelerator === 'Ctrl+') throw new TypeError('conversion failure');
        return true;
      },
      unregister: () => undefined,
    });
    expect(keys.register('Ctrl+', () => undefined)).toBe(false);
    expect(keys.register('Ctrl+D', () => undefined)).toBe(true);
    keys.unregister('Ctrl+D');
  });
});
