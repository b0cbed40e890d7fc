import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chromiumId, firefoxId } from '#contract/browser-extension/index.ts';
import { linuxPlaces } from './browser-places.ts';
import { batchFile } from './host-files.ts';
import { LinuxHostInstallation } from './linux-host-installation.ts';
import { WindowsHostInstallation } from './windows-host-installation.ts';

let home: string;
beforeEach(() => void (home = mkdtempSync(path.join(tmpdir(), 'offhook-host-'))));
afterEach(() => rmSync(home, { recursive: true }));

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

it('tells each browser that has been used, and takes it back', async () => {
  const configuration = path.join(home, '.config');
  for (const folder of ['.config/chromium', '.config/microsoft-edge', '.mozilla'])
    mkdirSync(path.join(home, folder), { recursive: true });
  const installation = new LinuxHostInstallation(linuxPlaces(home, configuration), path.join(home, 'data'), [
    'node',
    'x.js',
  ]);
  const written = await installation.install();
  expect(written.map((file) => path.relative(home, file))).toEqual([
    '.config/chromium/NativeMessagingHosts/com.offhook.host.json',
    '.config/microsoft-edge/NativeMessagingHosts/com.offhook.host.json',
    '.mozilla/native-messaging-hosts/com.offhook.host.json',
  ]);
  expect(json(written[0]!)).toMatchObject({ type: 'stdio', allowed_origins: [`chrome-extension://${chromiumId}/`] });
  expect(json(written[2]!)).toMatchObject({
    path: path.join(home, 'data', 'offhook-native-host'),
    allowed_extensions: [firefoxId],
  });
  expect(await installation.remove()).toHaveLength(4);
  expect(written.filter((file) => existsSync(file))).toEqual([]);
  expect(await installation.remove()).toEqual([]);
});

it('starts the command with whatever the browser puts behind it, from a folder of any name', async () => {
  const folder = path.join(home, "it's $HOME `here`");
  mkdirSync(path.join(home, '.mozilla'));
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'x.mjs'), 'console.log(JSON.stringify(process.argv.slice(2)))');
  const command = [process.execPath, path.join(folder, 'x.mjs')];
  await new LinuxHostInstallation(linuxPlaces(home, home), folder, command).install();
  const output = execFileSync(
    path.join(folder, 'offhook-native-host'),
    ['chrome-extension://a/', '--parent-window=1'],
    { encoding: 'utf8' },
  );
  expect(JSON.parse(output)).toEqual(['native-host', '--', 'chrome-extension://a/', '--parent-window=1']);
});

it('finds nothing to tell where there is no browser', async () => {
  expect(await new LinuxHostInstallation(linuxPlaces(home, home), home, ['x']).install()).toEqual([]);
});

it('writes keys of the registry on Windows, without a shell', async () => {
  const ran: (readonly string[])[] = [];
  const folder = path.join(home, 'host');
  const installation = new WindowsHostInstallation(folder, ['C:\\100% of it\\node.exe', 'x.js'], async (parameters) => {
    ran.push(parameters);
    return !parameters[1]?.includes('Edge');
  });
  expect(await installation.install()).toHaveLength(3);
  expect(ran[0]).toEqual([
    ...[
      'add',
      String.raw`HKCU\Software\Google\Chrome\NativeMessagingHosts\com.offhook.host`,
      '/ve',
      '/t',
      'REG_SZ',
      '/d',
    ],
    path.join(folder, 'com.offhook.host.chromium.json'),
    '/f',
  ]);
  expect(batchFile(['C:\\100% of it\\node.exe', 'x.js'])).toBe(
    '@echo off\r\n"C:\\100%% of it\\node.exe" "x.js" native-host -- %*\r\n',
  );
  await installation.remove();
  expect(ran.at(-1)?.[0]).toBe('delete');
  expect(existsSync(folder)).toBe(false);
});
