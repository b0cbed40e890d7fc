/** Where a command reads and writes. */
export interface Terminal {
  /** A line of results. */
  print(line: string): void;
  /** A line for the person in front: what went wrong, what is waited for. */
  say(line: string): void;
  /** Emphasis, where it is seen: nothing is added to what is piped on. */
  bold(text: string): string;
}
