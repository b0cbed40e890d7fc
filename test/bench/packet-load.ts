import { srtpTrailerRoom, writeRtpHeader } from '#core/media/rtp/index.ts';

const payloadLength = 160;

/** Numbered RTP packets of one stream, and how long each was under way. */
export class PacketLoad {
  /** ms. */
  readonly delays: number[] = [];
  sent = 0;
  private readonly send: (buffer: Buffer, length: number) => void;
  private readonly sentAt: number[] = [];
  private readonly ssrc: number;

  constructor(ssrc: number, send: (buffer: Buffer, length: number) => void) {
    this.ssrc = ssrc;
    this.send = send;
  }

  sendOne(): void {
    const number = this.sent++;
    const buffer = Buffer.alloc(12 + payloadLength + srtpTrailerRoom);
    writeRtpHeader(buffer, {
      payloadType: 8,
      marker: false,
      sequence: number & 0xffff,
      timestamp: (number * 160) >>> 0,
      ssrc: this.ssrc,
    });
    buffer.writeUInt32BE(number, 12);
    this.sentAt[number] = performance.now();
    this.send(buffer, 12 + payloadLength);
  }

  readonly received = (buffer: Buffer): void => {
    const now = performance.now();
    const sentAt = this.sentAt[buffer.readUInt32BE(12)];
    if (sentAt !== undefined) this.delays.push(now - sentAt);
  };
}

/** Runs the loads, one packet of each every 20 ms, evenly spread, on an absolute schedule. */
export async function runLoads(loads: readonly PacketLoad[], milliseconds: number): Promise<void> {
  const start = performance.now();
  const total = Math.floor(milliseconds / 20) * loads.length;
  let next = 0;
  await new Promise<void>((resolve) => {
    const step = () => {
      const due = Math.min(total, Math.floor(((performance.now() - start) / 20) * loads.length));
      for (; next < due; next++) loads[next % loads.length]!.sendOne();
      if (next < total) setTimeout(step, 1);
      else setTimeout(resolve, 100);
    };
    step();
  });
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
