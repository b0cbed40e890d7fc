/**
 * Where sound is: the window's WebRTC engine. The relay's local leg and a WebRTC line's leg both drive it.
 * Every method rejects with an `OffhookError` (`audio.no-window`, `audio.no-microphone`, `audio.microphone-refused` …).
 */
export interface AudioEndpoint {
  /** Opens a peer connection for the call (or, with `fresh`, a new one in place of the old) and returns its offer. */
  createOffer(callId: string, options: { leg: 'relay' | 'webrtc'; fresh: boolean; stunServer: string | null }): Promise<string>;
  createAnswer(callId: string, offer: string, options: { stunServer: string | null }): Promise<string>;
  applyAnswer(callId: string, answer: string): Promise<void>;
  /** Which codec the window sends from now on; ignored for WebRTC lines. */
  setCodec(callId: string, codec: string): void;
  close(callId: string): void;
}
