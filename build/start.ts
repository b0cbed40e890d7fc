import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '#build/bundle.ts';
import { root } from '#build/root.ts';
import { fail, say } from './prepare/words.mjs';
import { attachTo, findRunning } from './start/attach.ts';
import { dataDirectory } from '#core/foundation/usual-directory.ts';
import { electronProgram, runElectron } from './start/electron-window.ts';
import { hasDisplay, thisMachine } from '#web/browser.ts';
import { Start } from './start/start.ts';
import { unwritable } from './start/unwritable.ts';

const oldestNode = 24;
/** How the offhook command starts it for a question: a window opens when somebody calls, or asks for one. */
const hidden = process.argv.includes('--hidden');

function requireNode(): void {
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return;
  fail(
    `Offhook работает на Node.js ${oldestNode}, а здесь ${process.version}: запускайте его командой npm start.`,
    `Offhook runs on Node.js ${oldestNode}, and this is ${process.version}: start it by npm start.`,
  );
}

async function attachToRunning(directory: string): Promise<boolean> {
  const running = await findRunning(directory);
  if (!running) return false;
  if (hidden) return true;
  const attached = running.info && (await attachTo(running.info));
  if (!attached) {
    fail(
      `Offhook уже запущен с каталогом данных ${directory}, но не отвечает: закройте его или задайте другой каталог в OFFHOOK_DATA.`,
      `An Offhook with the data directory ${directory} runs already, but does not answer: close it, or name another directory in OFFHOOK_DATA.`,
    );
  }
  if (attached?.opened) say('Offhook уже запущен: окно открыто.', 'Offhook is running already: its window is open.');
  else say(`Offhook уже запущен. Откройте: ${attached?.address}`, `Offhook is running already. Open: ${attached?.address}`);
  return true;
}

async function main(): Promise<void> {
  requireNode();
  const started = performance.now();
  const directory = dataDirectory();
  const electron = electronProgram();
  const useElectron = electron !== null && hasDisplay(thisMachine()) && process.env.OFFHOOK_SHELL !== 'web';
  if (!useElectron && (await attachToRunning(directory))) return;
  const took = await bundle();
  if (took > 0) say(`Собрано за ${took} мс.`, `Built in ${took} ms.`);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  if (useElectron) return await runElectron({ program: electron, directory, hidden });
  new Start({ directory, version, started, hidden }).run();
}

/** What nobody foresaw is one sentence too; the stack is for those who ask for it. */
main().catch((error: unknown) => {
  if (process.env.OFFHOOK_LOG === 'debug') console.error(error);
  const { code, message } = error as NodeJS.ErrnoException;
  const directory = dataDirectory();
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    fail(
      `На диске нет места (${(error as NodeJS.ErrnoException).path ?? directory}): освободите его и запустите снова.`,
      `The disk is full (${(error as NodeJS.ErrnoException).path ?? directory}): free some space and start again.`,
    );
  }
  if (unwritable(error)) {
    fail(
      `В каталог данных ${directory} нельзя писать (${code}): задайте другой в OFFHOOK_DATA.`,
      `The data directory ${directory} cannot be written to (${code}): name another in OFFHOOK_DATA.`,
    );
  }
  fail(`Offhook не запустился: ${message}`, `Offhook did not start: ${message}`);
});
