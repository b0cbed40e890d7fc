import { OffhookError } from '#contract/errors.ts';
import { recordingChunkBytes } from '#contract/ipc/index.ts';
import type { DemoBridge } from '#renderer/bridge/demo-bridge.ts';
import { waveOf } from '#renderer/features/recordings/wave-form.ts';
import { toBase64 } from '#renderer/media/base64.ts';

const rate = 8000;

/** Two hummed voices in turns, −1 to 1. */
export function hum(seconds: number): [Float32Array, Float32Array] {
  const voice = (own: number, pitch: number) =>
    Float32Array.from({ length: seconds * rate }, (_, at) => {
      const time = at / rate;
      const speaks = Math.floor(time / 6) % 2 === own ? 1 : 0.01;
      const syllables = Math.max(0, Math.sin(2 * Math.PI * (1.7 + 0.4 * Math.sin(time)) * time)) ** 0.7;
      return 0.5 * speaks * syllables * (0.6 + 0.4 * Math.sin(time * 0.9)) * Math.sin(2 * Math.PI * pitch * time);
    });
  return [voice(0, 170), voice(1, 240)];
}

/** WAV, 16 bits, stereo. */
function wav(left: Float32Array, right: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(44 + left.length * 4));
  const word = (at: number, text: string) =>
    [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, 36 + left.length * 4, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 4, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, left.length * 4, true);
  for (let at = 0; at < left.length; at++) {
    view.setInt16(44 + at * 4, Math.round(left[at]! * 32767), true);
    view.setInt16(46 + at * 4, Math.round(right[at]! * 32767), true);
  }
  return new Uint8Array(view.buffer);
}

/** Gives the recordings of the gallery's agent a sound; those of the PBX come without a wave form. */
export function answerRecordings(bridge: DemoBridge): void {
  const voices = hum(72);
  const file = wav(...voices);
  const find = (id: string) => bridge.state.recordings.find((each) => each.id === id);
  const waves = new Map<string, string>();
  bridge.answer('recordings.read', ({ recordingId, offset }) => {
    if (find(recordingId)?.state !== 'complete') throw new OffhookError('recording.missing');
    const chunk = file.subarray(offset, offset + recordingChunkBytes);
    const end = offset + chunk.length;
    return { chunk: toBase64(chunk), bytes: file.length, next: end < file.length ? end : null };
  });
  bridge.answer('recordings.peaks', ({ recordingId }) => {
    const computed = find(recordingId)?.source === 'computer' ? toBase64(waveOf(...voices)) : null;
    return { peaks: waves.get(recordingId) ?? computed };
  });
  bridge.answer('recordings.savePeaks', ({ recordingId, peaks }) => {
    waves.set(recordingId, peaks);
    return {};
  });
}
