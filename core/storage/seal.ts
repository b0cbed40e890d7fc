import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { pause } from './jobs/pace.ts';

/**
 * A file that holds the checksum of itself: SHA-256 over all of its bytes, where the 64 digits of the checksum count as
 * zeros. It lies in the file as text, `offhook-seal:<nonce>:<digits>`, once.
 */
const digits = 64;
const chunkBytes = 1024 * 1024;
const pauseMilliseconds = 1;

/** To be written into the file before it is sealed. The nonce keeps any other text from being taken for it. */
export function newSeal(): string {
  return `offhook-seal:${randomBytes(16).toString('hex')}:${'0'.repeat(digits)}`;
}

/** Calls `see` with each part of the file; the parts overlap by `overlap` bytes. */
function scan(handle: number, overlap: number, see: (part: Buffer, position: number) => boolean | void): void {
  const buffer = Buffer.allocUnsafe(chunkBytes + overlap);
  for (let position = 0; ; position += chunkBytes) {
    const length = readSync(handle, buffer, 0, buffer.length, position);
    pause(pauseMilliseconds);
    if (length === 0 || see(buffer.subarray(0, length), position) === false || length < chunkBytes) return;
  }
}

/** Where the digits of the seal begin, or null. */
function placeOf(handle: number, seal: string): number | null {
  let place: number | null = null;
  scan(handle, seal.length, (part, position) => {
    const index = part.indexOf(seal);
    if (index < 0) return true;
    place = position + index + seal.length - digits;
    return false;
  });
  return place;
}

function digestOf(handle: number, place: number): string {
  const hash = createHash('sha256');
  scan(handle, 0, (part, position) => {
    const from = Math.max(place, position) - position;
    const to = Math.min(place + digits, position + part.length) - position;
    if (from < to) part.fill('0', from, to);
    hash.update(part);
  });
  return hash.digest('hex');
}

function withFile<T>(file: string, flags: string, run: (handle: number) => T): T {
  const handle = openSync(file, flags);
  try {
    return run(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes the checksum into the place that `seal` holds free, through to the disk. */
export function sealFile(file: string, seal: string): void {
  withFile(file, 'r+', (handle) => {
    const place = placeOf(handle, seal);
    if (place === null) throw new Error('the file has no place for a seal');
    writeSync(handle, digestOf(handle, place), place, 'latin1');
    fsyncSync(handle);
  });
}

/** Whether every byte is as it was sealed; `seal` is the text as the file has it now. */
export function isSealed(file: string, seal: string): boolean {
  return withFile(file, 'r', (handle) => {
    const place = placeOf(handle, seal);
    return place !== null && digestOf(handle, place) === seal.slice(-digits);
  });
}
