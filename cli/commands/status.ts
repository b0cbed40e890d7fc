import { withoutDeceit } from '#core/foundation/show-text.ts';
import { CommandFailure, WrongUsage } from '../command-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Command } from './command.ts';
import { toJson } from './to-json.ts';

export const status: Command = {
  name: 'status',
  usage: () => '[--json]',
  options: { json: { type: 'boolean', text: 'json' } },
  async run({ agent, terminal, words }, given) {
    if (given.words[0] !== undefined) throw new WrongUsage(words.tooMany(given.words[0]));
    const connection = await agent.connect('hidden').catch((error: unknown) => {
      // A script reads the same object in either case.
      if (error instanceof CommandFailure && given.options.json) terminal.print(toJson({ running: false }));
      throw error;
    });
    const { client } = connection;
    const [{ version, registered, calls }, { lines }] = await Promise.all([
      client.call('status.get', {}),
      client.call('lines.list', {}),
    ]);
    if (given.options.json) {
      terminal.print(toJson({ running: true, version, registered, calls, lines }));
      return exitCodes.done;
    }
    terminal.print(words.status(version, calls));
    for (const line of lines) {
      const label = terminal.bold(withoutDeceit(line.label || line.address));
      const role = line.isDefault ? ` (${words.defaultLine})` : '';
      terminal.print(`  ${label}${role}: ${words.registrations[line.registration]}`);
    }
    if (lines.length === 0) terminal.print(`  ${words.noLine}`);
    return exitCodes.done;
  },
};
