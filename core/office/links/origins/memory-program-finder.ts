import type { ProgramFinder, RunningProgram } from './program-finder.ts';

/** Processes as a test made them up. */
export class MemoryProgramFinder implements ProgramFinder {
  private readonly processes: Readonly<Record<number, { path: string; parent: number }>>;

  constructor(processes: Readonly<Record<number, { path: string; parent: number }>>) {
    this.processes = processes;
  }

  async ancestry(pid: number): Promise<RunningProgram[]> {
    const found: RunningProgram[] = [];
    for (let at = this.processes[pid]; at; at = this.processes[at.parent])
      found.push({ path: at.path, name: at.path.split('/').at(-1) ?? '' });
    return found;
  }
}
