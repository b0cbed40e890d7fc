import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '#core/foundation/index.ts';
import { nodeRunProgram } from '#core/office/desktop/node-run-program.ts';
import type { LinkRegistration } from '#core/office/links/index.ts';
import type { LinkProgram } from '#core/office/links/registration/link-program.ts';
import { noLinkRegistration } from '#core/office/links/registration/no-link-registration.ts';
import { WindowsLinkRegistration } from '#core/office/links/registration/windows-link-registration.ts';
import { XdgLinkRegistration } from '#core/office/links/registration/xdg-link-registration.ts';
import { FileJsonDocument } from '#core/settings/file-json-document.ts';

/**
 * The command line's bundle beside the shell's programs opens links (`offhook open <link>`); as `AgentOptions` takes it.
 * @param node that runs it
 */
export function findLinkCommand(folder: URL, node = process.execPath): { linkCommand?: readonly string[] } {
  const file = fileURLToPath(new URL('offhook.js', folder));
  return existsSync(file) ? { linkCommand: [node, file, 'open'] } : {};
}

function xdg(program: LinkProgram, dataDirectory: string, clock: Clock): LinkRegistration {
  const { env } = process;
  const home = os.homedir();
  return new XdgLinkRegistration({
    program,
    dataHome: env['XDG_DATA_HOME'] || path.join(home, '.local', 'share'),
    configHome: env['XDG_CONFIG_HOME'] || path.join(home, '.config'),
    dataDirectories: (env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':'),
    run: nodeRunProgram(),
    document: new FileJsonDocument({ file: path.join(dataDirectory, 'links-before.json'), clock }),
  });
}

/** How this computer's links are taken; none where the shell has no command that opens them. */
export function openLinkRegistration(
  command: readonly string[] | undefined,
  dataDirectory: string,
  clock: Clock,
  platform: NodeJS.Platform = process.platform,
): LinkRegistration {
  const [file, ...parameters] = command ?? [];
  if (file === undefined) return noLinkRegistration;
  const program: LinkProgram = { command: [file, ...parameters], icon: null };
  if (platform === 'win32')
    return new WindowsLinkRegistration({ program, run: nodeRunProgram(), folder: dataDirectory });
  return platform === 'linux' ? xdg(program, dataDirectory, clock) : noLinkRegistration;
}
