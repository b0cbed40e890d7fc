// Set-up file of vitest: what a test file leaves open (sockets, servers, workers, child processes, timers) fails it.
import { afterAll, beforeAll } from 'vitest';

const guarded = new Set(['TCPSocketWrap', 'TCPServerWrap', 'UDPWrap', 'PipeWrap', 'PipeServerWrap', 'ProcessWrap', 'MessagePort', 'FSEventWrap']);

function count(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo())
    if (guarded.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function surplus(before: Map<string, number>): string[] {
  const more = [...count()].map(([kind, now]) => ({ kind, more: now - (before.get(kind) ?? 0) }));
  return more.filter((each) => each.more > 0).map((each) => `${each.more} ${each.kind}`);
}

/** Timers by where they were set. vitest's own are not among them: it keeps the functions that it found at its start. */
const timers = new Map<NodeJS.Timeout, string>();

function watch<T extends typeof setTimeout | typeof setInterval>(original: T): T {
  const watched = (run: () => void, delay?: number, ...rest: unknown[]) => {
    const timer = (original as (...all: unknown[]) => NodeJS.Timeout)(run, delay, ...rest);
    const caller = new Error().stack?.split('\n').slice(2).find((line) => !line.includes('/node_modules/'));
    timers.set(timer, caller?.trim() ?? 'a library');
    return timer;
  };
  // `util.promisify(setTimeout)` looks for a property of the original.
  return Object.defineProperties(watched, Object.getOwnPropertyDescriptors(original)) as unknown as T;
}

// Node's own flag: `hasRef` stays true of a timer that has fired or was cleared.
function isOver(timer: NodeJS.Timeout): boolean {
  return (timer as unknown as { _destroyed: boolean })._destroyed;
}

/** Those that would keep a program from ending: set, neither fired nor cleared, not `unref`ed. */
function openTimers(): string[] {
  return [...timers].filter(([timer]) => timer.hasRef() && !isOver(timer)).map(([, where]) => `a timer set ${where}`);
}

let before = new Map<string, number>();
const { setTimeout: originalTimeout, setInterval: originalInterval } = globalThis;

beforeAll(() => {
  before = count();
  globalThis.setTimeout = watch(originalTimeout);
  globalThis.setInterval = watch(originalInterval);
});

// Hooks run last registered first: this one, of the set-up file, comes after the file's own.
afterAll(async () => {
  const left = () => [...surplus(before), ...openTimers()];
  // What was closed in the last turn may need some more to be gone.
  for (let turn = 0; turn < 40 && left().length > 0; turn++)
    await new Promise((resolve) => {
      originalTimeout(resolve, 25);
    });
  globalThis.setTimeout = originalTimeout;
  globalThis.setInterval = originalInterval;
  if (left().length > 0) throw new Error(`left open by this test file: ${left().join(', ')}`);
});
