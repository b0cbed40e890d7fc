import { WrongUsage } from '../command-failure.ts';
import { actOnCall } from './call-command.ts';
import type { Command } from './command.ts';

const sendable = /^[0-9*#A-D,]{1,64}$/;

export const digits: Command = {
  name: 'digits',
  usage: (words) => `[<${words.call}>] <${words.digits}>`,
  options: {},
  async run(context, given) {
    const { words } = context;
    const [first, second, extra] = given.words;
    if (extra !== undefined) throw new WrongUsage(words.tooMany(extra));
    if (first === undefined) throw new WrongUsage(words.missing(words.digits));
    const text = (second ?? first).toUpperCase();
    if (!sendable.test(text)) throw new WrongUsage(words.digitsInvalid);
    const { client } = await context.agent.connect('no');
    const { calls } = await client.call('calls.list', {});
    return await actOnCall(context, {
      name: 'digits',
      named: second === undefined ? undefined : first,
      calls,
      client,
      run: (_, callId) => client.call('calls.dialDigits', { callId, digits: text }),
    });
  },
};
