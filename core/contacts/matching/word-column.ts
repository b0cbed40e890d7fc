/** A column of 32-bit words that grows. */
export class WordColumn {
  private words: Uint32Array;
  length = 0;

  /** @param expected words that there is room for from the beginning */
  constructor(expected = 64) {
    this.words = new Uint32Array(expected + 1);
  }

  push(value: number): void {
    if (this.length === this.words.length) {
      const larger = new Uint32Array(this.words.length * 2);
      larger.set(this.words);
      this.words = larger;
    }
    this.words[this.length++] = value;
  }

  values(): Uint32Array {
    return this.words.subarray(0, this.length);
  }
}
