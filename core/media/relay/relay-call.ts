import type { Clock, Disposable } from '#core/foundation/index.ts';
import { OffhookError } from '#contract/errors.ts';
import type { CodecName } from '../media-leg.ts';
import { AudioStream } from '../rtp/audio-stream.ts';
import type { RtpView } from '../rtp/rtp-packet.ts';
import type { RtpSocketPair } from '../rtp/rtp-socket-pair.ts';
import { UdpRtpTransport } from '../rtp/udp-rtp-transport.ts';
import type { NegotiatedAudio } from '../sdp/audio-negotiation.ts';
import type { DtlsCertificate } from '../webrtc/dtls-session.ts';
import type { NearSide } from './near-side.ts';
import type { LegReport } from './relay-protocol.ts';
import { silencePacket } from './silence.ts';
import { SyntheticSide } from './synthetic-side.ts';
import { WindowSide } from './window-side.ts';

export interface RelayCallOptions {
  legId: number;
  pair: RtpSocketPair;
  endpoint: 'window' | 'synthetic';
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  certificate: Promise<DtlsCertificate>;
  report: (report: LegReport) => void;
}

/** One call in the relay: RTP to the far end, a window or the synthetic endpoint here, packets passed between them. */
export class RelayCall implements Disposable {
  private readonly options: RelayCallOptions;
  private readonly transport: UdpRtpTransport;
  private readonly far: AudioStream;
  private near: NearSide | null = null;
  private offers = 0;
  private media: NegotiatedAudio | null = null;
  private held = false;
  private muted = false;
  private awaitsAudio = false;
  private disposed = false;

  constructor(options: RelayCallOptions) {
    const { clock, randomBytes, legId, report } = options;
    this.options = options;
    this.transport = new UdpRtpTransport(options.pair, clock);
    const cname = randomBytes(9).toString('base64url');
    this.far = new AudioStream({ transport: this.transport, clock, randomBytes, cname });
    this.far.onAudio = (view, codec) => this.fromFar(view, codec);
    this.far.onDigit((digit) => report({ kind: 'digit', legId, digit }));
    this.far.onQuality((quality) => report({ kind: 'quality', legId, quality }));
    if (options.endpoint === 'synthetic') this.near = this.createSynthetic();
  }

  negotiated(media: NegotiatedAudio): void {
    const moved = media.address !== this.media?.address || media.port !== this.media.port;
    if (moved) this.awaitsAudio = true;
    this.media = media;
    this.transport.setRemote(media);
    this.far.configure(media);
    this.near?.setCodec(media.codec);
    this.applyGate();
  }

  setGate(held: boolean, muted: boolean): void {
    this.held = held;
    this.muted = muted;
    this.applyGate();
  }

  /** A window's offer: the first, or a new window's. The connection before it is closed. */
  async answerWindow(offer: string): Promise<string> {
    const turn = ++this.offers;
    const side = await WindowSide.open({
      clock: this.options.clock,
      randomBytes: this.options.randomBytes,
      certificate: await this.options.certificate,
      onState: (state) => {
        if (this.near === side) this.options.report({ kind: 'endpoint-state', legId: this.options.legId, state });
      },
      onAudio: (view, codec) => {
        if (this.near === side) this.fromNear(view, codec);
      },
    });
    if (this.disposed || turn !== this.offers) {
      side.dispose();
      throw new OffhookError('audio.failed', { detail: 'the call or the window has gone' });
    }
    try {
      if (this.media) side.setCodec(this.media.codec);
      const answer = side.answer(offer);
      this.near?.dispose();
      this.near = side;
      return answer;
    } catch (error) {
      side.dispose();
      throw error;
    }
  }

  sendDigits(digits: string): Promise<void> {
    return this.far.sendDigits(digits);
  }

  setTone(frequency: number | null): void {
    if (this.near instanceof SyntheticSide) this.near.setTone(frequency);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    const { malformed, unknownType, writer } = this.far;
    const { counters } = this.transport;
    const window = this.near instanceof WindowSide ? prefixed(this.near.counters) : {};
    const all = {
      ...counters,
      ...window,
      malformed: counters.malformed + malformed,
      unknownType,
      sent: writer.packets,
    };
    this.options.report({ kind: 'summary', legId: this.options.legId, counters: all });
    this.near?.dispose();
    this.far.dispose();
    this.transport.dispose();
  }

  private fromFar(view: RtpView, codec: CodecName): void {
    if (this.awaitsAudio) {
      this.awaitsAudio = false;
      this.options.report({ kind: 'remote-audio', legId: this.options.legId });
    }
    // A far end that holds us may still send music, whatever direction it wrote; our own hold is silent.
    if (!this.held) this.near?.hear(view, codec);
  }

  private fromNear(view: RtpView, codec: CodecName): void {
    // For a moment the window may still send the codec before the negotiated one.
    if (codec !== this.far.codec) return;
    if (this.muted) silencePacket(view, codec);
    this.far.forward(view, codec);
  }

  private applyGate(): void {
    const direction = this.media?.direction;
    this.far.sendEnabled = !this.held && (direction === 'sendrecv' || direction === 'sendonly');
  }

  private createSynthetic(): SyntheticSide {
    const { clock, legId, report } = this.options;
    return new SyntheticSide({
      clock,
      sendFrame: (payload, samples) => {
        if (!this.muted) this.far.sendFrame(payload, samples);
      },
      onTone: ({ frequency, level }) => report({ kind: 'tone', legId, frequency, level, at: clock.now() }),
    });
  }
}

function prefixed(counters: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counters).map(([name, count]) => [`window.${name}`, count]));
}
