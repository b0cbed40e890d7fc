import type { RunProgram } from '#core/office/desktop/run-program.ts';
import type { KeySender } from './clipboard.ts';

/** The keys of the shortcut may still be held down: they are let go meanwhile. */
export class XdotoolKeySender implements KeySender {
  private readonly run: RunProgram;

  constructor(run: RunProgram) {
    this.run = run;
  }

  async copy(): Promise<void> {
    await this.run('xdotool', ['key', '--clearmodifiers', 'ctrl+c']);
  }
}
