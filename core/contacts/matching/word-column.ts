/** A column of 32-bit words that grows. */
export class WordColumn {
  private words = new Uint32Array(1 << 12);
  length = 0;

  push(...values: readonly number[]): void {
    if (this.length + values.length > this.words.length) {
      const larger = new Uint32Array(Math.max(this.words.length * 2, this.length + values.length));
      larger.set(this.words);
      this.words = larger;
    }
    for (const value of values) this.words[this.length++] = value;
  }

  at(place: number): number {
    return this.words[place]!;
  }

  values(): Uint32Array {
    return this.words.subarray(0, this.length);
  }
}
