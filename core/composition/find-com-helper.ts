import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const name = 'offhook-com-helper.exe';

/** The helper that speaks with classic Outlook, as `AgentOptions` takes it, where it lies beside the shell's programs. */
export function findComHelper(
  folder: URL,
  platform: NodeJS.Platform = process.platform,
): { outlookHelper?: readonly string[] } {
  if (platform !== 'win32') return {};
  const file = fileURLToPath(new URL(name, folder));
  return existsSync(file) ? { outlookHelper: [file] } : {};
}
