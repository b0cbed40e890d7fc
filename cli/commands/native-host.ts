import { CommandFailure, WrongUsage } from '../command-failure.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { BrowserDesk } from '../native-host/answer-browser.ts';
import type { HostInstallation } from '../native-host/host-installation.ts';
import type { BrowserStreams } from '../native-host/serve-browser.ts';
import type { Command, CommandContext } from './command.ts';

export interface NativeHostParts {
  /** Null where this system's browsers are not known. */
  installation: HostInstallation | null;
  streams: BrowserStreams;
  words: BrowserDesk['words'];
  sentences: BrowserDesk['sentences'];
}

async function install({ terminal, words }: CommandContext, parts: NativeHostParts): Promise<ExitCode> {
  const files = (await parts.installation?.install()) ?? [];
  if (files.length === 0) throw new CommandFailure(words.noBrowser);
  for (const file of files) terminal.print(words.hostInstalled(file));
  return exitCodes.done;
}

async function remove({ terminal, words }: CommandContext, parts: NativeHostParts): Promise<ExitCode> {
  const files = (await parts.installation?.remove()) ?? [];
  if (files.length === 0) throw new CommandFailure(words.hostNothingToRemove, exitCodes.nothingToDo);
  for (const file of files) terminal.print(words.hostRemoved(file));
  return exitCodes.done;
}

export function nativeHost(parts: NativeHostParts): Command {
  return {
    name: 'native-host',
    usage: () => '[--install | --remove]',
    options: { install: { type: 'boolean', text: 'install' }, remove: { type: 'boolean', text: 'remove' } },
    async run(context, given) {
      const { options } = given;
      if (options.install && options.remove)
        throw new WrongUsage(context.words.notForTogether('--install', '--remove'));
      if (options.install) return await install(context, parts);
      if (options.remove) return await remove(context, parts);
      // It brings the validation library along, which no other command waits for.
      const { serveBrowser } = await import('../native-host/serve-browser.ts');
      const connect = async () => (await context.agent.connect('no')).client;
      await serveBrowser(parts.streams, { connect, words: parts.words, sentences: parts.sentences });
      return exitCodes.done;
    },
  };
}
