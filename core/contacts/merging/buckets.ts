/** Which entries have what in common. Most values have one entry only, which costs no list. */
export class Buckets<Value> {
  private readonly values = new Map<Value, number | number[]>();

  /** Entries come in the order of their places; the same one twice counts once. */
  add(value: Value, entry: number): void {
    const there = this.values.get(value);
    if (there === undefined) this.values.set(value, entry);
    else if (typeof there !== 'number') {
      if (there.at(-1) !== entry) there.push(entry);
    } else if (there !== entry) this.values.set(value, [there, entry]);
  }

  get(value: Value): readonly number[] {
    const there = this.values.get(value) ?? [];
    return typeof there === 'number' ? [there] : there;
  }

  keys(): Iterable<Value> {
    return this.values.keys();
  }

  /** Those of two entries and more, in the order in which they were met. */
  *shared(): Generator<[Value, readonly number[]]> {
    for (const [value, there] of this.values) if (typeof there !== 'number') yield [value, there];
  }
}
