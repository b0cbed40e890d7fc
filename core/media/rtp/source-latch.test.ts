import { describe, expect, it } from 'vitest';
import { SourceLatch } from './source-latch.ts';

const far = { address: '192.0.2.1', port: 4000 };

function latch() {
  const created = new SourceLatch();
  created.expect(far);
  return created;
}

describe('the source of a call', () => {
  it('is nobody before the SDP says who', () => {
    expect(new SourceLatch().accept('192.0.2.1', 4000, 1, 0)).toBe(false);
  });

  it('is sent to as the SDP says until it is heard', () => {
    expect(latch().target).toEqual(far);
  });

  it('may sit behind NAT: the first packet tells where', () => {
    const source = latch();
    expect(source.accept('198.51.100.7', 1024, 1, 0)).toBe(true);
    expect(source.target).toEqual({ address: '198.51.100.7', port: 1024 });
  });

  it('cannot be taken over while it is heard', () => {
    const source = latch();
    source.accept(far.address, far.port, 1, 0);
    for (let now = 0; now < 10_000; now += 20) {
      expect(source.accept('203.0.113.9', 9, 1, now)).toBe(false);
      expect(source.accept(far.address, far.port, 1, now)).toBe(true);
    }
    expect(source.target).toEqual(far);
  });

  it('is the place that the SDP names, though somebody else was quicker', () => {
    const source = latch();
    expect(source.accept('203.0.113.9', 9, 1, 0)).toBe(true);
    expect(source.accept(far.address, far.port, 2, 10)).toBe(true);
    expect(source.accept('203.0.113.9', 9, 1, 20)).toBe(false);
    expect(source.target).toEqual(far);
  });

  it('may move to another port of the same address after a short silence, as an answer after early media does', () => {
    const source = latch();
    source.accept(far.address, far.port, 1, 0);
    expect(source.accept(far.address, 5000, 2, 100)).toBe(false);
    expect(source.accept(far.address, 5000, 2, 250)).toBe(true);
  });

  it('may come back from another address after a silence only with its SSRC', () => {
    const source = latch();
    source.accept('198.51.100.7', 1024, 77, 0);
    expect(source.accept('203.0.113.9', 9, 78, 5000)).toBe(false);
    expect(source.accept('203.0.113.9', 9, 77, 900)).toBe(false);
    expect(source.accept('203.0.113.9', 9, 77, 1000)).toBe(true);
  });

  it('is open anew when the SDP names another place, and not when it repeats the same', () => {
    const source = latch();
    source.accept(far.address, far.port, 1, 0);
    source.expect({ ...far });
    expect(source.accept('203.0.113.9', 9, 5, 10)).toBe(false);
    source.expect({ address: '192.0.2.2', port: 6000 });
    expect(source.accept('192.0.2.2', 6000, 5, 20)).toBe(true);
  });

  it('is nowhere on the old hold', () => {
    const source = latch();
    source.expect(null);
    expect(source.target).toBeNull();
  });
});
