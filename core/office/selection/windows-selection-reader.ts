import type { HelperReply } from '#core/com-helper/index.ts';
import type { SelectionReader } from './selection-reader.ts';

/** By UI Automation, else by copying with the clipboard put back: the helper does both; see addins/com-helper/README.md. */
export class WindowsSelectionReader implements SelectionReader {
  private readonly ask: (request: Record<string, unknown>) => Promise<HelperReply>;

  constructor(ask: (request: Record<string, unknown>) => Promise<HelperReply>) {
    this.ask = ask;
  }

  async read(): Promise<string> {
    const { text } = await this.ask({ command: 'selected' });
    return typeof text === 'string' ? text : '';
  }
}
