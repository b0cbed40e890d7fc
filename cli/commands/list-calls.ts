import { WrongUsage } from '../command-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Command } from './command.ts';
import { describeDuration, describeFarEnd } from './describe-call.ts';
import { toJson } from './to-json.ts';

const shownId = 8;

export const listCalls: Command = {
  name: 'calls',
  usage: () => '[--json]',
  options: { json: { type: 'boolean', text: 'json' } },
  async run({ agent, terminal, words, clock }, given) {
    if (given.words[0] !== undefined) throw new WrongUsage(words.tooMany(given.words[0]));
    const { client } = await agent.connect('hidden');
    const { calls } = await client.call('calls.list', {});
    // The API tells for a while of those that have ended as well.
    const up = calls.filter((call) => call.endedAt === null);
    if (given.options.json) {
      terminal.print(toJson({ calls: up }));
      return exitCodes.done;
    }
    if (up.length === 0) terminal.print(words.noCalls);
    for (const call of up) {
      const since = describeDuration(clock.now() - (call.answeredAt ?? call.startedAt));
      const who = terminal.bold(describeFarEnd(call, words));
      terminal.print(
        [call.id.slice(0, shownId), words.states[call.state], since, words.directions[call.direction], who].join('  '),
      );
    }
    return exitCodes.done;
  },
};
