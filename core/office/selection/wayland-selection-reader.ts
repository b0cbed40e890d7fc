import type { RunProgram } from '#core/office/desktop/run-program.ts';
import type { SelectionReader } from './selection-reader.ts';

/** The primary selection of a Wayland desktop, by `wl-paste` of wl-clipboard. */
export class WaylandSelectionReader implements SelectionReader {
  private readonly run: RunProgram;

  constructor(run: RunProgram) {
    this.run = run;
  }

  async read(): Promise<string> {
    try {
      return (await this.run('wl-paste', ['--primary', '--no-newline', '--type', 'text'])).stdout;
    } catch (error) {
      // It ends with 1 when nothing is selected.
      if ((error as { code?: unknown }).code === 1) return '';
      throw error;
    }
  }
}
