import { WrongUsage } from '../command-failure.ts';
import { CommandFailure } from '../command-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import { actOnCall } from './call-command.ts';
import type { Command } from './command.ts';

export const hangUp: Command = {
  name: 'hangup',
  usage: (words) => `[<${words.call}> | --all]`,
  options: { all: { type: 'boolean', text: 'all' } },
  async run(context, given) {
    const { words, terminal } = context;
    const [named, extra] = given.words;
    if (extra !== undefined) throw new WrongUsage(words.tooMany(extra));
    if (named !== undefined && given.options.all)
      throw new WrongUsage(words.notForTogether(`<${words.call}>`, '--all'));
    const { client } = await context.agent.connect('no');
    const { calls } = await client.call('calls.list', {});
    if (!given.options.all) {
      return await actOnCall(context, {
        name: 'hangup',
        named,
        calls,
        client,
        run: (_, callId) => client.call('calls.drop', { callId }),
      });
    }
    const up = calls.filter((call) => call.endedAt === null);
    if (up.length === 0) throw new CommandFailure(words.noCallFor.hangup, exitCodes.nothingToDo);
    await Promise.all(up.map(({ id }) => client.call('calls.drop', { callId: id })));
    terminal.print(words.hungUpAll(up.length));
    return exitCodes.done;
  },
};
