// Set-up file of vitest: what a test file leaves open (sockets, servers, workers, child processes, timers) fails it.
import { afterAll, beforeAll } from 'vitest';
import { openTimers, watchTimers } from './open-timers.ts';

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

let before = new Map<string, number>();
let unwatch = () => {};
const { setTimeout } = globalThis;

beforeAll(() => {
  before = count();
  // vitest's own timers are not among them: it keeps the functions that it found at its start.
  unwatch = watchTimers();
});

// Hooks run last registered first: this one, of the set-up file, comes after the file's own.
afterAll(async () => {
  const left = () => [...surplus(before), ...openTimers()];
  // What was closed in the last turn may need some more to be gone.
  for (let turn = 0; turn < 40 && left().length > 0; turn++)
    await new Promise((resolve) => {
      setTimeout(resolve, 25);
    });
  unwatch();
  if (left().length > 0) throw new Error(`left open by this test file: ${left().join(', ')}`);
});
