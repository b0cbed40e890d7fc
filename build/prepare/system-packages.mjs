import { spawnSync } from 'child_process';
import { existsSync, unlinkSync, writeFileSync } from 'fs';
import path from 'path';
import process from 'process';
import { say } from './words.mjs';

/** Debian's packages that tests and the demonstration start, each with a file or program that shows it is there. */
const packages = [
  { name: 'chromium', program: 'chromium', others: ['chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'], browser: true },
  { name: 'baresip-core', program: 'baresip' },
  { name: 'kamailio', program: 'kamailio' },
  { name: 'kamailio-websocket-modules', module: 'websocket.so' },
  { name: 'kamailio-tls-modules', module: 'tls.so' },
  { name: 'kamailio-outbound-modules', module: 'outbound.so' },
  { name: 'kamailio-extra-modules', module: 'uuid.so' },
  { name: 'kamailio-utils-modules', module: 'utils.so' },
  { name: 'kamailio-json-modules', module: 'json.so' },
  { name: 'sip-tester', program: 'sipp' },
  { name: 'iproute2', program: 'ip' },
  { name: 'nftables', program: 'nft' },
  { name: 'openssl', program: 'openssl' },
  { name: 'libreoffice-calc', program: 'soffice' },
  { name: 'python3-uno', file: '/usr/lib/python3/dist-packages/uno.py' },
  { name: 'strace', program: 'strace' },
  { name: 'slapd', program: 'slapd' },
  { name: 'ldap-utils', program: 'ldapsearch' },
  { name: 'radicale', program: 'radicale' },
  { name: 'python3-vobject', file: '/usr/lib/python3/dist-packages/vobject' },
  { name: 'python3-openpyxl', file: '/usr/lib/python3/dist-packages/openpyxl' },
  { name: 'python3-xlsxwriter', file: '/usr/lib/python3/dist-packages/xlsxwriter' },
  { name: 'libnss3-tools', program: 'certutil' },
  { name: 'abook', program: 'abook' },
  { name: 'mono-mcs', program: 'mcs' },
  { name: 'mono-runtime', program: 'mono' },
  { name: 'libmono-system-web-extensions4.0-cil', file: '/usr/lib/mono/4.5/System.Web.Extensions.dll' },
  { name: 'libmono-microsoft-csharp4.0-cil', file: '/usr/lib/mono/4.5/Microsoft.CSharp.dll' },
];

function hasProgram(program) {
  const folders = (process.env.PATH || '').split(path.delimiter).concat(['/usr/sbin', '/sbin', '/usr/local/sbin']);
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, program)));
}

function isThere(entry) {
  if (entry.file) return existsSync(entry.file);
  if (entry.module) {
    return ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/lib64'].some((folder) =>
      existsSync(path.join(folder, 'kamailio', 'modules', entry.module)),
    );
  }
  return [entry.program].concat(entry.others || []).some(hasProgram);
}

function hasBrowserElsewhere() {
  if (process.platform === 'darwin') return existsSync('/Applications/Google Chrome.app') || existsSync('/Applications/Chromium.app');
  if (process.platform === 'win32') return true; // Edge is part of the system.
  return false;
}

/** apt must not start the daemons that it installs: the tests start their own, on their own ports. */
function withoutStartingDaemons(run) {
  const policy = '/usr/sbin/policy-rc.d';
  const own = !existsSync(policy);
  if (own) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return run();
  } finally {
    if (own) unlinkSync(policy);
  }
}

function aptInstall(names) {
  const environment = Object.assign({}, process.env, { DEBIAN_FRONTEND: 'noninteractive' });
  const options = { env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 };
  spawnSync('apt-get', ['update', '-qq'], options);
  const result = withoutStartingDaemons(() =>
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends'].concat(names), options),
  );
  if (result.status === 0) return true;
  process.stderr.write((result.stderr || '').trim().split('\n').slice(-6).join('\n') + '\n');
  return false;
}

/**
 * Sees to the programs that tests need: installs them as root on Debian, names them anywhere else. Never fails: a test
 * whose peer is missing is left out by name.
 */
export function provideSystemPackages(browserOnly) {
  const missing = packages.filter((entry) => (!browserOnly || entry.browser) && !isThere(entry));
  const names = missing.filter((entry) => !(entry.browser && hasBrowserElsewhere())).map((entry) => entry.name);
  if (names.length === 0) return;
  const list = names.join(' ');
  const isRoot = typeof process.getuid === 'function' && process.getuid() === 0;
  if (isRoot && existsSync('/etc/debian_version') && hasProgram('apt-get')) {
    say('Устанавливаю из Debian (apt): ' + list, 'Installing from Debian (apt): ' + list);
    if (aptInstall(names)) return;
    say('apt не справился (ответ выше); чего нет, то будет названо.', 'apt failed (its answer is above); what is missing will be named.');
    return;
  }
  say(
    'Нет программ для проверок: ' + list + '. То, чему они нужны, будет пропущено и названо. В Debian и Ubuntu: sudo apt-get install ' + list,
    'Programs that tests need are missing: ' + list + '. What needs them is left out and named. On Debian and Ubuntu: sudo apt-get install ' + list,
  );
}
