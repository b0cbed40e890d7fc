import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtpHeader, SrtpSession, SrtcpSession, RtcpSrPacket, RtcpSenderInfo } from 'werift';
import { writeRtpHeader } from './rtp-packet.ts';
import { srtpSizes, type SrtpProfile } from './srtp-keys.ts';
import { estimateIndex, SrtpReceiver, SrtpSender, srtpTrailerRoom } from './srtp.ts';

const profiles: SrtpProfile[] = ['AES_CM_128_HMAC_SHA1_80', 'AEAD_AES_128_GCM'];
const numbers = { AES_CM_128_HMAC_SHA1_80: 1, AEAD_AES_128_GCM: 7 } as const;

function setUp(profile: SrtpProfile) {
  const master = { profile, key: randomBytes(16), salt: randomBytes(srtpSizes[profile].salt) };
  const keys = {
    localMasterKey: master.key,
    localMasterSalt: master.salt,
    remoteMasterKey: master.key,
    remoteMasterSalt: master.salt,
  };
  const config = { keys, profile: numbers[profile] };
  return { sender: new SrtpSender(master), receiver: new SrtpReceiver(master), config };
}

function packet(sequence: number, payload: Buffer, ssrc = 0x11223344) {
  const buffer = Buffer.alloc(12 + payload.length + srtpTrailerRoom);
  writeRtpHeader(buffer, { payloadType: 8, marker: false, sequence, timestamp: sequence * 160, ssrc });
  payload.copy(buffer, 12);
  return { buffer, length: 12 + payload.length };
}

describe.each(profiles)('SRTP with %s', (profile) => {
  it('writes what werift reads, across a wrap of the sequence number', () => {
    const { sender, config } = setUp(profile);
    const session = new SrtpSession(config);
    for (const sequence of [65533, 65534, 65535, 0, 1, 2]) {
      const payload = randomBytes(160);
      const { buffer, length } = packet(sequence, payload);
      const plain = session.decrypt(Buffer.from(buffer.subarray(0, sender.protect(buffer, length))));
      expect(plain.subarray(12)).toEqual(payload);
    }
  });

  it('reads what werift writes, across a wrap of the sequence number', () => {
    const { receiver, config } = setUp(profile);
    const session = new SrtpSession(config);
    for (const sequenceNumber of [65533, 65534, 65535, 0, 1, 2]) {
      const payload = randomBytes(160);
      const header = new RtpHeader({ version: 2, payloadType: 8, sequenceNumber, timestamp: 5, ssrc: 99 });
      const sealed = session.encrypt(payload, header);
      const length = receiver.unprotect(sealed, sealed.length);
      expect(length).toBe(172);
      expect(sealed.subarray(12, 172)).toEqual(payload);
    }
  });

  it('exchanges RTCP with werift', () => {
    const { sender, receiver, config } = setUp(profile);
    const session = new SrtcpSession(config);
    const senderInfo = new RtcpSenderInfo({ ntpTimestamp: 1n, rtpTimestamp: 2, packetCount: 3, octetCount: 4 });
    const report = new RtcpSrPacket({ ssrc: 77, senderInfo, reports: [] }).serialize();
    const buffer = Buffer.concat([report, Buffer.alloc(srtpTrailerRoom)]);
    const size = sender.protectRtcp(buffer, report.length);
    expect(session.decrypt(Buffer.from(buffer.subarray(0, size))).subarray(0, report.length)).toEqual(report);
    const sealed = session.encrypt(report);
    expect(receiver.unprotectRtcp(sealed, sealed.length)).toBe(report.length);
    expect(sealed.subarray(0, report.length)).toEqual(report);
  });

  it('takes packets out of order once, and refuses replays and forgeries', () => {
    const { sender, receiver } = setUp(profile);
    const sealed = Array.from({ length: 300 }, (_, sequence) => {
      const { buffer, length } = packet((sequence + 65400) & 0xffff, Buffer.alloc(20));
      return buffer.subarray(0, sender.protect(buffer, length));
    });
    const receive = (index: number) => receiver.unprotect(Buffer.from(sealed[index]!), sealed[index]!.length);
    expect([0, 2, 1, 3].map(receive)).toEqual([32, 32, 32, 32]);
    expect(receive(2)).toBe('replay');
    for (let index = 4; index < 300; index++) expect(receive(index)).toBe(32);
    expect(receive(100)).toBe('replay');
    const forged = packet(500, Buffer.alloc(20));
    sender.protect(forged.buffer, forged.length);
    forged.buffer[20] = forged.buffer[20]! ^ 1;
    expect(receiver.unprotect(forged.buffer, forged.length + srtpSizes[profile].tag)).toBe('authentication');
  });

  it('drops even authentic packets that are longer than any audio', () => {
    const { receiver, config } = setUp(profile);
    const header = new RtpHeader({ version: 2, payloadType: 8, sequenceNumber: 1, timestamp: 5, ssrc: 99 });
    const sealed = new SrtpSession(config).encrypt(randomBytes(4000), header);
    expect(receiver.unprotect(sealed, sealed.length)).toBe('malformed');
  });

  it('never throws on arbitrary bytes', () => {
    const { receiver } = setUp(profile);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, asRtp) => {
        const buffer = Buffer.from(bytes);
        if (asRtp && buffer.length > 0) buffer[0] = 0x80 | (buffer[0]! & 0x3f);
        expect(typeof receiver.unprotect(Buffer.from(buffer), buffer.length)).toBe('string');
        expect(typeof receiver.unprotectRtcp(buffer, buffer.length)).toBe('string');
      }),
    );
  });
});

describe('the packet index', () => {
  it('is the one nearest to the highest seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0x10000, max: 2 ** 40 }),
        fc.integer({ min: -0x7fff, max: 0x7fff }),
        (highest, step) => {
          expect(estimateIndex(highest, (highest + step) % 0x10000)).toBe(highest + step);
        },
      ),
    );
  });
});
