import { describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import type { ClipboardContent } from './clipboard.ts';
import { CopyingSelectionReader } from './copying-selection-reader.ts';
import { MemoryClipboard } from './memory-clipboard.ts';
import { MemorySelectionReader } from './memory-selection-reader.ts';
import { readSelection } from './selection-reader.ts';

const picture: ClipboardContent = [
  { name: 'image/png', type: 'image/png', width: 8, bytes: Uint8Array.of(0x89, 0x50, 0, 255) },
  { name: 'text/html', type: 'text/html', width: 8, bytes: new TextEncoder().encode('<b>x</b>') },
];

function open(content: ClipboardContent = picture) {
  const clipboard = new MemoryClipboard(content);
  const clock = new FakeClock();
  const reader = new CopyingSelectionReader({ clipboard, keys: clipboard, clock });
  /** Reads, with time going on as long as anybody waits for it. */
  const read = async () => {
    let done = false;
    const reading = reader.read().finally(() => (done = true));
    reading.catch(() => undefined);
    while (!done) {
      await Promise.resolve();
      clock.advance(5);
    }
    return reading;
  };
  return { clipboard, read };
}

describe('a selection that has to be copied', () => {
  it('is read, and what was on the clipboard is there again, in all its forms', async () => {
    const { clipboard, read } = open();
    clipboard.selected = '8 495 123-45-67';
    expect(await read()).toBe('8 495 123-45-67');
    expect(clipboard.content).toEqual(picture);
  });

  it('that is none leaves the clipboard untouched', async () => {
    const { clipboard, read } = open();
    expect(await read()).toBe('');
    expect(clipboard.content).toBe(picture);
    expect(clipboard.writes).toBe(0);
  });

  it('leaves an empty clipboard empty', async () => {
    const { clipboard, read } = open([]);
    clipboard.selected = '112';
    expect(await read()).toBe('112');
    expect(clipboard.content).toEqual([]);
  });

  it('puts everything back also when the keys or the reading fail', async () => {
    const { clipboard, read } = open();
    clipboard.selected = 'x';
    clipboard.keysWork = false;
    await expect(read()).rejects.toThrow('no keys here');
    expect(clipboard.content).toEqual(picture);
    clipboard.keysWork = true;
    clipboard.textReadable = false;
    await expect(read()).rejects.toThrow('does not answer');
    expect(clipboard.content).toEqual(picture);
  });

  it('is not copied where the clipboard cannot be kept whole', async () => {
    const { clipboard, read } = open();
    clipboard.selected = 'x';
    clipboard.readable = false;
    await expect(read()).rejects.toThrow('does not answer');
    expect(clipboard.content).toBe(picture);
  });

  it('takes nothing away that somebody copied meanwhile', async () => {
    const { clipboard, read } = open();
    clipboard.selected = '8 495 123-45-67';
    const theirs: ClipboardContent = [{ name: 'text', type: 'text', width: 8, bytes: Uint8Array.of(65) }];
    clipboard.onText = () => clipboard.put(theirs);
    await read();
    expect(clipboard.content).toBe(theirs);
  });
});

describe('the selection', () => {
  it('comes from the first way that finds one', async () => {
    const [none, failing, found, last] = [
      new MemorySelectionReader(''),
      new MemorySelectionReader(null),
      new MemorySelectionReader('103'),
      new MemorySelectionReader('104'),
    ];
    expect(await readSelection([none, failing, found, last])).toBe('103');
    expect(last.asked).toBe(0);
  });

  it('that is none, or cannot be read, is told apart', async () => {
    await expect(
      readSelection([new MemorySelectionReader(' '), new MemorySelectionReader(null)]),
    ).rejects.toMatchObject({ code: 'selection.empty' });
    await expect(readSelection([new MemorySelectionReader(null)])).rejects.toMatchObject({
      code: 'selection.unreadable',
    });
    await expect(readSelection([])).rejects.toMatchObject({ code: 'selection.unreadable' });
  });
});
