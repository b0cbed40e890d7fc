import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findOrigin } from './find-origin.ts';
import { isWebBrowser } from './known-programs.ts';
import { LinuxProgramFinder } from './linux-program-finder.ts';
import { MemoryProgramFinder } from './memory-program-finder.ts';
import { WindowsProgramFinder } from './windows-program-finder.ts';

const chain = (...paths: string[]) =>
  new MemoryProgramFinder(
    Object.fromEntries(paths.map((file, index) => [index + 10, { path: file, parent: index + 11 }])),
  );

describe('who opened a link', () => {
  it('is the first program above that is no shell, starter or interpreter', async () => {
    const finder = chain(
      '/usr/bin/node',
      '/usr/bin/dash',
      '/usr/bin/gio',
      '/opt/1cv8/x86_64/1cv8c',
      '/usr/lib/systemd/systemd',
    );
    expect(await findOrigin(finder, 10)).toEqual({ id: '/opt/1cv8/x86_64/1cv8c', name: '1cv8c' });
  });

  it('is a browser where one opened it, so that its pages are never trusted', async () => {
    const origin = await findOrigin(chain('/usr/bin/bash', '/usr/lib/firefox-esr/firefox-esr'), 10);
    expect(isWebBrowser(origin!.id!)).toBe(true);
  });

  it.each([
    ['/usr/bin/dash', '/usr/libexec/xdg-desktop-portal', '/usr/lib/systemd/systemd'],
    ['/usr/bin/xdg-open', '/usr/lib/systemd/systemd', '/sbin/init'],
    ['C:\\Windows\\explorer.exe'],
    ['', '/opt/crm/crm'],
    ['/usr/bin/bash'],
  ])('is nobody behind %s', async (...paths) => {
    expect(await findOrigin(chain(...paths), 10)).toBeNull();
    expect(await findOrigin(chain(...paths), 999)).toBeNull();
  });

  it.each([
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\X\\MSEDGE.EXE',
    '/snap/chromium/1/usr/lib/chromium-browser/chrome',
    '/usr/bin/yandex_browser',
    'C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application\\1\\msedgewebview2.exe',
    '/usr/lib/qt6/libexec/QtWebEngineProcess',
  ])('is known for a web browser by the name %s', (file) => expect(isWebBrowser(file)).toBe(true));
});

describe.runIf(process.platform === 'linux')('the processes of Linux', () => {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'offhook-origin-')));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are followed to the program that started a shell that started another', async () => {
    // A program with a name of its own: a copy of the shell that starts a shell.
    const program = path.join(folder, 'crm (office) 1');
    copyFileSync('/bin/sh', program);
    chmodSync(program, 0o755);
    const child = spawn(program, ['-c', '/bin/sh -c "echo $\\$; read line"; true'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    const pid = Number(String(output).trim());
    expect(await findOrigin(new LinuxProgramFinder(), pid)).toEqual({ id: program, name: 'crm (office) 1' });
    child.stdin.end('\n');
    await once(child, 'close');
  });

  it('that run from memory are nobody: their name is a new one each time', async () => {
    const process = path.join(folder, '7');
    mkdirSync(process, { recursive: true });
    writeFileSync(path.join(process, 'stat'), '7 (crm) S 1 7 7');
    symlinkSync('/memfd:crm-4711 (deleted)', path.join(process, 'exe'));
    expect(await findOrigin(new LinuxProgramFinder(folder), 7)).toBeNull();
  });

  it('that are gone are nobody', async () => {
    expect(await new LinuxProgramFinder(folder).ancestry(7)).toEqual([]);
  });
});

describe('the processes of Windows', () => {
  it('are asked for by the helper', async () => {
    const asked: unknown[] = [];
    const finder = new WindowsProgramFinder(async (request) => {
      asked.push(request);
      return { done: true, programs: [{ path: 'C:\\Program Files\\1cv8\\bin\\1cv8c.exe', name: '1С:Предприятие' }] };
    });
    expect(await findOrigin(finder, 7)).toEqual({
      id: 'C:\\Program Files\\1cv8\\bin\\1cv8c.exe',
      name: '1С:Предприятие',
    });
    expect(asked).toEqual([{ command: 'parent', pid: 7 }]);
  });

  it('are nobody where the helper fails or says something else', async () => {
    const failing = new WindowsProgramFinder(() => Promise.reject(new Error('gone')));
    expect(await failing.ancestry(7)).toEqual([]);
    const odd = new WindowsProgramFinder(async () => ({ done: true, programs: 'all' }));
    expect(await odd.ancestry(7)).toEqual([]);
  });
});
