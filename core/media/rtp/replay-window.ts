const size = 128;

/** RFC 3711 3.3.2: which of the last 128 packet indexes were seen. Indexes are numbers below 2^48. */
export class ReplayWindow {
  private readonly seen = new Float64Array(size).fill(-1);
  highest = -1;

  /** True for an index that was seen, or that is too old to tell. */
  refuses(index: number): boolean {
    return index <= this.highest - size || this.seen[index % size] === index;
  }

  add(index: number): void {
    this.seen[index % size] = index;
    if (index > this.highest) this.highest = index;
  }
}
