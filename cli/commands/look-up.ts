import type { ApiMatch } from '#contract/local-api/index.ts';
import { withoutDeceit } from '#core/foundation/show-text.ts';
import { CommandFailure, WrongUsage } from '../command-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Words } from '../words/words.ts';
import type { Command } from './command.ts';
import { toJson } from './to-json.ts';

function describe({ confidence, person }: ApiMatch, words: Words, bold: (text: string) => string): string {
  const { name, firm, role, numbers } = person;
  const rest = [firm, role, ...numbers.map(({ display }) => display)].filter(Boolean).map(withoutDeceit);
  return [`${words.doubts[confidence]}${bold(withoutDeceit(name || firm))}`, ...rest].join(', ');
}

export const lookUp: Command = {
  name: 'lookup',
  usage: (words) => `<${words.number}…> [--json]`,
  options: { json: { type: 'boolean', text: 'json' } },
  async run({ agent, terminal, words }, given) {
    const number = given.words.join(' ');
    if (number === '') throw new WrongUsage(words.missing(words.number));
    const { client } = await agent.connect('hidden');
    const { matches } = await client.call('people.lookUp', { number });
    if (given.options.json) terminal.print(toJson({ matches }));
    else for (const match of matches) terminal.print(describe(match, words, (text) => terminal.bold(text)));
    if (matches.length > 0) return exitCodes.done;
    if (given.options.json) return exitCodes.nothingToDo;
    throw new CommandFailure(words.nobody(number), exitCodes.nothingToDo);
  },
};
