import { readFileSync } from 'node:fs';

/** A second Ctrl-C within this time (ms) is the same one, handed on by npm. */
const samePress = 1000;

/** Calls `end(false)` when the user or the system asks us to end, and `end(true)` when they insist. */
export function onTermination(end: (insists: boolean) => void): void {
  let first: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const now = performance.now();
      if (first === null) {
        first = now;
        end(false);
      } else if (now - first > samePress) end(true);
    });
  }
}

/** Parent of a process, where the system tells (Linux); null elsewhere, or when it is gone. */
function parentOf(pid: number): number | null {
  try {
    // pid (name) state ppid …; the name may hold anything, so it is read from its last bracket on.
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) return null;
    throw error;
  }
}

/**
 * npm that is killed outright hands on no signal. It is our parent, or the parent of the shell between us: when either
 * becomes somebody else, we end too.
 */
export function endWithParent(end: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== grandparent) end();
  }, 1000).unref();
}
