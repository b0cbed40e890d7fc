/** How long a thread that has much to write may hold the database at a time, and leaves it to others between. In ms. */
export interface Slice {
  hold: number;
  pause: number;
}

/** SQLite looks again after 1 ms, then after 2: a record that waits gets in between. */
const careful: Slice = { hold: 2, pause: 2 };
/** Larger slices write each page of an index once instead of a hundred times; they end when a call comes. */
const free: Slice = { hold: 100, pause: 0 };

/**
 * Says to the threads that write beside the agent whether a call is up, whose records must not wait for them. Lies in
 * shared memory: each slice goes by what is so at its beginning.
 */
export class WritePace {
  readonly shared: SharedArrayBuffer;
  private readonly calls: Int32Array;

  /** @param shared of the pace that the agent sets */
  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared;
    this.calls = new Int32Array(shared);
  }

  setCallsUp(calls: number): void {
    Atomics.store(this.calls, 0, calls);
  }

  get slice(): Slice {
    return Atomics.load(this.calls, 0) > 0 ? careful : free;
  }
}
