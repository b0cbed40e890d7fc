import type { Clock, Disposable } from '#core/foundation/index.ts';
import type { CodecName } from '../media-leg.ts';
import { AudioStream } from '../rtp/audio-stream.ts';
import type { RtpView } from '../rtp/rtp-packet.ts';
import type { DtlsCertificate } from '../webrtc/dtls-session.ts';
import { WebRtcTransport } from '../webrtc/web-rtc-transport.ts';
import type { NearSide } from './near-side.ts';
import { answerWindow } from './window-answer.ts';

/** ms without packets from the window after which the way to it counts as lost. */
const lostAfter = 2000;
/** ms for ICE and DTLS on one machine. */
const connectedWithin = 5000;
const checkInterval = 250;

export interface WindowSideOptions {
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  certificate: DtlsCertificate;
  onState: (state: 'connected' | 'lost') => void;
  onAudio: (view: RtpView, codec: CodecName) => void;
}

/** The local WebRTC connection to a window. One connection; a reloaded window gets another `WindowSide`. */
export class WindowSide implements NearSide {
  private readonly options: WindowSideOptions;
  private readonly transport: WebRtcTransport;
  private readonly stream: AudioStream;
  private readonly watch: Disposable;
  private readonly openedAt: number;
  private formats: ReturnType<typeof answerWindow>['formats'] | null = null;
  private codec: CodecName = 'PCMA';
  private connectedAt: number | null = null;
  private state: 'connecting' | 'connected' | 'lost' = 'connecting';

  static async open(options: WindowSideOptions): Promise<WindowSide> {
    const { certificate, randomBytes } = options;
    return new WindowSide(await WebRtcTransport.open({ address: '127.0.0.1', certificate, randomBytes }), options);
  }

  private constructor(transport: WebRtcTransport, options: WindowSideOptions) {
    const { clock, randomBytes } = options;
    this.options = options;
    this.transport = transport;
    this.openedAt = clock.monotonic();
    this.stream = new AudioStream({ transport, clock, randomBytes, cname: 'offhook' });
    this.stream.onAudio = options.onAudio;
    transport.onState = (state) => {
      if (state === 'connected') this.connectedAt = clock.monotonic();
      this.check(state === 'closed' || state === 'failed');
    };
    this.watch = clock.every(checkInterval, () => this.check(false));
  }

  /** Takes the window's offer and returns the answer. Throws an `OffhookError` on an offer that cannot be used. */
  answer(offer: string): string {
    const { sdp, remote, formats } = answerWindow(offer, this.transport.own, this.stream.writer.ssrc, this.codec);
    this.formats = formats;
    this.transport.setRemote(remote, 'server');
    this.stream.configure({ codec: this.codec, ...formats });
    return sdp;
  }

  setCodec(codec: CodecName): void {
    this.codec = codec;
    if (this.formats) this.stream.configure({ codec, ...this.formats });
  }

  hear(view: RtpView, codec: CodecName): void {
    if (this.connectedAt !== null) this.stream.forward(view, codec);
  }

  get counters(): Record<string, number> {
    return { ...this.transport.counters };
  }

  dispose(): void {
    this.watch.dispose();
    this.stream.dispose();
    this.transport.dispose();
  }

  private check(ended: boolean): void {
    const now = this.options.clock.monotonic();
    const heardAt = this.stream.heardAt ?? this.connectedAt;
    const alive =
      this.connectedAt === null ? now - this.openedAt < connectedWithin : heardAt !== null && now - heardAt < lostAfter;
    const state = ended || !alive ? 'lost' : this.connectedAt === null ? 'connecting' : 'connected';
    if (state === this.state) return;
    this.state = state;
    if (state !== 'connecting') this.options.onState(state);
    if (ended) this.watch.dispose();
  }
}
