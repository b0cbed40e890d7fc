import { z } from 'zod';
import { callId } from './calls.ts';

/** Made by the agent (a UUID in small letters); files are named by it, so nothing else passes. */
export const recordingId = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'the id of a recording');

/** Bytes of sound in one message. As base64 they stay below the web shell's 256 KiB a message. */
export const recordingChunkBytes = 128 * 1024;
/** A wave form is this many moments at most, whatever the length: far more than a screen shows. */
export const mostPeaks = 4000;

const base64Of = (bytes: number) => z.base64().max(Math.ceil(bytes / 3) * 4);
const bytes = z.int().min(0);
const milliseconds = z.int().min(0);

export const recordingMediaType = z.enum(['audio/webm', 'audio/mpeg', 'audio/ogg', 'audio/wav']);
export type RecordingMediaType = z.infer<typeof recordingMediaType>;

export const recordingSource = z.enum(['computer', 'pbx']);
export type RecordingSource = z.infer<typeof recordingSource>;

export const recordingState = z.enum(['recording', 'complete', 'missing']);

export const recording = z.object({
  id: recordingId,
  /** Id of the call, and of its record. */
  callId,
  /** Made on this computer (stereo: the user left, the far end right), or fetched from the PBX. */
  source: recordingSource,
  mediaType: recordingMediaType,
  /** Unix ms. */
  startedAt: z.number(),
  /** Null while it is being made, and where a file does not tell. */
  durationMilliseconds: milliseconds.nullable(),
  /** Of the file as last seen. */
  bytes,
  /** `missing`: the file is not where it was. */
  state: recordingState,
});
export type Recording = z.infer<typeof recording>;

/**
 * A wave form, base64: two bytes a moment (left and right, 0–255 for the loudest sample's distance from zero), the
 * moments evenly over the whole recording. A recording in mono has both alike.
 */
const peaks = base64Of(mostPeaks * 2);

const one = z.object({ recordingId });

export const recordingCommands = {
  /** Begins the recording of a call that is up; this client alone may go on with it. */
  'recordings.start': { args: z.object({ callId }), result: one },
  /** The next piece of the file. `offset` is where it begins: pieces come in order, none twice, none left out. */
  'recordings.append': {
    args: z.object({
      recordingId,
      offset: bytes,
      chunk: base64Of(recordingChunkBytes),
      /** Of the sound since the last piece, two bytes for each 100 ms. */
      peaks,
    }),
    result: z.object({}),
  },
  'recordings.finish': { args: z.object({ recordingId, durationMilliseconds: milliseconds }), result: z.object({}) },
  /** Of one call, oldest first; whether each file is still there is looked at now. */
  'recordings.list': { args: z.object({ callId }), result: z.array(recording) },
  /** A piece of the file from `offset` on; `next` is null after the last one. Fails with `recording.missing`. */
  'recordings.read': {
    args: z.object({ recordingId, offset: bytes }),
    result: z.object({ chunk: z.string(), bytes, next: bytes.nullable() }),
  },
  /** Null where nobody has computed it yet. */
  'recordings.peaks': { args: one, result: z.object({ peaks: z.string().nullable() }) },
  'recordings.savePeaks': { args: z.object({ recordingId, peaks }), result: z.object({}) },
  /** The file and what is known of it. */
  'recordings.remove': { args: one, result: z.object({}) },
};

export const recordingEvents = {
  /** Recordings of these calls began, ended, vanished or were removed. */
  'recordings.changed': z.object({ callIds: z.array(callId) }),
};
