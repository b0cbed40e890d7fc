import path from 'node:path';
import { expect, it } from 'vitest';
import { dataDirectory } from './usual-directory.ts';

const home = '/home/anna';

it('follows the XDG specification on Linux, which ignores relative paths', () => {
  expect(dataDirectory({ platform: 'linux', environment: {}, home })).toBe('/home/anna/.local/share/offhook');
  expect(dataDirectory({ platform: 'linux', environment: { XDG_DATA_HOME: '/data' }, home })).toBe('/data/offhook');
  expect(dataDirectory({ platform: 'linux', environment: { XDG_DATA_HOME: 'data' }, home })).toBe('/home/anna/.local/share/offhook');
});

it('uses the roaming folder on Windows and the library on macOS', () => {
  const environment = { APPDATA: 'C:\\Users\\anna\\AppData\\Roaming' };
  expect(dataDirectory({ platform: 'win32', environment, home })).toBe('C:\\Users\\anna\\AppData\\Roaming\\Offhook');
  expect(dataDirectory({ platform: 'darwin', environment: {}, home })).toBe('/home/anna/Library/Application Support/Offhook');
});

it('is wherever OFFHOOK_DATA says', () => {
  expect(dataDirectory({ platform: 'linux', environment: { OFFHOOK_DATA: 'here' }, home })).toBe(path.resolve('here'));
});
