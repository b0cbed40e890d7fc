import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { findComHelper } from './find-com-helper.ts';

it('finds the helper for Outlook on Windows, where it was built', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-helper-'));
  const url = pathToFileURL(`${folder}/`);
  expect(findComHelper(url, 'win32')).toEqual({});
  const file = path.join(folder, 'offhook-com-helper.exe');
  writeFileSync(file, '');
  expect(findComHelper(url, 'win32')).toEqual({ outlookHelper: [file] });
  expect(findComHelper(url, 'linux')).toEqual({});
  rmSync(folder, { recursive: true });
});
