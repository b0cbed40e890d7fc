import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { LoopTransport } from '../testing/loop-transport.ts';
import { readRtp, RtpView, writeRtpHeader } from './rtp-packet.ts';
import { RtpWriter } from './rtp-writer.ts';

let clock: FakeClock;
let transport: LoopTransport;
let writer: RtpWriter;

beforeEach(() => {
  clock = new FakeClock();
  transport = new LoopTransport();
  writer = new RtpWriter(transport, clock, randomBytes);
});

function packet(ssrc: number, sequence: number, timestamp: number, marker = false): RtpView {
  const buffer = Buffer.alloc(172);
  writeRtpHeader(buffer, { payloadType: 8, marker, sequence: sequence & 0xffff, timestamp: timestamp >>> 0, ssrc });
  buffer.writeUInt32BE(sequence, 12);
  return view(buffer);
}

function view(buffer: Buffer): RtpView {
  const result = new RtpView();
  expect(readRtp(buffer, buffer.length, result)).toBeNull();
  return result;
}

const sent = () => transport.sent.map(view);
const steps = (values: number[], modulus: number) =>
  values.slice(1).map((value, index) => (value - values[index]! + modulus) % modulus);

describe('a written stream', () => {
  it('goes on without a break when the source changes', () => {
    for (let i = 0; i < 3; i++, clock.advance(20)) writer.forward(packet(1, 100 + i, 5000 + i * 160), 0);
    for (let i = 0; i < 3; i++, clock.advance(20)) writer.forward(packet(2, 60000 + i, 9 + i * 160), 0);
    const packets = sent();
    expect(new Set(packets.map((entry) => entry.ssrc))).toEqual(new Set([writer.ssrc]));
    expect(
      steps(
        packets.map((entry) => entry.sequence),
        65536,
      ),
    ).toEqual([1, 1, 1, 1, 1]);
    expect(
      steps(
        packets.map((entry) => entry.timestamp),
        2 ** 32,
      ),
    ).toEqual([160, 160, 160, 160, 160]);
    expect(packets.map((entry) => entry.marker)).toEqual([true, false, false, true, false, false]);
    expect(packets.every((entry) => entry.payloadType === 0)).toBe(true);
  });

  it('shows the loss and the order of its source as they are', () => {
    for (const sequence of [10, 11, 14, 13, 15]) writer.forward(packet(1, sequence, sequence * 160), 8);
    expect(
      steps(
        sent().map((entry) => entry.sequence),
        65536,
      ),
    ).toEqual([1, 3, 65535, 2]);
  });

  it('passes over a wrap of sequence and timestamp', () => {
    for (let i = 0; i < 4; i++) writer.forward(packet(1, 65534 + i, 2 ** 32 - 320 + i * 160), 8);
    expect(
      steps(
        sent().map((entry) => entry.sequence),
        65536,
      ),
    ).toEqual([1, 1, 1]);
    expect(
      steps(
        sent().map((entry) => entry.timestamp),
        2 ** 32,
      ),
    ).toEqual([160, 160, 160]);
  });

  it('joins a source anew that jumps far', () => {
    writer.forward(packet(1, 10, 0), 8);
    clock.advance(20);
    writer.forward(packet(1, 30000, 77), 8);
    expect(
      steps(
        sent().map((entry) => entry.sequence),
        65536,
      ),
    ).toEqual([1]);
    expect(
      steps(
        sent().map((entry) => entry.timestamp),
        2 ** 32,
      ),
    ).toEqual([160]);
  });

  it('lets timestamps run on over a pause', () => {
    writer.forward(packet(1, 10, 1000), 8);
    writer.breakSource();
    clock.advance(3000);
    writer.forward(packet(1, 160, 25000), 8);
    expect(
      steps(
        sent().map((entry) => entry.timestamp),
        2 ** 32,
      ),
    ).toEqual([24000]);
    expect(
      steps(
        sent().map((entry) => entry.sequence),
        65536,
      ),
    ).toEqual([1]);
  });

  it('drops what is larger than any audio frame', () => {
    const buffer = Buffer.alloc(3000);
    writeRtpHeader(buffer, { payloadType: 8, marker: false, sequence: 1, timestamp: 1, ssrc: 1 });
    writer.forward(view(buffer), 8);
    expect(transport.sent).toHaveLength(0);
  });

  it('passes the payload of packets with padding, CSRCs and extensions', () => {
    const payload = Buffer.from('the payload');
    const header = Buffer.alloc(12 + 8 + 8);
    writeRtpHeader(header, { payloadType: 8, marker: false, sequence: 1, timestamp: 1, ssrc: 1 });
    header[0] = 0xb2;
    header.writeUInt16BE(1, 22);
    writer.forward(view(Buffer.concat([header, payload, Buffer.from([0, 0, 3])])), 8);
    expect(transport.sent[0]!.subarray(12)).toEqual(payload);
  });
});
