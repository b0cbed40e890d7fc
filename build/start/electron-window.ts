import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeDirectory } from '#core/foundation/index.ts';
import { root } from '#build/root.ts';
import { say } from '../prepare/words.mjs';
import { findRunning } from './attach.ts';
import { onTermination } from './ending.ts';
import { ExchangeHost } from './exchange-host.ts';

/** Electron's program, when `npm run electron` has fetched it; null otherwise. */
export function electronProgram(): string | null {
  const folder = path.join(root, 'node_modules', 'electron');
  const pointer = path.join(folder, 'path.txt');
  if (!existsSync(pointer)) return null;
  const program = path.join(folder, 'dist', readFileSync(pointer, 'utf8').trim());
  return existsSync(program) ? program : null;
}

/**
 * Runs the Electron shell and the newcomer's exchange beside it until the last of them ends. A second start leaves
 * the window to the instance that runs.
 */
export async function runElectron(options: { program: string; directory: string }): Promise<void> {
  const { directory } = options;
  makeDirectory(directory);
  const exchange = (await findRunning(directory)) ? null : new ExchangeHost(directory);
  const demoFile = path.join(directory, 'exchange', 'demo.json');
  if (exchange) writeFileSync(demoFile, JSON.stringify(await exchange.start()), { mode: 0o600 });
  // Electron's own variable would make it a plain Node.
  const { ELECTRON_RUN_AS_NODE: _ignored, ...environment } = process.env;
  const child = spawn(options.program, [path.join(root, 'dist', 'electron', 'main.js')], {
    stdio: 'inherit',
    env: { ...environment, OFFHOOK_DATA: directory, OFFHOOK_DEMO_FILE: demoFile },
  });
  onTermination((insists) => child.kill(insists ? 'SIGKILL' : 'SIGTERM'));
  child.once('error', (error) => say(`Electron не запустился: ${error.message}.`, `Electron did not start: ${error.message}.`));
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 0)));
  await exchange?.stop();
  process.exit(code);
}
