/** The two voices of a call as they are now, for whoever listens along. */
export interface CallVoices {
  /** What goes out: the microphone (silent while muted or on hold), or silence where there is none. */
  microphone: MediaStreamTrack | null;
  /** What comes in; null before the far end is connected. */
  remote: MediaStream | null;
  /** False while the user does not hear the far end: a held call. */
  heard: boolean;
}

export const noVoices: CallVoices = { microphone: null, remote: null, heard: true };
