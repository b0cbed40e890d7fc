import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cutPower, readWriteLog } from './disk-after-cut.ts';
import { SeededRandom } from './seeded-random.ts';

const sector = 512;
let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'offhook-disk-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function entry(start: number, fill: string, flags = 0): Buffer {
  const fields = Buffer.alloc(sector);
  fields.writeBigUInt64LE(BigInt(start), 0);
  fields.writeBigUInt64LE(BigInt(fill.length), 8);
  fields.writeBigUInt64LE(BigInt(flags), 16);
  return Buffer.concat([fields, ...[...fill].map((letter) => Buffer.alloc(sector, letter))]);
}

/** A log of these entries, and a disk of so many empty sectors; gives a letter for each sector that the cut leaves. */
function cut(entries: Buffer[], count: number, seed = 1): { hurt: number; left: string } {
  const head = Buffer.alloc(sector);
  head.writeBigUInt64LE(0x6a736677736872n, 0);
  head.writeBigUInt64LE(1n, 8);
  head.writeBigUInt64LE(BigInt(entries.length), 16);
  const [log, disk] = [path.join(folder, 'log'), path.join(folder, 'disk')];
  writeFileSync(log, Buffer.concat([head, ...entries]));
  writeFileSync(disk, Buffer.alloc(count * sector, '.'));
  const hurt = cutPower(disk, readWriteLog(log), new SeededRandom(seed));
  const left = readFileSync(disk);
  return {
    hurt,
    left: Array.from({ length: count }, (_, index) => String.fromCharCode(left[index * sector] ?? 0)).join(''),
  };
}

it('keeps what was flushed, in the order in which it was written', () => {
  expect(cut([entry(0, 'aaa'), entry(1, 'b'), entry(0, '', 1)], 4)).toEqual({ hurt: 0, left: 'aba.' });
});

it('keeps what was forced through without a flush', () => {
  for (let seed = 0; seed < 20; seed += 1) expect(cut([entry(2, 'c', 2)], 4, seed).left).toBe('..c.');
});

it('leaves of what was not flushed all, nothing, or some sectors', () => {
  const outcomes = new Set(
    Array.from({ length: 40 }, (_, seed) => cut([entry(0, 'a'), entry(0, '', 1), entry(0, 'bbbb')], 4, seed).left),
  );
  expect(outcomes).toContain('bbbb');
  expect(outcomes).toContain('a...');
  expect(outcomes.size).toBeGreaterThan(4);
  expect([...outcomes].every((left) => /^[ab][.b]{3}$/.test(left))).toBe(true);
});

it('takes a log that was never begun for no writes', () => {
  const log = path.join(folder, 'log');
  writeFileSync(log, Buffer.alloc(4 * sector));
  expect(readWriteLog(log)).toEqual({ writes: [], flushed: 0 });
});
