import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AgentStarter } from './agent-starter.ts';
import { spawnDetached } from './spawn-detached.ts';

/** Electron's program, as an installation names it in `launcher.json` beside the command: `{ "program": "../offhook" }`. */
export class InstalledAgentStarter implements AgentStarter {
  private readonly program: string;
  private readonly environment: NodeJS.ProcessEnv;

  private constructor(program: string, environment: NodeJS.ProcessEnv) {
    this.program = program;
    this.environment = environment;
  }

  /** Null where nothing is installed beside the command. @param directory where the agent keeps its data */
  static beside(folder: string, directory: string, environment: NodeJS.ProcessEnv): InstalledAgentStarter | null {
    const file = path.join(folder, 'launcher.json');
    if (!existsSync(file)) return null;
    const { program } = JSON.parse(readFileSync(file, 'utf8')) as { program?: unknown };
    if (typeof program !== 'string') return null;
    return new InstalledAgentStarter(path.resolve(folder, program), { ...environment, OFFHOOK_DATA: directory });
  }

  async start({ window }: { window: boolean }): Promise<number> {
    const command = [this.program, ...(window ? [] : ['--hidden'])];
    return await spawnDetached(command, { folder: path.dirname(this.program), environment: this.environment });
  }
}
