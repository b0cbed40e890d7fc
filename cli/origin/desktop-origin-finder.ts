import type { DialOrigin } from '#contract/ipc/index.ts';
import type { OriginFinder } from './origin-finder.ts';

/** By the programs that started this one. */
export class DesktopOriginFinder implements OriginFinder {
  private readonly helper: readonly string[] | undefined;

  /** @param helper program and arguments of the helper for Windows */
  constructor(helper: readonly string[] | undefined) {
    this.helper = helper;
  }

  async findOrigin(pid: number): Promise<DialOrigin | null> {
    const { findOrigin } = await import('#core/office/links/origins/find-origin.ts');
    return await findOrigin(await this.finder(), pid);
  }

  private async finder() {
    if (process.platform === 'win32') {
      const { openProgramFinder } = await import('#core/composition/open-selection.ts');
      return openProgramFinder({ platform: process.platform, helper: this.helper });
    }
    // By itself, since it needs little, and a link is waited for.
    const { LinuxProgramFinder } = await import('#core/office/links/origins/linux-program-finder.ts');
    return new LinuxProgramFinder();
  }
}
