import { describe, expect, it } from 'vitest';
import { QualityReader, qualityWord } from './connection-quality.ts';

const inbound = (packetsReceived: number, packetsLost: number, jitter = 0.004) => ({ type: 'inbound-rtp', packetsReceived, packetsLost, jitter });

describe('the quality of a connection', () => {
  it('counts loss since the last reading, not since the call began', () => {
    const reader = new QualityReader();
    expect(reader.read([inbound(90, 10)]).lossPercent).toBe(10);
    expect(reader.read([inbound(190, 10)]).lossPercent).toBe(0);
  });

  it('gives jitter and round trip in milliseconds, and null for what is not known', () => {
    const reader = new QualityReader();
    expect(reader.read([inbound(100, 0)])).toEqual({ lossPercent: 0, jitterMilliseconds: 4, roundTripMilliseconds: null });
    const pair = { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.02 };
    expect(reader.read([inbound(200, 0), pair]).roundTripMilliseconds).toBe(20);
  });

  it('survives a count that went back, as after a change of source', () => {
    const reader = new QualityReader();
    reader.read([inbound(500, 20)]);
    expect(reader.read([inbound(10, 0)]).lossPercent).toBe(0);
  });

  it('is said in three words', () => {
    const at = (lossPercent: number, jitterMilliseconds = 5) => qualityWord({ lossPercent, jitterMilliseconds, roundTripMilliseconds: null });
    expect([at(0), at(4), at(15), at(0, 40), at(0, 120)]).toEqual(['good', 'fair', 'poor', 'fair', 'poor']);
  });
});
