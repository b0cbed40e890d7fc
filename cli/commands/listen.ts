import { readEvents } from '../agent/read-events.ts';
import { AgentGone, CommandFailure, WrongUsage } from '../command-failure.ts';
import type { AgentClient } from '../agent/local-api-client.ts';
import type { Command, CommandContext } from './command.ts';
import { toJson } from './to-json.ts';

/** s; the last one over and over. */
const pauses = [1, 2, 5, 10] as const;

/** Prints until the connection breaks. @returns whether anything was heard */
async function hear({ terminal }: CommandContext, client: AgentClient): Promise<boolean> {
  let heard = false;
  try {
    for await (const event of readEvents(client.events(new AbortController().signal))) {
      heard = true;
      terminal.print(toJson(event));
    }
  } catch (error) {
    if (!(error instanceof AgentGone)) throw error;
  }
  return heard;
}

/** The agent again, once it is there; started by nobody here, or a listener would keep Offhook from being ended. */
async function reconnected(context: CommandContext): Promise<AgentClient> {
  const { terminal, words, clock, agent } = context;
  for (let attempt = 0; ; attempt++) {
    const seconds = pauses[Math.min(attempt, pauses.length - 1)]!;
    terminal.say(words.connectionLost(seconds));
    await new Promise<void>((resolve) => clock.after(seconds * 1000, resolve));
    try {
      const { client } = await agent.connect('no');
      terminal.say(words.connectedAgain);
      return client;
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
    }
  }
}

export const listen: Command = {
  name: 'listen',
  usage: () => '',
  options: {},
  async run(context, given) {
    if (given.words[0] !== undefined) throw new WrongUsage(context.words.tooMany(given.words[0]));
    let { client } = await context.agent.connect('hidden');
    for (;;) {
      await hear(context, client);
      client = await reconnected(context);
    }
  },
};
