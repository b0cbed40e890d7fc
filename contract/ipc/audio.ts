import { z } from 'zod';
import { errorReport } from '../errors.ts';
import { audioQuality, callId } from './calls.ts';

/** Opaque SDP text (RFC 8866). 64 KiB is far above what any browser writes. */
const sdp = z.string().max(65536);

/** The transceiver's direction for this offer or answer: `sendonly` is our hold. A relay's connection is always `sendrecv`. */
const audioDirection = z.enum(['sendrecv', 'sendonly']);

/**
 * The agent drives the window's peer connections by these. One peer connection a call, negotiated once (the relay),
 * or as the PBX asks (a WebRTC line). `create-offer` opens the connection where there is none yet, or renews it.
 */
export const audioRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create-offer'),
    callId,
    leg: z.enum(['relay', 'webrtc']),
    /** Makes a new connection even if there is one: after a reload, or when a path was lost. */
    fresh: z.boolean(),
    stunServer: z.string().nullable(),
    direction: audioDirection,
  }),
  z.object({
    kind: z.literal('create-answer'),
    callId,
    leg: z.literal('webrtc'),
    sdp,
    stunServer: z.string().nullable(),
    direction: audioDirection,
  }),
  z.object({ kind: z.literal('apply-answer'), callId, sdp }),
  /** Takes back a local offer that the PBX refused: `setLocalDescription({ type: 'rollback' })`. WebRTC lines only. */
  z.object({ kind: z.literal('rollback'), callId }),
  /** RTCDTMFSender, 100 ms a tone and 100 ms apart; the reply (sdp null) comes when the last tone is out. WebRTC lines only. */
  z.object({ kind: z.literal('send-digits'), callId, digits: z.string().max(64).regex(/^[0-9*#A-D,]+$/) }),
]);
export type AudioRequest = z.infer<typeof audioRequest>;

export const audioCommands = {
  /** This window takes the audio; the one that had it hands it over. */
  'audio.claim': { args: z.object({}), result: z.object({}) },
  /** The answer to an `audio.request` event. */
  'audio.reply': {
    args: z.object({
      requestId: z.int(),
      outcome: z.union([z.object({ sdp: sdp.nullable() }), z.object({ error: errorReport })]),
    }),
    result: z.object({}),
  },
  /** State of a call's connection as the window sees it. */
  'audio.report': {
    args: z.object({
      callId,
      state: z.enum(['connecting', 'connected', 'lost']),
      quality: audioQuality.nullable(),
    }),
    result: z.object({}),
  },
  /** No microphone, refused permission, blocked sound; null when it is well again. */
  'audio.problem': { args: z.object({ error: errorReport.nullable() }), result: z.object({}) },
};

/** Sent to the window that owns the audio, except `audio.owner`, which every window gets. */
export const audioEvents = {
  'audio.request': z.object({ requestId: z.int(), request: audioRequest }),
  /** Which codec to send from now on: `PCMA`, `PCMU`, `G722`, `opus`. */
  'audio.codec': z.object({ callId, codec: z.string() }),
  /** Nothing of the microphone may go out (mute or hold). Sent for WebRTC lines; the relay gates its calls itself. */
  'audio.muted': z.object({ callId, muted: z.boolean() }),
  'audio.close': z.object({ callId }),
  'audio.owner': z.object({ you: z.boolean() }),
};
