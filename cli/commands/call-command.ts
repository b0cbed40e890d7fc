import type { ApiCall } from '#contract/local-api/index.ts';
import type { AgentClient } from '../agent/local-api-client.ts';
import { WrongUsage } from '../command-failure.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CallAct } from '../words/words.ts';
import type { Command, CommandContext } from './command.ts';
import { describeFarEnd } from './describe-call.ts';
import { pickCall } from './pick-call.ts';

type Act = (client: AgentClient, callId: string) => Promise<unknown>;

/** Does it to the call that is named or meant, and says which that was. */
export async function actOnCall(
  context: CommandContext,
  act: { name: CallAct; named: string | undefined; calls: readonly ApiCall[]; client: AgentClient; run: Act },
): Promise<ExitCode> {
  const { terminal, words } = context;
  const { call, of } = pickCall(act.name, act.calls, act.named, words);
  await act.run(act.client, call.id);
  const said = words.acted[act.name](terminal.bold(describeFarEnd(call, words)));
  terminal.print(of > 1 ? `${said} ${words.chosenOf(of)}` : said);
  return exitCodes.done;
}

/** A command with a call, or none, behind it. Nothing is up where Offhook does not run, so it is not started. */
export function callCommand(name: 'answer' | 'hold' | 'unhold', run: Act): Command {
  return {
    name,
    usage: (words) => `[<${words.call}>]`,
    options: {},
    async run(context, given) {
      const [named, extra] = given.words;
      if (extra !== undefined) throw new WrongUsage(context.words.tooMany(extra));
      const { client } = await context.agent.connect('no');
      const { calls } = await client.call('calls.list', {});
      return await actOnCall(context, { name, named, calls, client, run });
    },
  };
}

export const answer = callCommand('answer', (client, callId) => client.call('calls.answer', { callId }));
export const hold = callCommand('hold', (client, callId) => client.call('calls.hold', { callId }));
export const unhold = callCommand('unhold', (client, callId) => client.call('calls.unhold', { callId }));
