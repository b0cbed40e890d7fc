import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StartMemory } from './start-memory.ts';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-memory-'));
  file = path.join(directory, 'start.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

it('keeps port and test call from start to start, in a file for the user alone', () => {
  const first = new StartMemory(file);
  expect(first.remember({ webPort: 4321 })).toBe(true);
  expect(first.remember({ testCallDone: true })).toBe(true);
  expect(new StartMemory(file)).toMatchObject({ webPort: 4321, testCallDone: true });
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

it.each(['null', '[]', '7', '"x"', '{', '', '{"webPort":"80","testCallDone":1}', '{"webPort":70000}'])('begins anew with a file that holds %s', (text) => {
  writeFileSync(file, text);
  const memory = new StartMemory(file);
  expect([memory.webPort, memory.testCallDone]).toEqual([undefined, false]);
});

it('keeps what can be read of a file that is spoilt in part', () => {
  writeFileSync(file, '{"webPort":4321,"testCallDone":"yes"}');
  expect(new StartMemory(file)).toMatchObject({ webPort: 4321, testCallDone: false });
});

it('goes on where nothing can be written', () => {
  mkdirSync(file);
  const memory = new StartMemory(file);
  expect(memory.remember({ webPort: 4321 })).toBe(false);
  expect(memory.webPort).toBe(4321);
});
