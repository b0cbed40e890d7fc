import { linesWithoutDeceit } from '#core/foundation/show-text.ts';
import { AgentGone, AgentRefusal, CommandFailure, WrongUsage } from './command-failure.ts';
import type { Command, CommandContext } from './commands/command.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { helpOf, overview } from './help.ts';
import type { Language } from './language.ts';
import { parseArguments, splitArguments, type SplitArguments } from './parse-arguments.ts';
import type { Terminal } from './terminal.ts';
import type { Words } from './words/words.ts';

export interface RunOptions {
  parameters: readonly string[];
  commands: readonly Command[];
  version: string;
  /** Of the environment; `--lang` names another. */
  language: Language;
  words: Record<Language, Words>;
  terminal: Terminal;
  /** @param start false where the user forbids it */
  context(language: Language, start: boolean): CommandContext;
}

/** `--lang` counts for complaints about the other words as well, so it is looked for before they are read. */
function wantedLanguage({ parameters, language }: RunOptions): string {
  const end = parameters.indexOf('--');
  const options = end < 0 ? parameters : parameters.slice(0, end);
  const joined = options.find((word) => word.startsWith('--lang='));
  const place = options.indexOf('--lang');
  return joined?.slice('--lang='.length) ?? (place >= 0 ? (options[place + 1] ?? language) : language);
}

function explain(
  error: unknown,
  command: string,
  words: Words,
  sentences: CommandContext['sentences'],
): [string, ExitCode] {
  if (error instanceof WrongUsage) return [`${error.message} ${words.seeHelp(command)}`, error.exitCode];
  if (error instanceof CommandFailure) return [error.message, error.exitCode];
  if (error instanceof AgentRefusal) return [sentences.of(error.report), error.exitCode];
  if (error instanceof AgentGone) return [words.gone, exitCodes.failed];
  return [words.bug(error instanceof Error ? error.message : String(error)), exitCodes.failed];
}

/** `offhook help dial` is `offhook dial --help`. */
function withoutHelpCommand(given: SplitArguments): SplitArguments {
  if (given.command !== 'help') return given;
  const { command, parameters } = splitArguments(given.parameters);
  return { command, parameters: [...parameters, '--help'] };
}

/** One command line from its words to its exit code. Never throws. */
export async function runCommand(options: RunOptions): Promise<ExitCode> {
  const { commands, terminal } = options;
  const wanted = wantedLanguage(options);
  const isKnown = wanted === 'ru' || wanted === 'en';
  const language = isKnown ? wanted : options.language;
  const words = options.words[language];
  const { command: name, parameters } = withoutHelpCommand(splitArguments(options.parameters));
  const command = commands.find((each) => each.name === name) ?? null;
  try {
    if (!isKnown) throw new WrongUsage(words.unknownLanguage(wanted));
    if (name !== null && !command) throw new WrongUsage(words.unknownCommand(name));
    const given = parseArguments(command, parameters, words);
    if (given.options.version) terminal.print(options.version);
    else if (given.options.help) terminal.print(command ? helpOf(command, words) : overview(commands, words));
    else if (command) return await command.run(options.context(language, !given.options['no-start']), given);
    else {
      terminal.say(overview(commands, words));
      return exitCodes.wrongUsage;
    }
    return exitCodes.done;
  } catch (error) {
    const program = command ? `offhook ${command.name}` : 'offhook';
    const { sentences } = options.context(language, false);
    const [sentence, exitCode] = explain(error, program, words, sentences);
    terminal.say(linesWithoutDeceit(sentence));
    return exitCode;
  }
}
