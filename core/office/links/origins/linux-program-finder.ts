import { readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { ProgramFinder, RunningProgram } from './program-finder.ts';

const longestChain = 30;

/** The parent's id is the second field behind the name, which may hold blanks and brackets (proc_pid_stat(5)). */
function parentOf(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Goes up through `/proc`. */
export class LinuxProgramFinder implements ProgramFinder {
  private readonly root: string;

  constructor(root = '/proc') {
    this.root = root;
  }

  async ancestry(pid: number): Promise<RunningProgram[]> {
    const found: RunningProgram[] = [];
    for (let at = pid; at > 1 && found.length < longestChain;) {
      const folder = path.join(this.root, String(at));
      const stat = await readFile(path.join(folder, 'stat'), 'utf8').catch(() => null);
      if (stat === null) break;
      // Another user's process does not tell its file.
      const link = await readlink(path.join(folder, 'exe')).catch(() => '');
      // A program that runs from memory has no file, and a new name each time: nobody could be asked to trust it.
      const file = link.startsWith('/memfd:') ? '' : link.replace(/ \(deleted\)$/, '');
      found.push({ path: file, name: path.basename(file) });
      at = parentOf(stat);
    }
    return found;
  }
}
