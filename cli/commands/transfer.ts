import { WrongUsage } from '../command-failure.ts';
import { actOnCall } from './call-command.ts';
import type { Command } from './command.ts';
import { callsNamed } from './pick-call.ts';

export const transfer: Command = {
  name: 'transfer',
  usage: (words) => `[<${words.call}>] <${words.number}…>`,
  options: {},
  async run(context, given) {
    const { words } = context;
    const [first, ...others] = given.words;
    if (first === undefined) throw new WrongUsage(words.missing(words.number));
    const { client } = await context.agent.connect('no');
    const { calls } = await client.call('calls.list', {});
    // A number may be written in several words, so the first is a call only if there is a call of that name.
    const named = others.length > 0 && callsNamed(calls, first).length > 0 ? first : undefined;
    const text = (named === undefined ? given.words : others).join(' ');
    return await actOnCall(context, {
      name: 'transfer',
      named,
      calls,
      client,
      run: (_, callId) => client.call('calls.transfer', { callId, text }),
    });
  },
};
