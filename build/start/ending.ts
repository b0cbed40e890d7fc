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

/** npm that is killed outright hands on no signal: then we are somebody else's child, and end too. */
export function endWithParent(end: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), 1000).unref();
}
