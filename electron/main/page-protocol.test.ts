import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileOf, servePage } from './page-protocol.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'offhook-page-'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('serves the page under a policy without inline scripts', async () => {
  const response = await servePage(folder, { url: 'offhook://app/', method: 'GET' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(response.headers.get('content-security-policy')).not.toContain('unsafe');
});

it('answers 404 to what is not there, and to anything but GET', async () => {
  expect((await servePage(folder, { url: 'offhook://app/none.js', method: 'GET' })).status).toBe(404);
  expect((await servePage(folder, { url: 'offhook://app/', method: 'POST' })).status).toBe(404);
});

it.each([
  'offhook://app/..%2f..%2fetc%2fpasswd',
  'offhook://app/%5c..%5cx',
  'offhook://app/a%00b',
  'offhook://app/%',
  'offhook://other/index.html',
  'nonsense',
])('leads nowhere outside of its folder: %s', (address) => {
  expect(fileOf(folder, address)).toBeNull();
});
