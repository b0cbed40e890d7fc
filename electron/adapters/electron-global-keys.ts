import type { GlobalShortcut } from 'electron';
import type { GlobalKeys } from '../main/dial-key.ts';

/** Electron's own, which throws for what is no key. */
export class ElectronGlobalKeys implements GlobalKeys {
  private readonly shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>;

  constructor(shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>) {
    this.shortcuts = shortcuts;
  }

  register(accelerator: string, pressed: () => void): boolean {
    try {
      return this.shortcuts.register(accelerator, pressed);
    } catch {
      return false;
    }
  }

  unregister(accelerator: string): void {
    this.shortcuts.unregister(accelerator);
  }
}
