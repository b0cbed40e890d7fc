import type { Clock } from '#core/foundation/clock.ts';
import type { AgentLink } from '../agent/agent-link.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { ErrorSentences } from '../error-sentences.ts';
import type { OriginFinder } from '../origin/origin-finder.ts';
import type { Selection } from '../selection/selection.ts';
import type { Terminal } from '../terminal.ts';
import type { CommandName, Words } from '../words/words.ts';

/** What a command works with. */
export interface CommandContext {
  terminal: Terminal;
  words: Words;
  sentences: ErrorSentences;
  agent: AgentLink;
  selection: Selection;
  origins: OriginFinder;
  clock: Clock;
}

export interface Option {
  type: 'boolean' | 'string';
  /** Of its line in the help. */
  text: keyof Words['options'];
}

export interface GivenArguments {
  words: readonly string[];
  options: Readonly<Record<string, string | boolean | undefined>>;
}

export interface Command {
  name: CommandName;
  /** Behind the name in the usage line, e.g. `[<call>] <number…>`. */
  usage(words: Words): string;
  options: Readonly<Record<string, Option>>;
  /** @throws CommandFailure, AgentRefusal, AgentGone */
  run(context: CommandContext, given: GivenArguments): Promise<ExitCode>;
}
