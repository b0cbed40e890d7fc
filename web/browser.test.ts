import { describe, expect, it } from 'vitest';
import { findBrowser, hasDisplay, windowArguments, type Machine } from './browser.ts';

function machine(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv, files: string[]): Machine {
  return { platform, environment, exists: (file) => files.includes(file) };
}

describe('looking for a browser', () => {
  it('finds Chromium on the PATH before Chrome', () => {
    const files = ['/usr/bin/chromium', '/opt/bin/google-chrome'];
    expect(findBrowser(machine('linux', { PATH: '/opt/bin:/usr/bin' }, files))).toBe('/usr/bin/chromium');
  });

  it('finds Edge on a Windows that has nothing else', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const environment = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)' };
    expect(findBrowser(machine('win32', environment, [edge]))).toBe(edge);
  });

  it('takes the one that the user names, and no other in its place', () => {
    const files = ['/usr/bin/chromium'];
    expect(findBrowser(machine('linux', { PATH: '/usr/bin', OFFHOOK_BROWSER: '/opt/none' }, files))).toBeNull();
  });

  it('does not look into relative folders of the PATH', () => {
    expect(findBrowser(machine('linux', { PATH: '.:bin' }, ['./chromium', 'bin/chromium']))).toBeNull();
  });

  it('knows a Linux without a screen', () => {
    expect(hasDisplay(machine('linux', {}, []))).toBe(false);
    expect(hasDisplay(machine('linux', { WAYLAND_DISPLAY: 'wayland-0' }, []))).toBe(true);
    expect(hasDisplay(machine('darwin', {}, []))).toBe(true);
  });

  it('keeps the browser sandbox unless it runs as root', () => {
    const options = { address: 'http://127.0.0.1:1/', profile: '/p' };
    expect(windowArguments({ ...options, asRoot: false })).not.toContain('--no-sandbox');
    expect(windowArguments({ ...options, asRoot: true })).toContain('--no-sandbox');
  });
});
