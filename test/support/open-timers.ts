type Setter = typeof setTimeout | typeof setInterval;

/** Timers by where they were set. */
const timers = new Map<NodeJS.Timeout, string>();

function watch<T extends Setter>(original: T): T {
  const watched = (run: () => void, delay?: number, ...rest: unknown[]) => {
    const timer = (original as (...all: unknown[]) => NodeJS.Timeout)(run, delay, ...rest);
    timers.set(timer, origin(new Error().stack ?? ''));
    return timer;
  };
  // `util.promisify(setTimeout)` looks for a property of the original.
  return Object.defineProperties(watched, Object.getOwnPropertyDescriptors(original)) as unknown as T;
}

/** The callers above the two frames of this module; the clock's own frame says nothing. */
function origin(stack: string): string {
  const frames = stack.split('\n').slice(3).map((line) => line.trim());
  return frames.filter((line) => !line.includes('foundation/clock.ts')).slice(0, 3).join(' < ');
}

// Node's own flag: `hasRef` stays true of a timer that has fired or was cleared.
function isOver(timer: NodeJS.Timeout): boolean {
  return (timer as unknown as { _destroyed: boolean })._destroyed;
}

/** Notes every timer set from now on, until the function returned is called. */
export function watchTimers(): () => void {
  const { setTimeout: originalTimeout, setInterval: originalInterval } = globalThis;
  globalThis.setTimeout = watch(originalTimeout);
  globalThis.setInterval = watch(originalInterval);
  return () => {
    globalThis.setTimeout = originalTimeout;
    globalThis.setInterval = originalInterval;
  };
}

/** Those that would keep a program from ending: set, neither fired nor cleared, not `unref`ed. */
export function openTimers(): string[] {
  return [...timers].filter(([timer]) => timer.hasRef() && !isOver(timer)).map(([, where]) => `a timer set ${where}`);
}
