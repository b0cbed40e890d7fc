import { parseArgs } from 'node:util';
import { WrongUsage } from './command-failure.ts';
import type { Command, GivenArguments, Option } from './commands/command.ts';
import type { Words } from './words/words.ts';

/** Options that every command has. */
export const commonOptions = {
  lang: { type: 'string', text: 'lang' },
  'no-start': { type: 'boolean', text: 'noStart' },
  help: { type: 'boolean', text: 'help' },
} as const satisfies Record<string, Option>;

export interface SplitArguments {
  /** Null where none is named. */
  command: string | null;
  /** What stands before its name and behind it, without it. */
  parameters: string[];
}

/** The first word that is neither an option nor the value of `--lang` names the command. */
export function splitArguments(given: readonly string[]): SplitArguments {
  const place = given.findIndex((word, index) => !word.startsWith('-') && given[index - 1] !== '--lang');
  const end = given.indexOf('--');
  if (place < 0 || (end >= 0 && end < place)) return { command: null, parameters: [...given] };
  return { command: given[place] ?? null, parameters: [...given.slice(0, place), ...given.slice(place + 1)] };
}

/** Node names the option in quotes, and says what is wrong by a code. */
function usageFailure(error: unknown, words: Words): unknown {
  const { code, message } = error as { code?: unknown; message?: string };
  const [, option = ''] = /'(-[^' ,]*)/.exec(message ?? '') ?? [];
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return new WrongUsage(words.unknownOption(option));
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return error;
  const needsValue = /argument missing|ambiguous/i.test(message ?? '');
  return new WrongUsage(needsValue ? words.optionNeedsValue(option) : words.optionTakesNoValue(option));
}

/** @throws WrongUsage */
export function parseArguments(command: Command | null, parameters: readonly string[], words: Words): GivenArguments {
  const known: Record<string, Option> = { ...commonOptions, ...command?.options };
  const options = Object.fromEntries(
    Object.entries(known).map(([name, { type }]) => [name, name === 'help' ? { type, short: 'h' } : { type }]),
  );
  if (!command) options.version = { type: 'boolean', short: 'V' };
  try {
    const { values, positionals } = parseArgs({ args: [...parameters], options, allowPositionals: true, strict: true });
    return { words: positionals, options: values as GivenArguments['options'] };
  } catch (error) {
    throw usageFailure(error, words);
  }
}
