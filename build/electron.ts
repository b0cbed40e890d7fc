import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '#build/root.ts';
import { run } from '#build/steps.ts';
import { fail, say } from './prepare/words.mjs';
import { electronProgram } from './start/electron-window.ts';

// Fetches Electron's binary by the electron package's own script: the installation leaves it out (170 MB that not
// everybody needs, from a server that not everybody reaches).
if (electronProgram()) {
  say('Electron уже здесь: npm start откроет окно в нём.', 'Electron is here already: npm start opens its window in it.');
  process.exit(0);
}
const script = path.join(root, 'node_modules', 'electron', 'install.js');
if (!existsSync(script)) fail('Пакета electron нет: удалите node_modules и запустите npm start.', 'The electron package is missing: delete node_modules and run npm start.');
say('Скачиваю Electron…', 'Downloading Electron…');
const { code, output } = await run({ name: 'electron', command: [process.execPath, script] });
if (code !== 0 || !electronProgram()) {
  const cause = output.split('\n').find((line) => /error/i.test(line))?.trim() ?? `code ${code}`;
  fail(
    `Electron не скачался (${cause}): нужен доступ к GitHub, или зеркало в ELECTRON_MIRROR. Без него npm start открывает окно в Chromium, Chrome или Edge.`,
    `Electron could not be downloaded (${cause}): access to GitHub is needed, or a mirror in ELECTRON_MIRROR. Without it npm start opens its window in Chromium, Chrome or Edge.`,
  );
}
say('Electron готов: npm start откроет окно в нём.', 'Electron is ready: npm start opens its window in it.');
