import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RotatingFile } from './rotating-file.ts';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(path.join(os.tmpdir(), 'offhook-rotate-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const lines = () =>
  readdirSync(directory).flatMap((name) =>
    readFileSync(path.join(directory, name), 'utf8').split('\n').filter(Boolean),
  );
const line = (index: number) => `${String(index).padStart(4, '0')} ${'x'.repeat(95)}\n`;

it('moves a file that has grown too long aside, and loses no line by it', async () => {
  const log = new RotatingFile({ file: path.join(directory, 'a.log'), maximumBytes: 1000, keep: 100 });
  for (let index = 0; index < 60; index += 1) {
    log.write(line(index));
    if (index % 7 === 0) await new Promise(setImmediate);
  }
  await vi.waitFor(() => expect(lines()).toHaveLength(60));
  expect(new Set(lines().map((text) => text.slice(0, 4))).size).toBe(60);
  expect(readdirSync(directory).length).toBeGreaterThan(1);
  expect(log.failures).toBe(0);
});

it('keeps no more old files than it was told to', async () => {
  const log = new RotatingFile({ file: path.join(directory, 'a.log'), maximumBytes: 200, keep: 2 });
  for (let index = 0; index < 40; index += 1) {
    log.write(line(index));
    await new Promise(setImmediate);
  }
  await vi.waitFor(() => expect(lines().some((text) => text.startsWith('0039'))).toBe(true));
  expect(readdirSync(directory).length).toBeLessThanOrEqual(3);
});

it('is for the user alone', async () => {
  const file = path.join(directory, 'logs', 'a.log');
  new RotatingFile({ file, maximumBytes: 1000, keep: 1 }).write(line(1));
  await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(0));
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
});

it('counts what it could not write, and goes on', async () => {
  writeFileSync(path.join(directory, 'occupied'), '');
  const log = new RotatingFile({ file: path.join(directory, 'occupied', 'a.log'), maximumBytes: 10, keep: 1 });
  log.write(line(1));
  await vi.waitFor(() => expect(log.failures).toBe(1));
  rmSync(path.join(directory, 'occupied'));
  log.write(line(2));
  await vi.waitFor(() => expect(readFileSync(path.join(directory, 'occupied', 'a.log'), 'utf8')).toBe(line(2)));
});

it('does not let a disk that hangs fill the memory', () => {
  const log = new RotatingFile({ file: path.join(directory, 'a.log'), maximumBytes: 1e9, keep: 1 });
  for (let index = 0; index < 100; index += 1) log.write('x'.repeat(100_000));
  expect(log.failures).toBeGreaterThan(80);
});

it('writes on the way out what still waits', () => {
  const log = new RotatingFile({ file: path.join(directory, 'a.log'), maximumBytes: 1000, keep: 1 });
  log.write(line(7));
  log.flush();
  expect(lines()).toHaveLength(1);
});
