import { noVoices } from './call-voices.ts';
import type { CallVoices } from './call-voices.ts';
import { PeakMeter } from './peak-meter.ts';

/** 0.7 s at 48 kHz: the longest that an analyser can look back. */
const reachSamples = 32768;

/**
 * Both voices of a call as one stereo stream: the microphone left, the far end right. What is not there is silence,
 * and the stream goes on whatever comes and goes. The call's own sound does not pass through here.
 */
export class VoiceMixer {
  readonly #context: AudioContext;
  readonly #destination: MediaStreamAudioDestinationNode;
  readonly #channels: readonly [GainNode, GainNode];
  readonly #analysers: readonly [AnalyserNode, AnalyserNode];
  #voices = noVoices;
  #microphone: MediaStreamAudioSourceNode | null = null;
  #remote: MediaStreamAudioSourceNode | null = null;

  constructor(context: AudioContext) {
    this.#context = context;
    this.#destination = context.createMediaStreamDestination();
    const merger = context.createChannelMerger(2);
    merger.connect(this.#destination);
    const [left, right] = [this.#channel(merger, 0), this.#channel(merger, 1)];
    this.#channels = [left.gain, right.gain];
    this.#analysers = [left.analyser, right.analyser];
  }

  get stream(): MediaStream {
    return this.#destination.stream;
  }

  createMeter(): PeakMeter {
    return new PeakMeter(this.#analysers, this.#context.sampleRate);
  }

  setVoices(voices: CallVoices): void {
    const before = this.#voices;
    this.#voices = voices;
    if (voices.microphone !== before.microphone) {
      this.#microphone?.disconnect();
      this.#microphone = voices.microphone && this.#lead(new MediaStream([voices.microphone]), this.#channels[0]);
    }
    if (voices.remote !== before.remote) {
      this.#remote?.disconnect();
      this.#remote = voices.remote && this.#lead(voices.remote, this.#channels[1]);
    }
    this.#channels[1].gain.value = voices.heard ? 1 : 0;
  }

  close(): void {
    this.#microphone?.disconnect();
    this.#remote?.disconnect();
    for (const channel of this.#channels) channel.disconnect();
    for (const track of this.stream.getTracks()) track.stop();
  }

  #channel(merger: ChannelMergerNode, input: number): { gain: GainNode; analyser: AnalyserNode } {
    const gain = this.#context.createGain();
    gain.channelCount = 1;
    gain.channelCountMode = 'explicit';
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = reachSamples;
    gain.connect(merger, 0, input);
    gain.connect(analyser);
    return { gain, analyser };
  }

  #lead(stream: MediaStream, channel: GainNode): MediaStreamAudioSourceNode {
    const source = this.#context.createMediaStreamSource(stream);
    source.connect(channel);
    return source;
  }
}
