/** Samples of one channel. */
export interface WavAudio {
  sampleRate: number;
  channels: Int16Array[];
}

/** Reads 16-bit PCM WAV, as sound recorders and baresip write it. Throws a `RangeError` on anything else. */
export function readWav(file: Buffer): WavAudio {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw new RangeError('not a WAV file');
  let format: { channels: number; sampleRate: number } | null = null;
  for (let offset = 12; offset + 8 <= file.length;) {
    const id = file.toString('latin1', offset, offset + 4);
    const size = file.readUInt32LE(offset + 4);
    const start = offset + 8;
    if (id === 'fmt ') {
      if (file.readUInt16LE(start + 14) !== 16) throw new RangeError('not 16-bit');
      format = { channels: file.readUInt16LE(start + 2), sampleRate: file.readUInt32LE(start + 4) };
    } else if (id === 'data' && format) return cut(file.subarray(start, Math.min(start + size, file.length)), format);
    offset = start + size + (size % 2);
  }
  throw new RangeError('no samples in the WAV file');
}

function cut(data: Buffer, format: { channels: number; sampleRate: number }): WavAudio {
  const length = Math.floor(data.length / 2 / format.channels);
  const channels = Array.from({ length: format.channels }, (_, channel) => {
    const samples = new Int16Array(length);
    for (let i = 0; i < length; i++) samples[i] = data.readInt16LE((i * format.channels + channel) * 2);
    return samples;
  });
  return { sampleRate: format.sampleRate, channels };
}

export function writeWav({ sampleRate, channels }: WavAudio): Buffer {
  const length = channels[0]?.length ?? 0;
  const dataSize = length * channels.length * 2;
  const file = Buffer.alloc(44 + dataSize);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + dataSize, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * channels.length * 2, 28);
  file.writeUInt16LE(channels.length * 2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataSize, 40);
  for (let i = 0; i < length; i++) {
    channels.forEach((samples, channel) => file.writeInt16LE(samples[i]!, 44 + (i * channels.length + channel) * 2));
  }
  return file;
}
