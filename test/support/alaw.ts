/** A-law by ITU-T G.711, 8000 Hz, of a sine at −12 dBFS: what sipp's `rtp_stream` plays. Own code, to check the product's. */
export function toneAlaw(frequency: number, seconds: number): Buffer {
  const data = Buffer.alloc(8000 * seconds);
  for (let i = 0; i < data.length; i++) data[i] = encode(Math.round(8192 * Math.sin((2 * Math.PI * frequency * i) / 8000)));
  return data;
}

function encode(sample: number): number {
  // 16-bit sample to the 13 bits of the standard; negative values are one's complement.
  const negative = sample < 0;
  const magnitude = Math.min((negative ? -sample - 1 : sample) >> 3, 4095);
  let segment = 0;
  while (segment < 7 && magnitude >> (segment + 5) > 0) segment++;
  const low = segment < 2 ? (magnitude >> 1) & 15 : (magnitude >> segment) & 15;
  return ((segment << 4) | low) ^ (negative ? 0x55 : 0xd5);
}
