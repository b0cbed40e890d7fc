/**
 * Resolves with the first value of `probe` that is neither false, null nor undefined.
 * For what no event tells, such as a recording that grows on disk.
 * @param options.timeout ms
 * @param options.every ms between two looks
 */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  options: { timeout?: number; every?: number } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const { timeout = 10_000, every = 50 } = options;
  const end = performance.now() + timeout;
  for (;;) {
    const value = await probe();
    if (value !== false && value !== null && value !== undefined) return value as NonNullable<Exclude<T, false>>;
    if (performance.now() > end) throw new Error(`waited ${timeout} ms in vain: ${what}`);
    await pause(every);
  }
}

/** Lets `milliseconds` of real audio pass; not for waiting until something has happened. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Rejects with `what` when `promise` has not settled after `timeout` ms. */
export function within<T>(timeout: number, what: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`waited ${timeout} ms in vain: ${what}`)), timeout);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
