import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import type { AudioQuality } from '#contract/ipc/index.ts';
import { LoopTransport } from '../testing/loop-transport.ts';
import { AudioStream, bridgeStreams, type StreamFormats } from './audio-stream.ts';
import { readRtp, RtpView, writeRtpHeader } from './rtp-packet.ts';

const pcma: StreamFormats = {
  codec: 'PCMA',
  sendTypes: { PCMA: 8, 'telephone-event': 101 },
  receiveTypes: new Map([
    [8, 'PCMA'],
    [101, 'telephone-event'],
  ]),
  events: { payloadType: 101, clockRate: 8000 },
};

let clock: FakeClock;
let streams: AudioStream[];

beforeEach(() => {
  clock = new FakeClock();
  streams = [];
});
afterEach(() => {
  for (const stream of streams) stream.dispose();
  expect(clock.pendingTimers).toBe(0);
});

function create(transport: LoopTransport, formats: StreamFormats = pcma): AudioStream {
  const stream = new AudioStream({ transport, clock, randomBytes, cname: 'test' });
  stream.configure(formats);
  streams.push(stream);
  return stream;
}

function connected(formats: StreamFormats = pcma) {
  const [near, far] = LoopTransport.pair();
  return { a: create(near, formats), b: create(far), near, far };
}

function views(transport: LoopTransport): RtpView[] {
  return transport.sent.map((buffer) => {
    const view = new RtpView();
    expect(readRtp(buffer, buffer.length, view)).toBeNull();
    return view;
  });
}

describe('digits (RFC 4733)', () => {
  it('last 100 ms, 100 ms apart, each end three times, and arrive each once', async () => {
    const { a, b, near } = connected();
    let heard = '';
    b.onDigit((digit) => (heard += digit));
    let done = false;
    const sending = a.sendDigits('1#D').then(() => (done = true));
    clock.advance(480);
    await Promise.resolve();
    expect(done).toBe(false);
    clock.advance(20);
    await sending;
    expect(heard).toBe('1#D');
    const packets = views(near);
    expect(packets).toHaveLength(3 * 7);
    const first = packets.slice(0, 7);
    expect(first.map((entry) => entry.payload.readUInt16BE(2))).toEqual([160, 320, 480, 640, 800, 800, 800]);
    expect(first.map((entry) => entry.payload[1]! >> 7)).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect(first.map((entry) => entry.marker)).toEqual([true, false, false, false, false, false, false]);
    expect(new Set(first.map((entry) => entry.timestamp)).size).toBe(1);
    expect((packets[14]!.timestamp - packets[7]!.timestamp) >>> 0).toBe(1600);
  });

  it('count on the clock of the negotiated event', async () => {
    const { a, near } = connected({
      ...pcma,
      codec: 'opus',
      sendTypes: { opus: 111 },
      events: { payloadType: 110, clockRate: 48000 },
    });
    const sending = a.sendDigits('5');
    clock.advance(100);
    await sending;
    expect(views(near).at(-1)!.payload.readUInt16BE(2)).toBe(4800);
    expect(views(near).at(-1)!.payloadType).toBe(110);
  });

  it('wait 2 s for a comma', async () => {
    const { a, b } = connected();
    let heard = '';
    b.onDigit((digit) => (heard += digit));
    const sending = a.sendDigits(',7');
    clock.advance(1999);
    expect(heard).toBe('');
    clock.advance(101);
    await sending;
    expect(heard).toBe('7');
  });

  it('that are sent twice in a row are two digits, also when packets are lost or late', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('1', '2', '2'), minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat(9)),
        (digits, dice) => {
          const { a, near, far } = connected();
          near.peer = null;
          void a.sendDigits(digits);
          clock.advance(digits.length * 200);
          const b = streams.at(-1)!;
          let heard = '';
          b.onDigit((digit) => (heard += digit));
          // Of each digit's seven packets any but one may be lost; a copy may come later, after the next digit began.
          for (let index = 0; index < near.sent.length; index += 7) {
            const kept = near.sent.slice(index, index + 7).filter((_, at) => at === 4 || dice.next().value < 5);
            for (const packet of kept) far.onRtp(Buffer.from(packet), packet.length);
            const late = near.sent[Math.max(0, index - 1)]!;
            far.onRtp(Buffer.from(late), late.length);
          }
          expect(heard).toBe(digits);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are refused where no event was negotiated, and when the call ends', async () => {
    const { a } = connected({ ...pcma, events: null });
    await expect(a.sendDigits('1')).rejects.toMatchObject({ code: 'call.not-possible-now' });
    const { a: other } = connected();
    const sending = other.sendDigits('123');
    other.dispose();
    await expect(sending).rejects.toMatchObject({ code: 'call.not-possible-now' });
  });

  it('silence the audio while they last', () => {
    const { a, near } = connected();
    void a.sendDigits('1').catch(() => {});
    clock.advance(20);
    a.sendFrame(Buffer.alloc(160), 160);
    expect(views(near).map((entry) => entry.payloadType)).toEqual([101]);
    clock.advance(80);
    a.sendFrame(Buffer.alloc(160), 160);
    expect(views(near).at(-1)!.payloadType).toBe(8);
  });
});

describe('a bridge', () => {
  it('maps payload types and passes events, and ends', () => {
    const other: StreamFormats = {
      ...pcma,
      sendTypes: { PCMA: 8, 'telephone-event': 96 },
      receiveTypes: new Map([
        [8, 'PCMA'],
        [96, 'telephone-event'],
      ]),
    };
    const [phone, left] = LoopTransport.pair();
    const right = new LoopTransport();
    const caller = create(phone);
    const bridge = bridgeStreams(create(left), create(right, other));
    caller.sendFrame(Buffer.alloc(160, 7), 160);
    void caller.sendDigits('1').catch(() => {});
    clock.advance(20);
    expect(views(right).map((entry) => entry.payloadType)).toEqual([8, 96]);
    expect(views(right)[0]!.payload).toEqual(Buffer.alloc(160, 7));
    bridge.dispose();
    caller.sendFrame(Buffer.alloc(160), 160);
    expect(right.sent).toHaveLength(2);
  });
});

describe('reports', () => {
  it('tell loss, jitter and round trip', () => {
    const { a, b, far } = connected();
    const heard: AudioQuality[] = [];
    b.onQuality((quality) => heard.push(quality));
    const deliver = far.onRtp;
    let count = 0;
    far.onRtp = (buffer, length) => {
      if (++count % 10 !== 5) deliver(buffer, length);
    };
    for (let i = 0; i < 260; i++, clock.advance(20)) {
      a.sendFrame(Buffer.alloc(160), 160);
      b.sendFrame(Buffer.alloc(160), 160);
    }
    expect(heard).toHaveLength(2);
    expect(heard[1]!.lossPercent).toBeCloseTo(10, 0);
    expect(heard[1]!.jitterMilliseconds).toBeLessThan(1);
    expect(heard[1]!.roundTripMilliseconds).toBeCloseTo(0, 0);
  });
});

describe('what comes from outside', () => {
  it('is counted when it is malformed or not negotiated, and never throws', () => {
    const transport = new LoopTransport();
    const stream = create(transport);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        transport.onRtp(Buffer.from(bytes), bytes.length);
        transport.onRtcp(Buffer.from(bytes), bytes.length);
      }),
    );
    const malformed = stream.malformed;
    transport.onRtp(Buffer.from([0x80, 8, 0, 1]), 4);
    expect(stream.malformed).toBe(malformed + 1);
    const buffer = Buffer.alloc(172);
    writeRtpHeader(buffer, { payloadType: 77, marker: false, sequence: 1, timestamp: 1, ssrc: 1 });
    const unknown = stream.unknownType;
    transport.onRtp(buffer, buffer.length);
    expect(stream.unknownType).toBe(unknown + 1);
  });

  it('may be RTCP that lies about its lengths', () => {
    const transport = new LoopTransport();
    create(transport);
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 4, maxLength: 60 }),
        fc.nat(31),
        fc.constantFrom(200, 201),
        (bytes, count, type) => {
          const buffer = Buffer.from(bytes);
          buffer[0] = 0x80 | count;
          buffer[1] = type;
          buffer.writeUInt16BE(Math.floor(bytes.length / 4) - 1, 2);
          transport.onRtcp(buffer, buffer.length);
        },
      ),
    );
  });
});
