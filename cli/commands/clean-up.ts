import { CommandFailure, WrongUsage } from '../command-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import type { HostInstallation } from '../native-host/host-installation.ts';
import type { Command } from './command.ts';

export interface CleanUpParts {
  /** Whether an Offhook of this data directory runs. */
  isRunning(): Promise<boolean>;
  /** Null where this system's browsers are not known. */
  installation: HostInstallation | null;
  /** Loaded when it is needed: no other command waits for it. Each is false where nothing was there. */
  traces(): Promise<{ removeLinks(): Promise<boolean>; removeCertificate(): Promise<boolean> }>;
}

/** For an uninstaller, and for whoever only tried Offhook: what was set up in the system is taken back. */
export function cleanUp({ isRunning, installation, traces }: CleanUpParts): Command {
  return {
    name: 'clean-up',
    usage: () => '',
    options: {},
    async run({ terminal, words }, given) {
      if (given.words[0] !== undefined) throw new WrongUsage(words.tooMany(given.words[0]));
      if (await isRunning()) throw new CommandFailure(words.quitFirst);
      const { removeLinks, removeCertificate } = await traces();
      const removals = [
        async () => ((await removeLinks()) ? [words.takenBack.links] : []),
        async () => ((await installation?.remove()) ?? []).map(words.hostRemoved),
        async () => ((await removeCertificate()) ? [words.takenBack.certificate] : []),
      ];
      let count = 0;
      let failed = false;
      for (const remove of removals)
        try {
          for (const line of await remove()) {
            terminal.print(line);
            count += 1;
          }
        } catch (error) {
          // The others go all the same.
          failed = true;
          terminal.say(words.notTakenBack(error instanceof Error ? error.message : String(error)));
        }
      if (failed) return exitCodes.failed;
      if (count === 0) terminal.print(words.nothingToCleanUp);
      return exitCodes.done;
    },
  };
}
