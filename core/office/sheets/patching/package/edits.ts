/** A piece of a part that becomes another one. */
export interface Edit {
  /** Where it begins, in bytes of the part as it was. */
  at: number;
  /**
   * Given the part from `at` on, as much of it as was read: how many bytes go, and what comes instead. Null asks for more,
   * which there is not when `last`.
   */
  take(bytes: Buffer, last: boolean): { length: number; bytes: Buffer } | null;
}

/** What is put in by an edit that knows beforehand how much goes. */
export function insertion(at: number, bytes: Buffer, length = 0): Edit {
  return { at, take: (given, last) => (given.length < length && !last ? null : { length, bytes }) };
}

/**
 * A part with its edits, chunk by chunk: all between them is passed on as it is.
 * @param edits none of them overlap; two at the same place come in their order
 */
export async function* edited(chunks: AsyncIterable<Buffer>, edits: readonly Edit[]): AsyncGenerator<Buffer> {
  const inOrder = edits.toSorted((one, other) => one.at - other.at);
  let done = 0;
  let position = 0;
  let kept: Buffer = Buffer.alloc(0);
  function* pieces(last: boolean): Generator<Buffer> {
    for (let next = inOrder[done]; next; next = inOrder[done]) {
      const before = next.at - position;
      if (before < 0) throw new RangeError(`two edits at ${next.at}`);
      if (before > kept.length || (before === kept.length && !last)) break;
      const taken = next.take(kept.subarray(before), last);
      if (!taken) {
        if (last) throw new RangeError(`an edit at ${next.at} found no end`);
        break;
      }
      yield kept.subarray(0, before);
      yield taken.bytes;
      kept = kept.subarray(before + taken.length);
      position = next.at + taken.length;
      done += 1;
    }
    // What comes before the next edit needs not wait for it.
    const next = inOrder[done];
    const free = next ? Math.min(kept.length, Math.max(0, next.at - position)) : kept.length;
    yield kept.subarray(0, free);
    kept = kept.subarray(free);
    position += free;
  }
  for await (const chunk of chunks) {
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    yield* pieces(false);
  }
  yield* pieces(true);
  const left = inOrder[done];
  if (left) throw new RangeError(`the part ends before ${left.at}`);
}
