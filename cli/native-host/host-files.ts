import { chromiumId, firefoxId, nativeHostName } from '#contract/browser-extension/identity.ts';

export type BrowserFamily = 'chromium' | 'firefox';

/** What a browser has to know of the host: where it is, and which extension may start it. */
export function hostManifest(family: BrowserFamily, program: string): string {
  const allowed =
    family === 'chromium'
      ? { allowed_origins: [`chrome-extension://${chromiumId}/`] }
      : { allowed_extensions: [firefoxId] };
  const manifest = { name: nativeHostName, description: 'Offhook', path: program, type: 'stdio', ...allowed };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const quotedForBatch = (text: string) => `"${text.replaceAll('%', '%%')}"`;

/** Browsers start one file, and put words of their own behind it; some of those look like options. */
export function shellScript(command: readonly string[]): string {
  return `#!/bin/sh\nexec ${command.map(quoted).join(' ')} native-host -- "$@"\n`;
}

export function batchFile(command: readonly string[]): string {
  return `@echo off\r\n${command.map(quotedForBatch).join(' ')} native-host -- %*\r\n`;
}
