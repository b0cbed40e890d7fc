import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeDirectory } from './make-directory.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'offhook-folder-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes a folder and its parents for this user alone, and takes one that is there', () => {
  const inner = path.join(folder, 'a', 'b');
  makeDirectory(inner);
  makeDirectory(inner);
  expect(statSync(inner).isDirectory()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(inner).mode & 0o777).toBe(0o700);
});

it('says what the system says where a file is in the way', () => {
  writeFileSync(path.join(folder, 'file'), '');
  expect(() => makeDirectory(path.join(folder, 'file'))).toThrow('EEXIST');
  expect(() => makeDirectory(path.join(folder, 'file', 'x'))).toThrow('ENOTDIR');
});

it.runIf(process.platform === 'linux')('gives up at once where nothing can ever be made', () => {
  expect(() => makeDirectory('/proc/offhook/data')).toThrow('ENOENT');
});
