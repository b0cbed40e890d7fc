const cell = new Int32Array(new SharedArrayBuffer(4));

/** Lets others have the disk. Blocks the thread: only for a worker that has nothing else to do. */
export function pause(milliseconds: number): void {
  Atomics.wait(cell, 0, 0, milliseconds);
}
