export interface ProgramOutput {
  stdout: string;
}

/**
 * Runs a small program of the system with its arguments as they are, never through a shell, and gives what it printed.
 * Rejects when it is missing, fails or takes too long.
 */
export type RunProgram = (program: string, parameters: readonly string[]) => Promise<ProgramOutput>;
