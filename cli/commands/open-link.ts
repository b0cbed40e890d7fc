import { WrongUsage } from '../command-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Command } from './command.ts';
import { waitForLine } from './wait-for-line.ts';

const withoutScheme = (link: string) => link.replace(/^(tel|callto|sips?):(\/\/)?/i, '');

export const openLink: Command = {
  name: 'open',
  usage: (words) => `<${words.link}>`,
  options: {},
  async run(context, given) {
    const { words, terminal } = context;
    const [link, extra] = given.words;
    if (link === undefined) throw new WrongUsage(words.missing(words.link));
    if (extra !== undefined) throw new WrongUsage(words.tooMany(extra));
    // Before anything is waited for: who opened it may be gone a moment later.
    const origin = await context.origins.findOrigin(process.pid);
    const { client, started } = await context.agent.connect('window');
    if (started) await waitForLine(context, client);
    const { requestId } = await client.call('dial.open', { source: 'link', text: link, origin });
    terminal.print(requestId === null ? words.dialling(withoutScheme(link)) : words.asked('link'));
    return exitCodes.done;
  },
};
