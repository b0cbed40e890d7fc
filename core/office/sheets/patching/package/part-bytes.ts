import type { FileHandle } from 'node:fs/promises';
import { largestSheet, readPart, type ZipEntry } from '#core/contacts/directories/sheets/index.ts';

/** A part as it is unpacked. */
export async function* partBytes(handle: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  for await (const { bytes } of readPart(handle, entry, largestSheet)) yield bytes;
}
