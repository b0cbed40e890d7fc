/** Starts programs of this computer. */
export interface ProgramRunner {
  /**
   * Each argument is one argument of the program, whatever is in it. Resolves when it runs well, and rejects with
   * `action.program-missing`, `action.program-failed` (it did not start, or ended with an error at once) or
   * `action.too-many` (so many were started a moment ago and still run).
   */
  run(program: string, args: readonly string[]): Promise<void>;
}

/** Hands an address to the system, which opens it with the user's program for it. Rejects with `action.program-failed`. */
export interface AddressOpener {
  open(url: string): Promise<void>;
}
