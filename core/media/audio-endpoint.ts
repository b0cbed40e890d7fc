import type { AudioQuality } from '#contract/ipc/index.ts';
import type { Event } from '#core/foundation/index.ts';

/** What a window says of a call's connection (`audio.report`). */
export interface AudioEndpointReport {
  callId: string;
  state: 'connecting' | 'connected' | 'lost';
  quality: AudioQuality | null;
}

/**
 * Where sound is: the window's WebRTC engine. The relay's local leg and a WebRTC line's leg both drive it.
 * Every method rejects with an `OffhookError` (`audio.no-window`, `audio.no-microphone`, `audio.microphone-refused` …).
 */
export interface AudioEndpoint {
  /** Opens a peer connection for the call (or, with `fresh`, a new one in place of the old) and returns its offer. */
  createOffer(
    callId: string,
    options: {
      leg: 'relay' | 'webrtc';
      fresh: boolean;
      stunServer: string | null;
      /** `sendonly` is our hold; a relay's connection is always `sendrecv`. */
      direction: 'sendrecv' | 'sendonly';
    },
  ): Promise<string>;
  createAnswer(
    callId: string,
    offer: string,
    options: { stunServer: string | null; direction: 'sendrecv' | 'sendonly' },
  ): Promise<string>;
  applyAnswer(callId: string, answer: string): Promise<void>;
  /** Takes back a local offer that was refused. WebRTC lines only. */
  rollback(callId: string): Promise<void>;
  /** Resolves when the last tone is out. WebRTC lines only. */
  sendDigits(callId: string, digits: string): Promise<void>;
  /** Nothing of the microphone may go out. WebRTC lines only: the relay gates its calls itself. */
  setMuted(callId: string, muted: boolean): void;
  /** Which codec the window sends from now on; ignored for WebRTC lines. */
  setCodec(callId: string, codec: string): void;
  close(callId: string): void;
  /** What the windows report of their connections. */
  readonly onReport: Event<AudioEndpointReport>;
}
