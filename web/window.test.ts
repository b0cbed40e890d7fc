import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WindowLauncher } from './window.ts';

let directory: string;
let processes: (number | null)[];
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-window-'));
  processes = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A shell script in the place of a browser: writes down how it was called, then goes on as told. */
function launcher(script: string, environment: NodeJS.ProcessEnv = { DISPLAY: ':1' }): WindowLauncher {
  const browser = path.join(directory, 'browser');
  writeFileSync(browser, `#!/bin/sh\necho "$DISPLAY $*" >> ${directory}/calls\n${script}\n`);
  chmodSync(browser, 0o755);
  return new WindowLauncher({
    machine: { platform: 'linux', environment: { PATH: '/usr/bin:/bin', OFFHOOK_BROWSER: browser, ...environment }, exists: existsSync },
    dataDirectory: directory,
    onProcess: (pid) => processes.push(pid),
  });
}

const calls = () => (existsSync(path.join(directory, 'calls')) ? readFileSync(path.join(directory, 'calls'), 'utf8').trim().split('\n') : []);
const address = 'http://127.0.0.1:1/#ticket=x';

describe.skipIf(process.platform === 'win32')('opening the window', () => {
  it('starts a browser in app mode with a profile of its own, and closes it again', async () => {
    const window = launcher('exec sleep 30');
    expect(await window.open(address)).toBe(true);
    expect(calls()[0]).toContain(`--app=${address} --user-data-dir=${directory}/window-profile`);
    expect(processes[0]).toBeGreaterThan(0);
    await window.close();
    expect(processes).toEqual([processes[0], null]);
  });

  it('lays the profile into the temporary directory where the data directory takes none, and takes it away again', async () => {
    writeFileSync(path.join(directory, 'window-profile'), 'a file where the folder should be');
    const window = launcher('exec sleep 30');
    expect(await window.open(address)).toBe(true);
    const profile = /--user-data-dir=(\S+)/.exec(calls()[0]!)![1]!;
    expect(profile.startsWith(directory)).toBe(false);
    expect(existsSync(profile)).toBe(true);
    await window.close();
    expect(existsSync(profile)).toBe(false);
  });

  it('counts a browser that hands the address to the one that runs as opened', async () => {
    expect(await launcher('exit 0').open(address)).toBe(true);
  });

  it('says that it did not open when the browser fails or cannot be run', async () => {
    expect(await launcher('exit 3').open(address)).toBe(false);
    expect(await launcher('', { DISPLAY: ':1', OFFHOOK_BROWSER: '/nonexistent' }).open(address)).toBe(false);
  });

  it('does not open where there is no screen', async () => {
    expect(await launcher('exit 0', {}).open(address)).toBe(false);
    expect(calls()).toEqual([]);
  });

  it('opens on the screen of the second start that asks, and on none when that has none', async () => {
    const window = launcher('exit 0');
    expect(await window.open(address, { DISPLAY: ':7' })).toBe(true);
    expect(calls()[0]).toMatch(/^:7 /);
    expect(await window.open(address, {})).toBe(false);
    expect(calls()).toHaveLength(1);
  });
});
