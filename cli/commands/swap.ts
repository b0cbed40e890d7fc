import { WrongUsage } from '../command-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Command } from './command.ts';

export const swap: Command = {
  name: 'swap',
  usage: () => '',
  options: {},
  async run({ agent, terminal, words }, given) {
    if (given.words[0] !== undefined) throw new WrongUsage(words.tooMany(given.words[0]));
    const { client } = await agent.connect('no');
    await client.call('calls.swap', {});
    terminal.print(words.swapped);
    return exitCodes.done;
  },
};
