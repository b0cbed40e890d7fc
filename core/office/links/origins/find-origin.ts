import type { DialOrigin } from '#contract/ipc/index.ts';
import { showLine } from '#core/foundation/index.ts';
import { isBroker, isGoBetween } from './known-programs.ts';
import type { ProgramFinder } from './program-finder.ts';

/**
 * The program that wanted a link opened: the nearest above the process that is no shell and no starter. Null where it
 * came by a broker, or where nobody knows.
 * @param pid of the process that the system started for the link, or of its parent
 */
export async function findOrigin(finder: ProgramFinder, pid: number): Promise<DialOrigin | null> {
  for (const { path, name } of await finder.ancestry(pid)) {
    if (path === '' || isBroker(path)) return null;
    if (!isGoBetween(path)) return { id: path.slice(0, 1000), name: showLine(name, 100) };
  }
  return null;
}
