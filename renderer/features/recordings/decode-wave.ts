import type { Recording, RecordingMediaType } from '#contract/ipc/index.ts';
import { waveOf } from './wave-form.ts';

/** Enough to draw; Hz. */
const rate = 8000;
/** Decoding takes the whole sound into memory: about 400 MB for this much. A longer one is played without a wave form. */
const mostBytes: Record<RecordingMediaType, number> = {
  'audio/webm': 8 * 1024 * 1024,
  'audio/ogg': 8 * 1024 * 1024,
  'audio/mpeg': 32 * 1024 * 1024,
  'audio/wav': 128 * 1024 * 1024,
};

export function isDrawable({ bytes, mediaType }: Recording): boolean {
  return bytes <= mostBytes[mediaType];
}

/** Gives the length in seconds besides; rejects where the browser cannot decode the file. */
export async function decodeWave(file: Blob): Promise<{ wave: Uint8Array; seconds: number }> {
  const decoded = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await file.arrayBuffer());
  const left = decoded.getChannelData(0);
  const right = decoded.numberOfChannels > 1 ? decoded.getChannelData(1) : left;
  return { wave: waveOf(left, right), seconds: decoded.duration };
}
