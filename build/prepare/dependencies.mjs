import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, readFileSync, writeFileSync } from 'fs';
import path from 'path';
import process from 'process';
import { fail, say } from './words.mjs';

/** The stamp tells which lock file, platform and processor node_modules was installed for. */
function stampOf(root) {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(process.platform + process.arch).digest('hex');
}

/** True when npm's own record of what it installed says the same as the lock file: nothing is to be done then. */
export function installedMatchesLock(lock, installed) {
  return Object.keys(lock.packages).every((name) => {
    if (name === '') return true;
    const wanted = lock.packages[name];
    const found = installed.packages[name];
    if (!found) return wanted.optional === true;
    return found.version === wanted.version;
  });
}

/** A package that somebody deleted by hand is installed again. */
function hasPackages(root) {
  const wanted = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const names = Object.keys(Object.assign({}, wanted.dependencies, wanted.devDependencies));
  return names.every((name) => existsSync(path.join(root, 'node_modules', name, 'package.json')));
}

function isInstalled(root, stampFile, stamp) {
  if (!hasPackages(root)) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true;
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  if (!installedMatchesLock(lock, JSON.parse(readFileSync(record, 'utf8')))) return false;
  writeFileSync(stampFile, stamp);
  return true;
}

function npm(root, parameters) {
  const script = process.env.npm_execpath;
  const viaNode = script && /\.c?js$/.test(script);
  // A parent `npm run` leaves npm_config_* behind; only the switches given here shall count.
  const environment = Object.assign({}, process.env, { NODE_ENV: 'development' });
  return spawnSync(viaNode ? process.execPath : 'npm', viaNode ? [script].concat(parameters) : parameters, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    shell: !viaNode && process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** Installs from the lock file, without running any package's scripts, when node_modules is missing or differs. */
export function installDependencies(root) {
  const stampFile = path.join(root, 'node_modules', '.offhook-stamp');
  const stamp = stampOf(root);
  if (isInstalled(root, stampFile, stamp)) return;
  say(
    'Устанавливаю зависимости по package-lock.json: один раз, около минуты…',
    'Installing the dependencies from package-lock.json: once, about a minute…',
  );
  const started = Date.now();
  const result = npm(root, ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']);
  if (result.error || result.status !== 0) {
    const output = result.error ? result.error.message : (result.stderr || result.stdout).trim().split('\n').slice(0, 12).join('\n');
    process.stderr.write(output + '\n');
    fail(
      'Зависимости не установились (npm ci, ответ выше): проверьте доступ к реестру npm и место на диске и повторите команду.',
      'The dependencies could not be installed (npm ci, its answer is above): check the access to the npm registry and the disk space, and run the command again.',
    );
  }
  writeFileSync(stampFile, stamp);
  const seconds = Math.round((Date.now() - started) / 1000);
  say('Зависимости установлены за ' + seconds + ' с.', 'Dependencies installed in ' + seconds + ' s.');
}
