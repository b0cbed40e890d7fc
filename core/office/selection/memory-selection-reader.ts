import type { SelectionReader } from './selection-reader.ts';

/** Gives what a test selected; null fails. */
export class MemorySelectionReader implements SelectionReader {
  text: string | null;
  asked = 0;

  constructor(text: string | null = '') {
    this.text = text;
  }

  async read(): Promise<string> {
    this.asked += 1;
    if (this.text === null) throw new Error('cannot be read here');
    return this.text;
  }
}
