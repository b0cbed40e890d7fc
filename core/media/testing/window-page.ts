/** The part of a window that the relay needs, as page code: a tone for a microphone, an analyser for an ear. */
export const windowPage = `
globalThis.phone = {
  calls: {},
  open(callId, frequency) {
    this.close(callId);
    const context = this.context ??= new AudioContext();
    const peer = new RTCPeerConnection();
    const oscillator = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: 0.25 });
    const microphone = context.createMediaStreamDestination();
    oscillator.connect(gain).connect(microphone);
    oscillator.start();
    peer.addTrack(microphone.stream.getAudioTracks()[0], microphone.stream);
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    peer.ontrack = ({ track }) => {
      const stream = new MediaStream([track]);
      // Chromium pulls a remote track only while an element plays it.
      const element = new Audio();
      element.srcObject = stream;
      element.muted = true;
      element.play();
      context.createMediaStreamSource(stream).connect(analyser);
    };
    this.calls[callId] = { peer, analyser, oscillator };
    return peer;
  },
  async createOffer(callId, frequency) {
    const peer = this.open(callId, frequency);
    await peer.setLocalDescription();
    return peer.localDescription.sdp;
  },
  async createAnswer(callId, frequency, offer) {
    const peer = this.open(callId, frequency);
    await peer.setRemoteDescription({ type: 'offer', sdp: offer });
    await peer.setLocalDescription();
    return peer.localDescription.sdp;
  },
  applyAnswer(callId, sdp) {
    return this.calls[callId].peer.setRemoteDescription({ type: 'answer', sdp });
  },
  async setCodec(callId, name) {
    const [sender] = this.calls[callId].peer.getSenders();
    const parameters = sender.getParameters();
    const codec = parameters.codecs.find((entry) => entry.mimeType.toLowerCase() === 'audio/' + name.toLowerCase());
    parameters.encodings[0].codec = codec;
    await sender.setParameters(parameters);
  },
  /** Hz of the strongest bin, or 0 below -50 dB. */
  heard(callId) {
    const { analyser } = this.calls[callId];
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const peak = bins.reduce((best, level, index) => (level > bins[best] ? index : best), 0);
    return bins[peak] < -50 ? 0 : (peak * this.context.sampleRate) / analyser.fftSize;
  },
  close(callId) {
    this.calls[callId]?.peer.close();
    delete this.calls[callId];
  },
};
`;
