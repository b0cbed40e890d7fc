import { recordingChunkBytes } from '#contract/ipc/index.ts';
import type { CommandHandlers } from '../agent-bridge.ts';
import type { HandlerDependencies } from '../handler-dependencies.ts';

const bytesOf = (base64: string) => Buffer.from(base64, 'base64');
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

export function recordingHandlers({ recordings, openRecordings }: HandlerDependencies) {
  return {
    'recordings.start': async ({ callId }, client) => ({ recordingId: await openRecordings.start(callId, client) }),
    'recordings.append': async ({ recordingId, offset, chunk, peaks }, client) => {
      await openRecordings.append(recordingId, client, offset, bytesOf(chunk), bytesOf(peaks));
      return {};
    },
    'recordings.finish': async ({ recordingId, durationMilliseconds }, client) => {
      await openRecordings.finish(recordingId, client, durationMilliseconds);
      return {};
    },
    'recordings.list': ({ callId }) => recordings.list(callId),
    'recordings.read': async ({ recordingId, offset }) => {
      const { chunk, bytes } = await recordings.read(recordingId, offset, recordingChunkBytes);
      const end = offset + chunk.length;
      return { chunk: textOf(chunk), bytes, next: chunk.length > 0 && end < bytes ? end : null };
    },
    'recordings.peaks': async ({ recordingId }) => {
      const peaks = await recordings.peaks(recordingId);
      return { peaks: peaks && textOf(peaks) };
    },
    'recordings.savePeaks': async ({ recordingId, peaks }) => {
      await recordings.savePeaks(recordingId, bytesOf(peaks));
      return {};
    },
    'recordings.remove': async ({ recordingId }) => {
      await recordings.remove(recordingId);
      return {};
    },
  } satisfies Partial<CommandHandlers>;
}
