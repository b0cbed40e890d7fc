import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MediaDirection } from '../media-leg.ts';
import { negotiation, plain, refusal, sdp } from '../testing/sdp-texts.ts';
import { meet } from './audio-negotiation.ts';
import { parseSessionDescription } from './parse-session-description.ts';
import { attribute, attributes, hasAttribute } from './session-description.ts';

describe('an offer', () => {
  it('lists the codecs in the order of preference, with telephone events on both clocks', () => {
    const [media] = parseSessionDescription(negotiation().createOffer('sendrecv')).media;
    expect(media!.formats).toEqual(['111', '9', '8', '0', '101', '110']);
    expect(attributes(media!, 'rtpmap')).toContain('9 G722/8000');
    expect(attributes(media!, 'rtpmap')).toContain('110 telephone-event/48000');
  });

  it('keeps session id and raises the version with every change and only then (RFC 3264 8)', () => {
    const session = negotiation();
    const origins = (['sendrecv', 'sendrecv', 'sendonly', 'sendrecv'] as const).map(
      (direction) => parseSessionDescription(session.createOffer(direction)).origin,
    );
    expect(new Set(origins.map((origin) => origin.sessionId)).size).toBe(1);
    expect(origins.map((origin) => origin.sessionVersion)).toEqual(['1', '1', '2', '3']);
  });

  it('says an unusual RTCP port (RFC 3605)', () => {
    expect(negotiation({ rtcpPort: 30000 }).createOffer('sendrecv')).toContain('a=rtcp:30000\r\n');
    expect(negotiation().createOffer('sendrecv')).not.toContain('a=rtcp:');
  });

  it('writes IPv6 addresses as IP6', () => {
    expect(negotiation({ address: '2001:db8::1' }).createOffer('sendrecv')).toContain('c=IN IP6 2001:db8::1\r\n');
  });
});

describe('an answer that we write', () => {
  it('takes the first codec of the offer that is known, and its telephone event', () => {
    const offer = sdp(
      'm=audio 4000 RTP/AVP 18 0 8 96 97',
      'a=rtpmap:96 telephone-event/8000',
      'a=rtpmap:97 opus/48000/2',
    );
    const { sdp: text, negotiated } = negotiation().createAnswer(offer, 'sendrecv');
    expect(negotiated).toMatchObject({
      codec: 'PCMU',
      address: '192.0.2.1',
      port: 4000,
      rtcpPort: 4001,
      direction: 'sendrecv',
    });
    expect(negotiated.events).toEqual({ payloadType: 96, clockRate: 8000 });
    expect(parseSessionDescription(text).media[0]!.formats).toEqual(['0', '96']);
  });

  it('uses the numbers of the offer for dynamic types', () => {
    const offer = sdp('m=audio 4000 RTP/AVP 102', 'a=rtpmap:102 OPUS/48000/2');
    const { negotiated } = negotiation().createAnswer(offer, 'sendrecv');
    expect(negotiated.sendTypes.opus).toBe(102);
    expect(negotiated.receiveTypes.get(102)).toBe('opus');
  });

  it('declines every other line with port 0, in its place', () => {
    const offer = sdp(
      'm=video 5000 RTP/AVP 96',
      'a=rtpmap:96 H264/90000',
      'm=audio 4000 RTP/AVP 8',
      'm=image 6000 udptl t38',
      'm=audio 7000 RTP/AVP 8',
    );
    const { media } = parseSessionDescription(negotiation().createAnswer(offer, 'sendrecv').sdp);
    expect(media.map(({ type, port }) => [type, port])).toEqual([
      ['video', 0],
      ['audio', 20000],
      ['image', 0],
      ['audio', 0],
    ]);
    const session = negotiation();
    session.createAnswer(offer, 'sendrecv');
    expect(parseSessionDescription(session.createOffer('sendonly')).media.map(({ port }) => port)).toEqual([
      0, 20000, 0, 0,
    ]);
  });

  it.each<[string, string[], MediaDirection]>([
    ['a=sendonly', ['a=sendonly'], 'recvonly'],
    ['a=inactive', ['a=inactive'], 'inactive'],
    ['a=recvonly', ['a=recvonly'], 'sendonly'],
    ['nothing', [], 'sendrecv'],
    ['c=0.0.0.0 (RFC 2543)', ['c=IN IP4 0.0.0.0'], 'recvonly'],
    ['c=0.0.0.0 and a=inactive', ['c=IN IP4 0.0.0.0', 'a=inactive'], 'inactive'],
  ])('to %s is told from our side', (_name, lines, direction) => {
    const { negotiated } = negotiation().createAnswer(sdp('m=audio 4000 RTP/AVP 8', ...lines), 'sendrecv');
    expect(negotiated.direction).toBe(direction);
    if (lines[0]?.startsWith('c=')) expect(negotiated.address).toBeNull();
  });

  it('takes the direction of the session where the line has none', () => {
    const offer = plain.replace('t=0 0', 't=0 0\r\na=sendonly');
    expect(negotiation().createAnswer(offer, 'sendrecv').negotiated.direction).toBe('recvonly');
  });

  it('multiplexes RTCP where the offer does', () => {
    const { sdp: text, negotiated } = negotiation().createAnswer(`${plain}a=rtcp-mux\r\n`, 'sendrecv');
    expect(text).toContain('a=rtcp-mux');
    expect(negotiated.rtcpPort).toBe(4000);
    expect(negotiation().createAnswer(plain, 'sendrecv').sdp).not.toContain('a=rtcp-mux');
  });
});

describe('an answer that we read', () => {
  it('sends by their numbers and receives by ours', () => {
    const session = negotiation();
    session.createOffer('sendrecv');
    const media = session.applyAnswer(
      sdp('m=audio 4000 RTP/AVP 96 100', 'a=rtpmap:96 opus/48000/2', 'a=rtpmap:100 telephone-event/8000'),
    );
    expect(media.sendTypes).toEqual({ opus: 96, 'telephone-event': 100 });
    expect([111, 96, 101].map((type) => media.receiveTypes.get(type))).toEqual(['opus', 'opus', 'telephone-event']);
  });

  it('may come early and then again from another place', () => {
    const session = negotiation();
    session.createOffer('sendrecv');
    session.applyAnswer(plain);
    expect(session.applyAnswer(plain.replace('4000', '4002')).port).toBe(4002);
  });

  it('is refused without an offer, also after a rollback', () => {
    const session = negotiation();
    expect(refusal(() => session.applyAnswer(plain)).code).toBe('call.media-not-acceptable');
    session.createOffer('sendrecv');
    session.rollback();
    expect(refusal(() => session.applyAnswer(plain)).detail).toContain('without an offer');
  });

  it('leaves everything as it was when it cannot be used', () => {
    const session = negotiation();
    session.createOffer('sendrecv');
    const before = session.applyAnswer(plain);
    session.createOffer('sendonly');
    refusal(() => session.applyAnswer(sdp('m=audio 4000 RTP/AVP 18')));
    expect(session.negotiated).toBe(before);
  });
});

describe('SDES-SRTP', () => {
  it('meets keys crosswise and keeps them over a re-offer', () => {
    const [a, b] = [negotiation({ security: 'srtp' }), negotiation({ security: 'srtp' })];
    const answer = b.createAnswer(a.createOffer('sendrecv'), 'sendrecv');
    const media = a.applyAnswer(answer.sdp);
    expect(media.srtp!.send.key).toEqual(answer.negotiated.srtp!.receive.key);
    expect(media.srtp!.receive.salt).toEqual(answer.negotiated.srtp!.send.salt);
    const again = b.createAnswer(a.createOffer('sendonly'), 'sendrecv');
    expect(again.negotiated.srtp!.receive.key).toEqual(media.srtp!.send.key);
  });

  it('is demanded where it was chosen, and taken where it is offered', () => {
    expect(refusal(() => negotiation({ security: 'srtp' }).createAnswer(plain, 'sendrecv')).detail).toContain(
      'SRTP is demanded',
    );
    const offer = negotiation({ security: 'srtp' }).createOffer('sendrecv');
    const taker = negotiation();
    expect(taker.createAnswer(offer, 'sendrecv').negotiated.srtp).not.toBeNull();
    expect(taker.createOffer('sendonly')).toContain('RTP/SAVP');
  });

  it('passes over suites and parameters that it does not do', () => {
    const key = randomBytes(30).toString('base64');
    const lines = [
      `a=crypto:1 AES_256_CM_HMAC_SHA1_80 inline:${randomBytes(46).toString('base64')}`,
      `a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:${key} UNENCRYPTED_SRTP`,
      `a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${key}|1:4`,
      'a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline:c2hvcnQ=',
      `a=crypto:5 AES_CM_128_HMAC_SHA1_80 inline:${key}|2^20 WSH=64`,
    ];
    const { sdp: text } = negotiation().createAnswer(sdp('m=audio 4000 RTP/SAVP 8', ...lines), 'sendrecv');
    expect(attribute(parseSessionDescription(text).media[0]!, 'crypto')).toMatch(/^5 AES_CM_128_HMAC_SHA1_80 inline:/);
    const unusable = sdp('m=audio 4000 RTP/SAVP 8', ...lines.slice(0, 4));
    expect(refusal(() => negotiation().createAnswer(unusable, 'sendrecv')).detail).toContain('a=crypto');
  });

  it('never puts a key into an error', () => {
    const key = randomBytes(30).toString('base64');
    const error = refusal(() =>
      negotiation().createAnswer(
        sdp('m=audio 4000 RTP/SAVP 18', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key}`),
        'sendrecv',
      ),
    );
    expect(error.message).not.toContain(key);
  });
});

describe('WebRTC', () => {
  const webRtc = {
    ufrag: 'abcd',
    password: 'x'.repeat(24),
    fingerprints: [{ algorithm: 'sha-256', value: 'AB:CD' }],
    addresses: ['127.0.0.1'],
    port: 20000,
  };
  const party = (ufrag: string) => negotiation({ security: 'webrtc', webRtc: { ...webRtc, ufrag }, rtcpPort: 20000 });

  it('makes the offerer the DTLS server of an active answerer, and the answerer that of an actpass offerer', () => {
    const offerer = party('aaaa');
    const offer = offerer.createOffer('sendrecv');
    expect(hasAttribute(parseSessionDescription(offer), 'ice-lite')).toBe(true);
    const answer = party('bbbb').createAnswer(offer, 'sendrecv');
    expect(answer.negotiated).toMatchObject({
      dtlsRole: 'server',
      rtcpMux: true,
      webRtc: { ufrag: 'aaaa', setup: 'actpass' },
    });
    expect(offerer.applyAnswer(answer.sdp).dtlsRole).toBe('client');
    const active = answer.sdp.replace('a=setup:passive', 'a=setup:active');
    const other = party('cccc');
    other.createOffer('sendrecv');
    expect(other.applyAnswer(active).dtlsRole).toBe('server');
  });

  it('is refused without ICE credentials', () => {
    expect(refusal(() => party('aaaa').createAnswer(plain, 'sendrecv')).detail).toContain('ICE');
  });
});

describe('directions', () => {
  it('that meet never send what the other does not receive', () => {
    const any = fc.constantFrom<MediaDirection>('sendrecv', 'sendonly', 'recvonly', 'inactive');
    const sends = (direction: MediaDirection) => direction === 'sendrecv' || direction === 'sendonly';
    const receives = (direction: MediaDirection) => direction === 'sendrecv' || direction === 'recvonly';
    fc.assert(
      fc.property(any, any, (ours, theirs) => {
        const met = meet(ours, theirs);
        expect(sends(met)).toBe(sends(ours) && receives(theirs));
        expect(receives(met)).toBe(receives(ours) && sends(theirs));
      }),
    );
  });
});
