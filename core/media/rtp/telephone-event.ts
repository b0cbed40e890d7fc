import type { Clock, Disposable } from '#core/foundation/index.ts';
import { OffhookError } from '#contract/errors.ts';
import type { RtpView } from './rtp-packet.ts';
import type { RtpWriter } from './rtp-writer.ts';

const digits = '0123456789*#ABCD';
/** ms. */
const packetInterval = 20;
const digitLength = 100;
const digitGap = 100;
const pauseLength = 2000;

export interface EventFormat {
  payloadType: number;
  /** Hz of the event's duration field. */
  clockRate: number;
}

/** RFC 4733 2.3: event, end bit, volume in −dBm0, duration in timestamp units. */
export function writeEvent(buffer: Buffer, event: number, end: boolean, duration: number): void {
  buffer[0] = event;
  buffer[1] = (end ? 0x80 : 0) | 10;
  buffer.writeUInt16BE(Math.min(duration, 0xffff), 2);
}

/** Finds digits in received event packets: each once, at its first packet that arrives. */
export class TelephoneEventReceiver {
  private lastTimestamp: number | null = null;
  private lastSsrc = 0;

  /** Returns the digit that begins with this packet, or null. */
  receive(view: RtpView): string | null {
    if (view.payloadLength < 4) return null;
    const digit = digits[view.buffer[view.payloadOffset]!];
    // All packets of an event carry its first timestamp (RFC 4733 2.4.1.2); a straggler of an older one is not new.
    const age = this.lastTimestamp === null ? 1 : (view.timestamp - this.lastTimestamp) | 0;
    const isNew = view.ssrc !== this.lastSsrc || age > 0;
    if (digit === undefined || !isNew) return null;
    this.lastTimestamp = view.timestamp;
    this.lastSsrc = view.ssrc;
    return digit;
  }
}

/** Sends digits as RFC 4733 events, 100 ms each and 100 ms apart; `,` is a pause of 2 s. */
export class TelephoneEventSender implements Disposable {
  private readonly writer: RtpWriter;
  private readonly clock: Clock;
  private queue: { text: string; resolve: () => void; reject: (error: Error) => void }[] = [];
  private running: Disposable | null = null;
  private format: EventFormat | null = null;

  constructor(writer: RtpWriter, clock: Clock) {
    this.writer = writer;
    this.clock = clock;
  }

  /** True from a digit's first packet to its last: no audio should be sent meanwhile. */
  sending = false;

  setFormat(format: EventFormat | null): void {
    this.format = format;
  }

  /** Resolves when the last digit is out; rejects with `call.not-possible-now` where events were not negotiated. */
  send(text: string): Promise<void> {
    if (!this.format)
      return Promise.reject(new OffhookError('call.not-possible-now', { detail: 'no telephone-event' }));
    return new Promise((resolve, reject) => {
      this.queue.push({ text, resolve, reject });
      if (!this.running) this.nextText();
    });
  }

  dispose(): void {
    this.running?.dispose();
    this.running = null;
    this.sending = false;
    const error = new OffhookError('call.not-possible-now', { detail: 'the call ended' });
    for (const entry of this.queue.splice(0)) entry.reject(error);
  }

  private nextText(): void {
    const [entry] = this.queue;
    if (!entry) return void (this.running = null);
    this.nextDigit(entry.text, 0, () => {
      this.queue.shift();
      entry.resolve();
      this.nextText();
    });
  }

  private nextDigit(text: string, index: number, done: () => void): void {
    const character = text[index];
    if (character === undefined) return done();
    const next = () => this.nextDigit(text, index + 1, done);
    if (character === ',') return this.wait(pauseLength, next);
    const event = digits.indexOf(character.toUpperCase());
    if (event < 0 || !this.format) return next();
    this.sendDigit(event, this.format, () => (index + 1 < text.length ? this.wait(digitGap, next) : next()));
  }

  private sendDigit(event: number, format: EventFormat, done: () => void): void {
    const { writer } = this;
    const timestamp = writer.now;
    const payload = Buffer.alloc(4);
    const ticks = (milliseconds: number) => Math.round((milliseconds * format.clockRate) / 1000);
    let sent = 0;
    this.sending = true;
    const step = () => {
      sent++;
      const elapsed = sent * packetInterval;
      const end = elapsed >= digitLength;
      writeEvent(payload, event, end, ticks(elapsed));
      // The last packet goes out three times (RFC 4733 2.5.1.4).
      for (let copy = 0; copy < (end ? 3 : 1); copy++) {
        writer.event(payload, format.payloadType, timestamp, sent === 1);
      }
      if (!end) return;
      this.running?.dispose();
      this.sending = false;
      done();
    };
    this.running = this.clock.every(packetInterval, step);
  }

  private wait(milliseconds: number, then: () => void): void {
    this.running = this.clock.after(milliseconds, then);
  }
}
