import type { Terminal } from './terminal.ts';

/** The terminal, or the pipes, that the process was started with. */
export class NodeTerminal implements Terminal {
  private readonly streams: Pick<NodeJS.Process, 'stdout' | 'stderr'>;
  private readonly colours: boolean;

  constructor(streams: Pick<NodeJS.Process, 'stdout' | 'stderr'>, environment: NodeJS.ProcessEnv) {
    this.streams = streams;
    // https://no-color.org: any value that is not empty.
    this.colours = Boolean(streams.stdout.isTTY) && !environment.NO_COLOR && environment.TERM !== 'dumb';
  }

  print(line: string): void {
    this.streams.stdout.write(`${line}\n`);
  }

  say(line: string): void {
    this.streams.stderr.write(`${line}\n`);
  }

  bold(text: string): string {
    return this.colours ? `\u001b[1m${text}\u001b[22m` : text;
  }
}
