import { spawnSync } from 'child_process';
import { existsSync } from 'fs';
import path from 'path';
import process from 'process';
import { fail } from './words.mjs';

export const oldestForInstall = 20;
export const oldestForRun = 24;

export function majorOf(version) {
  return Number(/^v?(\d+)\./.exec(version)[1]);
}

/** npm and the installation need Node 20; everything later runs on the Node that the installation brings. */
export function requireNodeForInstall(version) {
  if (majorOf(version) >= oldestForInstall) return;
  fail(
    'Offhook нужен Node.js ' + oldestForInstall + ' или новее, а здесь ' + version + ': поставьте Node.js ' + oldestForRun + ' и повторите команду.',
    'Offhook needs Node.js ' + oldestForInstall + ' or newer, and this is ' + version + ': install Node.js ' + oldestForRun + ' and run the command again.',
  );
}

/** Where no Node 24 comes as a package (macOS, ARM), the one that runs must be new enough itself. */
export function requireNodeForRun(root, version) {
  const directory = path.join(root, 'node_modules', '.bin');
  const name = process.platform === 'win32' ? 'node.cmd' : 'node';
  if (existsSync(path.join(directory, name))) {
    const own = spawnSync(path.join(directory, name), ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
    if (own.status === 0 && majorOf(own.stdout) >= oldestForRun) return;
  } else if (majorOf(version) >= oldestForRun) return;
  fail(
    'Для ' + process.platform + '/' + process.arch + ' Node.js ' + oldestForRun + ' не ставится вместе с Offhook, а здесь ' + version + ': установите Node.js ' + oldestForRun + ' LTS и повторите команду.',
    'For ' + process.platform + '/' + process.arch + ' Node.js ' + oldestForRun + ' does not come with Offhook, and this is ' + version + ': install Node.js ' + oldestForRun + ' LTS and run the command again.',
  );
}
