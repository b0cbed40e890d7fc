// Runs in the page before its own scripts: an ear on every remote track, by which the demonstration and the browser
// tests hear what the user would hear. Plain JavaScript, because a page reads it as it is.
(() => {
  const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  // A steady tone that comes back is exactly what echo cancellation is there to remove.
  navigator.mediaDevices.getUserMedia = (constraints) => {
    if (!constraints?.audio) return getUserMedia(constraints);
    const audio = typeof constraints.audio === 'object' ? constraints.audio : {};
    return getUserMedia({ ...constraints, audio: { ...audio, echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  };

  const ears = [];
  let context = null;

  function listen(track) {
    context ??= new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0, minDecibels: -120 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    ears.push({ analyser, track });
  }

  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener('track', ({ track }) => track.kind === 'audio' && listen(track));
    }
  };

  function strongest({ analyser }) {
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const width = analyser.context.sampleRate / analyser.fftSize;
    let peak = Math.ceil(100 / width);
    for (let bin = peak; bin < levels.length; bin += 1) if (levels[bin] > levels[peak]) peak = bin;
    const speech = [...levels.subarray(Math.ceil(100 / width), Math.floor(3400 / width))].sort((a, b) => a - b);
    const median = speech[Math.floor(speech.length / 2)];
    return { frequency: peak * width, decibels: levels[peak], aboveMedian: levels[peak] - median };
  }

  /** The strongest frequency (Hz) that is heard in any live track, its level (dBFS), and how far it stands out (dB). */
  window.offhookEar = () =>
    ears
      .filter(({ track }) => track.readyState === 'live')
      .map(strongest)
      .reduce((best, sound) => (sound.decibels > best.decibels ? sound : best), { frequency: 0, decibels: -Infinity, aboveMedian: 0 });
})();
