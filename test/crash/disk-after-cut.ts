import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { SeededRandom } from './seeded-random.ts';

/**
 * What a disk with a write cache holds after a power cut. QEMU's blklogwrites writes down what the guest sends, in the
 * format of Linux's dm-log-writes (Documentation/admin-guide/device-mapper/log-writes.rst): a sector that tells how
 * many entries there are, then each entry's own sector and its data. The sectors are of 512 bytes here.
 */
const sector = 512;
const magic = 0x6a736677736872n;
const flags = { flush: 1n, forceUnitAccess: 2n, discard: 4n, mark: 8n };

export interface LoggedWrite {
  /** Byte on the disk. */
  at: number;
  data: Buffer;
  /** On the platter by itself, without a flush. */
  forced: boolean;
}

export interface WriteLog {
  writes: LoggedWrite[];
  /** So many of the writes are older than the last flush. */
  flushed: number;
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  readSync(descriptor, buffer, 0, length, position);
  return buffer;
}

export function readWriteLog(file: string): WriteLog {
  const descriptor = openSync(file, 'r');
  try {
    const head = readAt(descriptor, 0, sector);
    // Nothing was written yet.
    if (head.readBigUInt64LE(0) !== magic) return { writes: [], flushed: 0 };
    const count = Number(head.readBigUInt64LE(16));
    const log: WriteLog = { writes: [], flushed: 0 };
    for (let entry = 0, position = sector; entry < count; entry += 1) {
      const fields = readAt(descriptor, position, sector);
      const [start, length, kind] = [fields.readBigUInt64LE(0), fields.readBigUInt64LE(8), fields.readBigUInt64LE(16)];
      position += sector;
      // A flush covers what came before it, not the data of its own entry.
      if (kind & flags.flush) log.flushed = log.writes.length;
      if (kind & (flags.discard | flags.mark) || length === 0n) continue;
      const size = Number(length) * sector;
      log.writes.push({
        at: Number(start) * sector,
        data: readAt(descriptor, position, size),
        forced: (kind & flags.forceUnitAccess) !== 0n,
      });
      position += size;
    }
    return log;
  } finally {
    closeSync(descriptor);
  }
}

/** Sectors that reached the platter: all, none, or some of them, as it happens. */
function survivors({ data }: LoggedWrite, random: SeededRandom): number[] {
  const all = Array.from({ length: data.length / sector }, (_, index) => index);
  const fate = random.pick(['all', 'none', 'some']);
  if (fate === 'some') return all.filter(() => random.chance(0.5));
  return fate === 'all' ? all : [];
}

/**
 * Brings a copy of the disk, as it was before the guest booted, to what is left after the cut: all that was flushed, and
 * of the rest what chance has left. Returns how many writes were lost, in whole or in part.
 */
export function cutPower(disk: string, log: WriteLog, random: SeededRandom): number {
  const descriptor = openSync(disk, 'r+');
  let hurt = 0;
  try {
    for (const [index, write] of log.writes.entries()) {
      if (index < log.flushed || write.forced) {
        writeSync(descriptor, write.data, 0, write.data.length, write.at);
        continue;
      }
      const left = survivors(write, random);
      for (const each of left) writeSync(descriptor, write.data, each * sector, sector, write.at + each * sector);
      if (left.length * sector < write.data.length) hurt += 1;
    }
  } finally {
    closeSync(descriptor);
  }
  return hurt;
}
