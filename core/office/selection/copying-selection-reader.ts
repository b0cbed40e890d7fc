import type { Clock } from '#core/foundation/index.ts';
import type { Clipboard, KeySender } from './clipboard.ts';
import type { SelectionReader } from './selection-reader.ts';

/** Programs answer the keys in their own time. ms. */
const patience = 800;
const pause = 25;

/**
 * For programs that tell their selection in no other way: has it copied, and puts back everything that was on the
 * clipboard. What anybody else puts there meanwhile stays.
 */
export class CopyingSelectionReader implements SelectionReader {
  private readonly clipboard: Clipboard;
  private readonly keys: KeySender;
  private readonly clock: Clock;

  constructor(options: { clipboard: Clipboard; keys: KeySender; clock: Clock }) {
    this.clipboard = options.clipboard;
    this.keys = options.keys;
    this.clock = options.clock;
  }

  async read(): Promise<string> {
    const { clipboard } = this;
    const before = await clipboard.serial();
    const content = await clipboard.read();
    // Somebody copied while it was saved: what would be put back is not what is there.
    if ((await clipboard.serial()) !== before) throw new Error('the clipboard is in use');
    let copied = before;
    try {
      await this.keys.copy();
      copied = await this.changedFrom(before);
      return copied === before ? '' : await clipboard.text();
    } finally {
      const now = await clipboard.serial();
      const isOurs = copied === before ? now !== before : now === copied;
      if (isOurs) await clipboard.write(content);
    }
  }

  private async changedFrom(before: string): Promise<string> {
    for (let waited = 0; waited < patience; waited += pause) {
      const now = await this.clipboard.serial();
      if (now !== before) return now;
      await new Promise<void>((resolve) => this.clock.after(pause, resolve));
    }
    return before;
  }
}
