import type { AudioQuality } from '#contract/ipc/index.ts';
import { Emitter, type Clock, type Disposable } from '#core/foundation/index.ts';
import type { CodecName } from '../media-leg.ts';
import type { AgreedFormats } from '../sdp/agree-on-formats.ts';
import { clockRateOf, type FormatName } from '../sdp/audio-format.ts';
import { compactNtp, readReports, writeReport, type ReportBlock } from './rtcp.ts';
import { ReceptionStatistics } from './reception-statistics.ts';
import { readRtp, RtpView } from './rtp-packet.ts';
import type { RtpTransport } from './rtp-transport.ts';
import { RtpWriter } from './rtp-writer.ts';
import { TelephoneEventReceiver, TelephoneEventSender } from './telephone-event.ts';

/** ms between RTCP reports, and between quality figures. RFC 3550 6.2 asks for 5 s at the least for small sessions, reduced where both are few. */
const reportInterval = 2500;

export type StreamFormats = Pick<AgreedFormats, 'codec' | 'sendTypes' | 'receiveTypes' | 'events'>;

export interface AudioStreamOptions {
  transport: RtpTransport;
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  /** RTCP CNAME; says nothing about the person. */
  cname: string;
}

/**
 * One party's audio, either way, over any transport: payload types, digits, reports, counters. Two of them make a bridge
 * (`bridgeStreams`); with a player or a detector one alone is an announcement or an echo. The transport stays the caller's.
 */
export class AudioStream implements Disposable {
  /** Whether audio may go out. Digits still do: a held party may dial. */
  sendEnabled = true;
  /** Whether received audio is passed on. */
  receiveEnabled = true;
  /** Each audio packet from the party; `view` is valid during the call only. */
  onAudio: (view: RtpView, codec: CodecName) => void = () => {};
  /** Each telephone-event packet, for bridging. */
  onEventPacket: (view: RtpView) => void = () => {};
  /** Packets that were no valid RTP or had a payload type that was not negotiated. */
  malformed = 0;
  unknownType = 0;
  /** Monotonic ms of the last valid packet; null before the first. */
  heardAt: number | null = null;
  readonly writer: RtpWriter;
  private readonly transport: RtpTransport;
  private readonly clock: Clock;
  private readonly cname: string;
  private readonly view = new RtpView();
  private readonly statistics = new ReceptionStatistics();
  private readonly eventReceiver = new TelephoneEventReceiver();
  private readonly eventSender: TelephoneEventSender;
  private readonly digit = new Emitter<string>();
  private readonly quality = new Emitter<AudioQuality>();
  private readonly timer: Disposable;
  private formats: StreamFormats | null = null;
  private roundTrip: number | null = null;
  private lastSenderReport = { compact: 0, heardAt: 0 };

  constructor({ transport, clock, randomBytes, cname }: AudioStreamOptions) {
    this.transport = transport;
    this.clock = clock;
    this.cname = cname;
    this.writer = new RtpWriter(transport, clock, randomBytes);
    this.eventSender = new TelephoneEventSender(this.writer, clock);
    transport.onRtp = (buffer, length) => this.receive(buffer, length);
    transport.onRtcp = (buffer, length) => this.receiveReports(buffer, length);
    this.timer = clock.every(reportInterval, () => this.report());
  }

  readonly onDigit = this.digit.event;
  readonly onQuality = this.quality.event;

  /** After each negotiation. */
  configure(formats: StreamFormats): void {
    if (formats.codec !== this.formats?.codec) this.writer.breakSource();
    this.formats = formats;
    this.writer.clockRate = clockRateOf(formats.codec);
    this.eventSender.setFormat(formats.events);
  }

  get codec(): CodecName | null {
    return this.formats?.codec ?? null;
  }

  /** Passes on a packet of another stream; false where the party did not negotiate its codec, or must not hear it now. */
  forward(view: RtpView, format: FormatName): boolean {
    const payloadType = this.formats?.sendTypes[format];
    if (payloadType === undefined || !this.sendEnabled || this.eventSender.sending) {
      this.writer.breakSource();
      return false;
    }
    this.writer.forward(view, payloadType);
    return true;
  }

  /**
   * Sends a frame of a player in the negotiated codec.
   * @param samples timestamp ticks that it lasts: 160 for 20 ms at 8 kHz (and for G722), 960 for opus
   */
  sendFrame(payload: Buffer, samples: number): void {
    const payloadType = this.formats && this.formats.sendTypes[this.formats.codec];
    if (payloadType == null || !this.sendEnabled || this.eventSender.sending) return;
    this.writer.nextFrame(payload, payloadType, samples);
  }

  /** RFC 4733; see `MediaLeg.sendDigits`. */
  sendDigits(text: string): Promise<void> {
    return this.eventSender.send(text);
  }

  dispose(): void {
    this.timer.dispose();
    this.eventSender.dispose();
    this.transport.onRtp = this.transport.onRtcp = () => {};
    this.digit.dispose();
    this.quality.dispose();
  }

  private receive(buffer: Buffer, length: number): void {
    const { view, formats } = this;
    if (readRtp(buffer, length, view) !== null) return void this.malformed++;
    const format = formats?.receiveTypes.get(view.payloadType);
    if (format === undefined) return void this.unknownType++;
    const now = this.clock.monotonic();
    this.heardAt = now;
    this.statistics.add(view, this.writer.clockRate, now);
    if (format !== 'telephone-event') {
      if (this.receiveEnabled) this.onAudio(view, format);
      return;
    }
    const digit = this.eventReceiver.receive(view);
    if (digit !== null) this.digit.fire(digit);
    this.onEventPacket(view);
  }

  private receiveReports(buffer: Buffer, length: number): void {
    const now = this.clock.now();
    for (const report of readReports(buffer, length)) {
      if (report.senderReport !== null) this.lastSenderReport = { compact: report.senderReport, heardAt: now };
      const mine = report.blocks.find((block) => block.ssrc === this.writer.ssrc);
      if (!mine?.lastSenderReport) continue;
      const ticks = (compactNtp(now) - mine.lastSenderReport - mine.delaySinceLast) | 0;
      if (ticks >= 0) this.roundTrip = (ticks * 1000) / 65536;
    }
  }

  private report(): void {
    const { statistics, writer } = this;
    if (!this.formats || (statistics.received === 0 && writer.packets === 0)) return;
    const now = this.clock.now();
    const fractionLost = statistics.takeFractionLost();
    const sender =
      writer.packets > 0 ? { at: now, timestamp: writer.now, packets: writer.packets, octets: writer.octets } : null;
    const block = statistics.received > 0 ? this.block(fractionLost, now) : null;
    const { buffer, length } = writeReport(writer.ssrc, this.cname, sender, block);
    this.transport.sendRtcp(buffer, length);
    this.quality.fire({
      lossPercent: fractionLost * 100,
      jitterMilliseconds: (statistics.jitter * 1000) / writer.clockRate,
      roundTripMilliseconds: this.roundTrip,
    });
  }

  private block(fractionLost: number, now: number): ReportBlock {
    const { ssrc, lost, extendedHighest, jitter } = this.statistics;
    const { compact, heardAt } = this.lastSenderReport;
    const delaySinceLast = compact === 0 ? 0 : Math.round(((now - heardAt) * 65536) / 1000);
    return { ssrc, fractionLost, lost, extendedHighest, jitter, lastSenderReport: compact, delaySinceLast };
  }
}

/** Joins two parties: audio and telephone events pass both ways, unchanged. The disposable parts them. */
export function bridgeStreams(a: AudioStream, b: AudioStream): Disposable {
  const join = (from: AudioStream, to: AudioStream) => {
    from.onAudio = (view, codec) => void to.forward(view, codec);
    from.onEventPacket = (view) => void to.forward(view, 'telephone-event');
  };
  join(a, b);
  join(b, a);
  return {
    dispose() {
      for (const stream of [a, b]) {
        stream.onAudio = () => {};
        stream.onEventPacket = () => {};
        stream.writer.breakSource();
      }
    },
  };
}
