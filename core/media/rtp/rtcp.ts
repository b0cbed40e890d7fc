import { srtpTrailerRoom } from './srtp.ts';

/** What one receiver says of what it gets (RFC 3550 6.4.1). */
export interface ReportBlock {
  ssrc: number;
  /** 0–1. */
  fractionLost: number;
  lost: number;
  extendedHighest: number;
  /** Timestamp units. */
  jitter: number;
  /** Middle 32 bits of the NTP time of the last sender report heard, 0 for none. */
  lastSenderReport: number;
  /** 1/65536 s between hearing it and this report. */
  delaySinceLast: number;
}

export interface SenderInfo {
  /** Unix ms. */
  at: number;
  timestamp: number;
  packets: number;
  octets: number;
}

const ntpEpoch = 2208988800;

/** Middle 32 bits of the NTP time, as report blocks use it. */
export function compactNtp(unixMilliseconds: number): number {
  const seconds = unixMilliseconds / 1000 + ntpEpoch;
  return Math.floor((seconds % 65536) * 65536) >>> 0;
}

/** SR (or RR without `sender`) with a CNAME, in a buffer with room for SRTCP. */
export function writeReport(
  ssrc: number,
  cname: string,
  sender: SenderInfo | null,
  block: ReportBlock | null,
): { buffer: Buffer; length: number } {
  const reportLength = 8 + (sender ? 20 : 0) + (block ? 24 : 0);
  const text = Buffer.from(cname, 'utf8').subarray(0, 255);
  const sdesLength = 8 + Math.ceil((text.length + 3) / 4) * 4;
  const buffer = Buffer.alloc(reportLength + sdesLength + srtpTrailerRoom);
  buffer[0] = 0x80 | (block ? 1 : 0);
  buffer[1] = sender ? 200 : 201;
  buffer.writeUInt16BE(reportLength / 4 - 1, 2);
  buffer.writeUInt32BE(ssrc, 4);
  if (sender) writeSender(buffer, 8, sender);
  if (block) writeBlock(buffer, sender ? 28 : 8, block);
  buffer[reportLength] = 0x81;
  buffer[reportLength + 1] = 202;
  buffer.writeUInt16BE(sdesLength / 4 - 1, reportLength + 2);
  buffer.writeUInt32BE(ssrc, reportLength + 4);
  buffer[reportLength + 8] = 1;
  buffer[reportLength + 9] = text.length;
  text.copy(buffer, reportLength + 10);
  return { buffer, length: reportLength + sdesLength };
}

function writeSender(buffer: Buffer, offset: number, sender: SenderInfo): void {
  const seconds = sender.at / 1000 + ntpEpoch;
  buffer.writeUInt32BE(Math.floor(seconds) >>> 0, offset);
  buffer.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32) >>> 0, offset + 4);
  buffer.writeUInt32BE(sender.timestamp, offset + 8);
  buffer.writeUInt32BE(sender.packets >>> 0, offset + 12);
  buffer.writeUInt32BE(sender.octets >>> 0, offset + 16);
}

function writeBlock(buffer: Buffer, offset: number, block: ReportBlock): void {
  buffer.writeUInt32BE(block.ssrc, offset);
  buffer[offset + 4] = Math.min(255, Math.floor(block.fractionLost * 256));
  buffer.writeUIntBE(Math.min(block.lost, 0x7fffff), offset + 5, 3);
  buffer.writeUInt32BE(block.extendedHighest, offset + 8);
  buffer.writeUInt32BE(Math.floor(block.jitter) >>> 0, offset + 12);
  buffer.writeUInt32BE(block.lastSenderReport >>> 0, offset + 16);
  buffer.writeUInt32BE(block.delaySinceLast >>> 0, offset + 20);
}

export interface RtcpReport {
  ssrc: number;
  /** Middle 32 bits of the sender's NTP time, of an SR. */
  senderReport: number | null;
  blocks: ReportBlock[];
}

/** Reads the SRs and RRs of a compound packet; whatever else is in it, or broken, is passed over. */
export function readReports(buffer: Buffer, length: number): RtcpReport[] {
  const reports: RtcpReport[] = [];
  for (let offset = 0; offset + 8 <= length;) {
    const end = offset + (buffer.readUInt16BE(offset + 2) + 1) * 4;
    if (buffer[offset]! >> 6 !== 2 || end > length) break;
    const type = buffer[offset + 1]!;
    if (type === 200 || type === 201) reports.push(readReport(buffer, offset, end, type === 200));
    offset = end;
  }
  return reports;
}

function readReport(buffer: Buffer, offset: number, end: number, isSender: boolean): RtcpReport {
  const blocks: ReportBlock[] = [];
  const first = offset + (isSender ? 28 : 8);
  const count = buffer[offset]! & 0x1f;
  for (let i = 0, at = first; i < count && at + 24 <= end; i++, at += 24) {
    blocks.push({
      ssrc: buffer.readUInt32BE(at),
      fractionLost: buffer[at + 4]! / 256,
      lost: buffer.readIntBE(at + 5, 3),
      extendedHighest: buffer.readUInt32BE(at + 8),
      jitter: buffer.readUInt32BE(at + 12),
      lastSenderReport: buffer.readUInt32BE(at + 16),
      delaySinceLast: buffer.readUInt32BE(at + 20),
    });
  }
  const senderReport = isSender && first <= end ? buffer.readUInt32BE(offset + 10) : null;
  return { ssrc: buffer.readUInt32BE(offset + 4), senderReport, blocks };
}
