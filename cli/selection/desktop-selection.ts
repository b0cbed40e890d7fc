import type { DesktopOptions } from '#core/composition/open-selection.ts';
import type { Selection } from './selection.ts';

/** The selection by all the ways that this desktop has; opened when it is asked for. */
export class DesktopSelection implements Selection {
  private readonly options: DesktopOptions;
  private held: () => Promise<void> = async () => undefined;

  constructor(options: DesktopOptions) {
    this.options = options;
  }

  async read(): Promise<string | null> {
    // It brings more along than any other command waits for.
    const { openSelection } = await import('#core/composition/open-selection.ts');
    const selection = await openSelection(this.options);
    this.held = async () => {
      await selection.released();
      selection.close();
    };
    return await selection.read().catch((error: unknown) => {
      const { code } = error as { code?: unknown };
      if (code === 'selection.empty') return '';
      if (code === 'selection.unreadable') return null;
      throw error;
    });
  }

  async released(): Promise<void> {
    await this.held();
  }
}
