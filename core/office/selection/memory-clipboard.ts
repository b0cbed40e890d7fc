import type { Clipboard, ClipboardContent, KeySender } from './clipboard.ts';

const plainText = (text: string): ClipboardContent => [
  { name: 'text', type: 'text', width: 8, bytes: new TextEncoder().encode(text) },
];

/** A clipboard, and a program in front of it in which something is selected. */
export class MemoryClipboard implements Clipboard, KeySender {
  content: ClipboardContent;
  /** What the program copies; null when nothing is selected there. */
  selected: string | null = null;
  /** Happens while the copied text is read. */
  onText: () => void = () => undefined;
  readable = true;
  textReadable = true;
  keysWork = true;
  writes = 0;
  private changes = 0;

  constructor(content: ClipboardContent = []) {
    this.content = content;
  }

  put(content: ClipboardContent): void {
    this.content = content;
    this.changes += 1;
  }

  async serial(): Promise<string> {
    return String(this.changes);
  }

  async read(): Promise<ClipboardContent> {
    if (!this.readable) throw new Error('its owner does not answer');
    return this.content;
  }

  async text(): Promise<string> {
    this.onText();
    if (!this.textReadable) throw new Error('its owner does not answer');
    const text = this.content.find(({ name }) => name === 'text');
    return text ? new TextDecoder().decode(text.bytes) : '';
  }

  async write(content: ClipboardContent): Promise<void> {
    this.writes += 1;
    this.put(content);
  }

  async copy(): Promise<void> {
    if (this.selected !== null) this.put(plainText(this.selected));
    if (!this.keysWork) throw new Error('no keys here');
  }
}
