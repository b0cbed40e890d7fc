/** The packets of an Ogg stream (RFC 3533), without the two header packets of Opus (RFC 7845 3). */
export function readOpusPackets(file: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let pieces: Buffer[] = [];
  for (let offset = 0; offset < file.length; ) {
    if (file.toString('latin1', offset, offset + 4) !== 'OggS') throw new RangeError(`no Ogg page at byte ${offset}`);
    const count = file[offset + 26]!;
    let at = offset + 27 + count;
    for (const size of file.subarray(offset + 27, offset + 27 + count)) {
      pieces.push(file.subarray(at, at + size));
      at += size;
      // 255 says that the packet goes on.
      if (size === 255) continue;
      packets.push(Buffer.concat(pieces));
      pieces = [];
    }
    offset = at;
  }
  return packets.slice(2);
}
