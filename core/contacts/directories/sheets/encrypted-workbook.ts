import type { FileHandle } from 'node:fs/promises';
import { readAt } from './workbook/zip-archive.ts';

/** What old Office files and encrypted new ones begin with: a file system of its own (MS-CFB 2.2). */
export const compoundSignature = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const entryName = Buffer.from('EncryptedPackage\0', 'utf16le');
const endOfChain = 0xffff_fffa;
/** Sectors of the directory that are looked at: an encrypted workbook has a dozen of entries. */
const mostSectors = 64;

/**
 * Whether a compound file holds an encrypted workbook (MS-OFFCRYPTO 2.3.4): then its directory names an
 * `EncryptedPackage`. An old .xls does not.
 */
export async function isEncryptedWorkbook(handle: FileHandle, fileSize: number): Promise<boolean> {
  if (fileSize < 512) return false;
  const header = await readAt(handle, 0, 512);
  const sectorSize = 1 << Math.min(16, header.readUInt16LE(30));
  const place = (sector: number) => (sector + 1) * sectorSize;
  const inFile = (sector: number) => sector < endOfChain && place(sector) + sectorSize <= fileSize;
  let sector = header.readUInt32LE(48);
  for (let seen = 0; seen < mostSectors && inFile(sector); seen++) {
    const entries = await readAt(handle, place(sector), sectorSize);
    for (let at = 0; at + 128 <= sectorSize; at += 128) if (entries.indexOf(entryName, at) === at) return true;
    // Where the next sector is, is in a table whose own sectors the header lists.
    const perTable = sectorSize / 4;
    const listed = Math.floor(sector / perTable);
    const table = listed < 109 ? header.readUInt32LE(76 + listed * 4) : endOfChain;
    if (!inFile(table)) return false;
    sector = (await readAt(handle, place(table) + (sector % perTable) * 4, 4)).readUInt32LE(0);
  }
  return false;
}
