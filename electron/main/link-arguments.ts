const dialLink = /^(?:tel|callto|sips?):/i;

/** The links among a program's arguments. Whatever else a stranger's link could bring along is left alone. */
export function linksIn(argv: readonly string[]): string[] {
  return argv.slice(1).filter((argument) => dialLink.test(argument));
}

/** What a second start tells the first one beside its arguments. */
export interface SecondStart {
  /** Process that started it. */
  parent: number;
}

/** Null for a start that tells nothing. */
export function parentOf(told: unknown): number | null {
  const parent = (told as Partial<SecondStart> | null | undefined)?.parent;
  return typeof parent === 'number' && Number.isInteger(parent) ? parent : null;
}
