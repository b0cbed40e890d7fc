import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findComHelper } from '#core/composition/find-com-helper.ts';
import { systemClock } from '#core/foundation/clock.ts';
import { dataDirectory } from '#core/foundation/usual-directory.ts';
import { AnnouncedAgentLink } from './agent/agent-link.ts';
import { findAgent } from './agent/find-agent.ts';
import { cleanUp } from './commands/clean-up.ts';
import type { CommandContext } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { nativeHost } from './commands/native-host.ts';
import { FileErrorSentences } from './error-sentences.ts';
import { exitCodes } from './exit-codes.ts';
import { languageOf, type Language } from './language.ts';
import { linuxPlaces } from './native-host/browser-places.ts';
import { LinuxHostInstallation } from './native-host/linux-host-installation.ts';
import { WindowsHostInstallation } from './native-host/windows-host-installation.ts';
import { NodeTerminal } from './node-terminal.ts';
import { DesktopOriginFinder } from './origin/desktop-origin-finder.ts';
import { runCommand } from './run-command.ts';
import { DesktopSelection } from './selection/desktop-selection.ts';
import { InstalledAgentStarter } from './starting/installed-agent-starter.ts';
import { RepositoryAgentStarter } from './starting/repository-agent-starter.ts';
import { english } from './words/english.ts';
import { russian } from './words/russian.ts';

// The composition root of the offhook command: bundled as dist/offhook.js, started by cli/offhook.mjs.
declare const __OFFHOOK_VERSION__: string;

const here = path.dirname(fileURLToPath(import.meta.url));
const { env } = process;
const words: Record<Language, typeof english> = { ru: russian, en: english };
const terminal = new NodeTerminal(process, env);
const directory = dataDirectory();

const { outlookHelper: helper } = findComHelper(new URL('./', import.meta.url));

function starter() {
  return (
    InstalledAgentStarter.beside(here, directory, env) ?? RepositoryAgentStarter.in(path.dirname(here), directory, env)
  );
}

const sentences = (language: Language) => new FileErrorSentences(new URL('./sentences/', import.meta.url), language);

function hostInstallation() {
  const folder = path.join(directory, 'native-host');
  const command = [process.execPath, path.join(here, 'offhook.js')];
  if (process.platform === 'win32') return new WindowsHostInstallation(folder, command);
  if (process.platform !== 'linux') return null;
  const home = os.homedir();
  const configuration = env.XDG_CONFIG_HOME?.startsWith('/') ? env.XDG_CONFIG_HOME : path.join(home, '.config');
  return new LinuxHostInstallation(linuxPlaces(home, configuration), folder, command);
}

const browserHost = nativeHost({
  installation: hostInstallation(),
  streams: {
    // Opened when it is read: no other command needs it.
    get input() {
      return process.stdin;
    },
    write: (frame) => new Promise((resolve) => process.stdout.write(frame, () => resolve())),
  },
  words,
  sentences,
});

const leaving = cleanUp({
  isRunning: async () => (await findAgent(directory)).state !== 'absent',
  installation: hostInstallation(),
  async traces() {
    const { systemTraces } = await import('#core/composition/system-traces.ts');
    return systemTraces([process.execPath, path.join(here, 'offhook.js'), 'open'], directory);
  },
});

function context(language: Language, start: boolean): CommandContext {
  const agent = new AnnouncedAgentLink({
    find: () => findAgent(directory),
    starter,
    words: words[language],
    say: (line) => terminal.say(line),
    clock: systemClock,
  });
  return {
    terminal,
    words: words[language],
    sentences: sentences(language),
    agent: start ? agent : { connect: () => agent.connect('no') },
    selection: new DesktopSelection({
      platform: process.platform,
      environment: env,
      helper,
      mayCopy: !process.stdout.isTTY,
      clock: systemClock,
    }),
    origins: new DesktopOriginFinder(helper),
    clock: systemClock,
  };
}

/** A reader that has had enough (`offhook listen | head`) is no failure. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed),
  );
process.once('SIGINT', () => process.exit(exitCodes.interrupted));

const exitCode = await runCommand({
  parameters: process.argv.slice(2),
  commands: [...commands, browserHost, leaving],
  version: __OFFHOOK_VERSION__,
  language: languageOf(env, () => Intl.DateTimeFormat().resolvedOptions().locale),
  words,
  terminal,
  context,
});
// What is still on its way to a pipe goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
