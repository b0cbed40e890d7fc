import type { RtpView } from './rtp-packet.ts';

/** RFC 3550 A.1, A.3 and A.8 for one source at a time. */
export class ReceptionStatistics {
  received = 0;
  /** In timestamp units, smoothed as RFC 3550 asks. */
  jitter = 0;
  ssrc = 0;
  private base = 0;
  private highest = 0;
  private cycles = 0;
  private transit: number | null = null;
  private priorExpected = 0;
  private priorReceived = 0;
  private started = false;

  /** @param now monotonic ms */
  add(view: RtpView, clockRate: number, now: number): void {
    if (!this.started || view.ssrc !== this.ssrc || this.jumped(view.sequence)) this.restart(view);
    else if (((view.sequence - this.highest) & 0xffff) < 0x8000) {
      if (view.sequence < this.highest) this.cycles += 0x10000;
      this.highest = view.sequence;
    }
    this.received++;
    const transit = (now * clockRate) / 1000 - view.timestamp;
    if (this.transit !== null) {
      const difference = Math.abs(transit - this.transit);
      // A new timestamp base is not jitter.
      if (difference < clockRate) this.jitter += (difference - this.jitter) / 16;
    }
    this.transit = transit;
  }

  get extendedHighest(): number {
    return (this.cycles + this.highest) >>> 0;
  }

  /** Packets that never came, since the source began. */
  get lost(): number {
    return this.started ? Math.max(0, this.expected - this.received) : 0;
  }

  /** 0–1, since the last call of this method. */
  takeFractionLost(): number {
    const expected = this.expected - this.priorExpected;
    const received = this.received - this.priorReceived;
    this.priorExpected = this.expected;
    this.priorReceived = this.received;
    return expected > 0 ? Math.min(1, Math.max(0, (expected - received) / expected)) : 0;
  }

  private get expected(): number {
    return this.started ? this.cycles + this.highest - this.base + 1 : 0;
  }

  private jumped(sequence: number): boolean {
    const ahead = (sequence - this.highest) & 0xffff;
    return ahead > 3000 && ahead < 0x10000 - 100;
  }

  private restart(view: RtpView): void {
    this.started = true;
    this.ssrc = view.ssrc;
    this.base = this.highest = view.sequence;
    this.cycles = this.received = this.priorExpected = this.priorReceived = 0;
    this.transit = null;
  }
}
