import type { AudioQuality } from '#contract/ipc/index.ts';

interface Totals {
  lost: number;
  received: number;
}

type Entry = Record<string, unknown> & { type: string };

function numberOf(entry: Entry | undefined, key: string): number {
  const value = entry?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** Reads getStats() in intervals: loss is of the packets since the last reading, jitter and round trip in ms. */
export class QualityReader {
  #last: Totals = { lost: 0, received: 0 };

  read(report: Iterable<Entry>): AudioQuality {
    const entries = [...report];
    const inbound = entries.find((entry) => entry.type === 'inbound-rtp');
    const remote = entries.find((entry) => entry.type === 'remote-inbound-rtp');
    const pair = entries.find((entry) => entry.type === 'candidate-pair' && entry['nominated'] === true);
    const totals = { lost: numberOf(inbound, 'packetsLost'), received: numberOf(inbound, 'packetsReceived') };
    const lost = Math.max(0, totals.lost - this.#last.lost);
    const received = Math.max(0, totals.received - this.#last.received);
    this.#last = totals;
    const roundTrip = numberOf(remote, 'roundTripTime') || numberOf(pair, 'currentRoundTripTime');
    return {
      lossPercent: lost + received === 0 ? 0 : (100 * lost) / (lost + received),
      jitterMilliseconds: numberOf(inbound, 'jitter') * 1000,
      roundTripMilliseconds: roundTrip > 0 ? roundTrip * 1000 : null,
    };
  }
}

export type QualityWord = 'good' | 'fair' | 'poor';

/** Where people begin to notice (about 3 % of loss, 30 ms of jitter) and where they begin to complain. */
export function qualityWord(quality: AudioQuality): QualityWord {
  const roundTrip = quality.roundTripMilliseconds ?? 0;
  if (quality.lossPercent > 8 || quality.jitterMilliseconds > 80 || roundTrip > 800) return 'poor';
  if (quality.lossPercent > 2 || quality.jitterMilliseconds > 30 || roundTrip > 400) return 'fair';
  return 'good';
}
