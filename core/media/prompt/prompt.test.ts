import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { AudioStream } from '../rtp/audio-stream.ts';
import { LoopTransport } from '../testing/loop-transport.ts';
import { playPrompt } from './prompt-player.ts';
import { readPrompt, writePrompt } from './prompt.ts';

describe('a prompt file', () => {
  it('of raw bytes is cut into frames, the last filled with silence', () => {
    const { frames } = readPrompt('PCMA', Buffer.alloc(400, 1));
    expect(frames.map((frame) => frame.length)).toEqual([160, 160, 160]);
    expect(frames[2]!.subarray(80)).toEqual(Buffer.alloc(80, 0xd5));
  });

  it('of opus packets comes back as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1 }), (packets) => {
        const frames = packets.map((packet) => Buffer.from(packet));
        expect(readPrompt('opus', writePrompt({ codec: 'opus', frames })).frames).toEqual(frames);
      }),
    );
  });

  it('that is broken is refused', () => {
    for (const bytes of [[], [0], [0, 0], [0, 5, 1], [255, 255]])
      expect(() => readPrompt('opus', Buffer.from(bytes))).toThrow(RangeError);
    expect(() => readPrompt('PCMU', Buffer.alloc(0))).toThrow(RangeError);
  });
});

describe('a player', () => {
  function setUp() {
    const clock = new FakeClock();
    const transport = new LoopTransport();
    const stream = new AudioStream({ transport, clock, randomBytes, cname: 'test' });
    stream.configure({ codec: 'PCMA', sendTypes: { PCMA: 8 }, receiveTypes: new Map(), events: null });
    return { clock, transport, stream };
  }
  const prompt = readPrompt('PCMA', Buffer.alloc(160 * 50, 3));

  it('sends a frame every 20 ms and says when the last one has been heard', () => {
    const { clock, transport, stream } = setUp();
    let endedAt = 0;
    playPrompt(stream, prompt, clock, { onEnd: () => (endedAt = clock.monotonic()) });
    clock.advance(499);
    expect(transport.sent).toHaveLength(25);
    clock.advance(1000);
    expect(transport.sent).toHaveLength(50);
    expect(endedAt).toBe(1000);
    const stamps = transport.sent.map((packet) => packet.readUInt32BE(4));
    expect(stamps.slice(1).every((stamp, index) => (stamp - stamps[index]!) >>> 0 === 160)).toBe(true);
  });

  it('does not drift when timers are late, and starts over as music does', () => {
    const { clock, transport, stream } = setUp();
    const late = {
      ...clock,
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      after: (delay: number, run: () => void) => clock.after(delay + 7, run),
      every: clock.every.bind(clock),
    };
    const playing = playPrompt(stream, prompt, late, { loop: true });
    clock.advance(10_000);
    expect(transport.sent.length).toBeGreaterThanOrEqual(499);
    playing.dispose();
    const count = transport.sent.length;
    clock.advance(1000);
    expect(transport.sent).toHaveLength(count);
  });

  it('gives frames up after a long stall', () => {
    const { clock, transport, stream } = setUp();
    let stalled = 0;
    const stalling = {
      ...clock,
      now: () => clock.now(),
      monotonic: () => clock.monotonic() + stalled,
      after: clock.after.bind(clock),
      every: clock.every.bind(clock),
    };
    playPrompt(stream, prompt, stalling);
    clock.advance(100);
    const before = transport.sent.length;
    stalled = 5000;
    clock.advance(20);
    expect(transport.sent.length - before).toBeLessThan(3);
  });
});
