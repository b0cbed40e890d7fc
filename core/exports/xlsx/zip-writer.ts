import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { OffhookError } from '#contract/errors.ts';
import type { ByteSink } from '../export-table.ts';

/** Beyond these a ZIP file needs fields of 64 bits, which not every reader knows. */
const longest = 0xffff_ffff;
/** 1 January 1980: what is inside has no date of its own. */
const dosDate = 0x0021;
/** Sizes come after the data (bit 3), names are UTF-8 (bit 11). */
const flags = 0x0808;
/** Of 1 to 9: above this, sheets become little smaller, and take much longer. */
const level = 4;

interface Entry {
  name: Buffer;
  offset: number;
  checksum: number;
  /** Bytes before and after deflation. */
  size: number;
  packed: number;
}

/**
 * A ZIP file written from the beginning to the end, one entry after the other, whatever its size in little memory
 * (APPNOTE.TXT 4.3). exceljs writes such files too, but does not wait for what it writes: its memory grows with the rows.
 */
export class ZipWriter {
  private readonly sink: ByteSink;
  private readonly done: Entry[] = [];
  private open: { entry: Entry; deflate: DeflateRaw; packed: Buffer[] } | null = null;
  private offset = 0;

  constructor(sink: ByteSink) {
    this.sink = sink;
  }

  /** Ends the entry before, if there is one. */
  async begin(name: string): Promise<void> {
    await this.end();
    const entry: Entry = { name: Buffer.from(name, 'utf8'), offset: this.offset, checksum: 0, size: 0, packed: 0 };
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x0403_4b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(flags, 6);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(dosDate, 12);
    header.writeUInt16LE(entry.name.length, 26);
    this.put(header, entry.name);
    const deflate = createDeflateRaw({ level, chunkSize: 64 * 1024 });
    const packed: Buffer[] = [];
    deflate.on('data', (chunk: Buffer) => packed.push(chunk));
    this.open = { entry, deflate, packed };
  }

  /** Adds to the entry that was begun. */
  async write(text: string): Promise<void> {
    const { entry, deflate } = this.opened();
    const bytes = Buffer.from(text, 'utf8');
    entry.checksum = crc32(bytes, entry.checksum);
    entry.size += bytes.length;
    await new Promise<void>((resolve, reject) => deflate.write(bytes, (error) => (error ? reject(error) : resolve())));
    this.drain();
  }

  /** Writes the directory of the entries. */
  async finish(): Promise<void> {
    await this.end();
    const start = this.offset;
    for (const entry of this.done) this.put(directoryHeader(entry), entry.name);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x0605_4b50, 0);
    end.writeUInt16LE(this.done.length, 8);
    end.writeUInt16LE(this.done.length, 10);
    end.writeUInt32LE(this.offset - start, 12);
    end.writeUInt32LE(start, 16);
    this.put(end);
  }

  private async end(): Promise<void> {
    if (!this.open) return;
    const { entry, deflate } = this.open;
    await new Promise<void>((resolve, reject) => deflate.once('end', resolve).once('error', reject).end());
    this.drain();
    this.open = null;
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x0807_4b50, 0);
    writeSizes(descriptor, 4, entry);
    this.put(descriptor);
    this.done.push(entry);
  }

  private opened() {
    if (!this.open) throw new Error('no entry was begun');
    return this.open;
  }

  private drain(): void {
    const { entry, packed } = this.opened();
    for (const chunk of packed.splice(0)) {
      entry.packed += chunk.length;
      this.put(chunk);
    }
    if (entry.size > longest) throw tooLarge();
  }

  private put(...parts: Buffer[]): void {
    for (const part of parts) {
      this.offset += part.length;
      if (this.offset > longest) throw tooLarge();
      this.sink(part);
    }
  }
}

function tooLarge(): OffhookError {
  return new OffhookError('export.failed', { detail: 'a file of more than 4 GiB' });
}

function writeSizes(header: Buffer, at: number, { checksum, packed, size }: Entry): void {
  header.writeUInt32LE(checksum, at);
  header.writeUInt32LE(packed, at + 4);
  header.writeUInt32LE(size, at + 8);
}

function directoryHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(8, 10);
  header.writeUInt16LE(dosDate, 14);
  writeSizes(header, 16, entry);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt32LE(entry.offset, 42);
  return header;
}
