/** A track that carries silence: a call without a microphone still sends packets, so the far end hears a line, not a fault. */
export function silentTrack(context: AudioContext): MediaStreamTrack | null {
  const destination = context.createMediaStreamDestination();
  destination.channelCount = 1;
  const source = context.createConstantSource();
  source.offset.value = 0;
  source.connect(destination);
  source.start();
  void context.resume();
  return destination.stream.getAudioTracks()[0] ?? null;
}
