import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DemoAccount } from '#web/messages.ts';
import { serveMain } from './electron-window.ts';
import { StartMemory } from './start-memory.ts';

const demo: DemoAccount = { account: { user: '201', domain: '127.0.0.1' }, password: 'p', echo: '600', menu: '700' };
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

let directory: string;
beforeEach(() => void (directory = mkdtempSync(path.join(tmpdir(), 'offhook-electron-'))));
afterEach(() => rmSync(directory, { recursive: true }));

function served(start: () => Promise<DemoAccount>) {
  const sent: unknown[] = [];
  const child = Object.assign(new EventEmitter(), { connected: true, send: (message: unknown) => sent.push(message) });
  const memory = new StartMemory(path.join(directory, 'start.json'));
  serveMain(child as unknown as Parameters<typeof serveMain>[0], { start }, memory);
  return { child, sent, memory };
}

it('gives Electron the account of the exchange that it started, or none when that cannot start', async () => {
  const well = served(async () => demo);
  well.child.emit('message', { kind: 'demo-wanted' });
  const full = served(() => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })));
  full.child.emit('message', { kind: 'demo-wanted' });
  await settle();
  expect(well.sent).toEqual([{ kind: 'demo', demo }]);
  expect(full.sent).toEqual([{ kind: 'demo', demo: null }]);
});

it('remembers a test call that went well, and tries one that failed again at the next start', () => {
  const { child, memory } = served(async () => demo);
  child.emit('message', { kind: 'test-call-failed', error: { code: 'call.media-lost', values: {}, detail: null } });
  expect(memory.testCallDone).toBe(false);
  child.emit('message', { kind: 'test-call', answeredAfter: 5, toneAfter: 50 });
  expect(memory.testCallDone).toBe(true);
});
