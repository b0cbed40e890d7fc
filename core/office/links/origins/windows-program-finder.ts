import { z } from 'zod';
import type { HelperReply } from '#core/com-helper/index.ts';
import type { ProgramFinder, RunningProgram } from './program-finder.ts';

const chain = z.array(z.object({ path: z.string().max(1000), name: z.string().max(1000) })).max(64);

/** Asks the helper for Windows' own objects; see addins/com-helper/README.md. */
export class WindowsProgramFinder implements ProgramFinder {
  private readonly ask: (request: Record<string, unknown>) => Promise<HelperReply>;

  constructor(ask: (request: Record<string, unknown>) => Promise<HelperReply>) {
    this.ask = ask;
  }

  async ancestry(pid: number): Promise<RunningProgram[]> {
    const reply = await this.ask({ command: 'parent', pid }).catch(() => null);
    const programs = chain.safeParse(reply?.['programs']);
    return programs.success ? programs.data : [];
  }
}
