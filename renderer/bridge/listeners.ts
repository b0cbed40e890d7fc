/** A set of listeners that survives one of them failing. */
export class Listeners<T> {
  readonly #all = new Set<(value: T) => void>();

  add(listener: (value: T) => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  emit(value: T): void {
    for (const listener of [...this.#all]) {
      try {
        listener(value);
      } catch (error) {
        // Reported to the console as an uncaught error; the other listeners must still hear of it.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
