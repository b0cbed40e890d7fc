import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '#build/root.ts';
import type { DemoAccount, FromWebProcess } from '#web/messages.ts';
import { say } from '../prepare/words.mjs';
import { findRunning } from './attach.ts';
import { onTermination } from './ending.ts';
import { ExchangeHost } from './exchange-host.ts';
import { StartMemory } from './start-memory.ts';
import { sayTestCall, type TestCallOutcome } from './test-call.ts';
import { sayWithoutExchange, unwritable } from './unwritable.ts';

/** What Electron's main process says over the pipe; answered with `{ kind: 'demo', demo }` where it asks. */
type FromMain = Extract<FromWebProcess, { kind: 'demo-wanted' }> | TestCallOutcome;

/** Electron's program, when `npm run electron` has fetched it; null otherwise. */
export function electronProgram(): string | null {
  const folder = path.join(root, 'node_modules', 'electron');
  const pointer = path.join(folder, 'path.txt');
  if (!existsSync(pointer)) return null;
  const program = path.join(folder, 'dist', readFileSync(pointer, 'utf8').trim());
  return existsSync(program) ? program : null;
}

/** Null where it cannot be started; the phone goes on. */
export async function startedExchange(exchange: Pick<ExchangeHost, 'start'>): Promise<DemoAccount | null> {
  try {
    return await exchange.start();
  } catch (error) {
    if (unwritable(error)) sayWithoutExchange(error);
    else {
      const cause = error instanceof Error ? error.message : String(error);
      say(`Встроенная АТС не запустилась: ${cause}.`, `The built-in exchange did not start: ${cause}.`);
    }
    return null;
  }
}

/** Hears Electron's main process: the exchange's account when it asks for it, the outcome of the test call. */
export function serveMain(child: Pick<ChildProcess, 'on' | 'send' | 'connected'>, exchange: Pick<ExchangeHost, 'start'> | null, memory: StartMemory): void {
  child.on('message', (raw) => {
    const message = raw as FromMain;
    if (message.kind !== 'demo-wanted') return void (sayTestCall(message) && memory.remember({ testCallDone: true }));
    const started = exchange ? startedExchange(exchange) : Promise.resolve(null);
    void started.then((demo) => child.connected && child.send({ kind: 'demo', demo }, () => {}));
  });
}

/**
 * Runs the Electron shell and the newcomer's exchange beside it until the last of them ends. A second start leaves
 * the window to the instance that runs.
 */
export async function runElectron(options: { program: string; directory: string; hidden: boolean }): Promise<void> {
  const { directory } = options;
  const memory = new StartMemory(path.join(directory, 'start.json'));
  const exchange = (await findRunning(directory)) ? null : new ExchangeHost(directory);
  // Electron's own variable would make it a plain Node.
  const { ELECTRON_RUN_AS_NODE: _ignored, ...environment } = process.env;
  const child = spawn(options.program, [path.join(root, 'dist', 'electron', 'main.js'), ...(options.hidden ? ['--hidden'] : [])], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...environment, OFFHOOK_DATA: directory, OFFHOOK_NODE: process.execPath, OFFHOOK_TEST_CALL: memory.testCallDone ? '0' : '1' },
  });
  serveMain(child, exchange, memory);
  onTermination((insists) => child.kill(insists ? 'SIGKILL' : 'SIGTERM'));
  child.once('error', (error) => say(`Electron не запустился: ${error.message}.`, `Electron did not start: ${error.message}.`));
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 0)));
  await exchange?.stop();
  process.exit(code);
}
