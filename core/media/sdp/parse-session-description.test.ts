import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negotiation, plain, refusal, sdp } from '../testing/sdp-texts.ts';
import { parseSessionDescription } from './parse-session-description.ts';

describe('a session description', () => {
  it.each([
    ['', 'empty'],
    ['hello', 'line 1'],
    ['o=- 1 1 IN IP4 192.0.2.1', 'v=0 must come first'],
    [plain.replace('o=- 1 1', 'o=- x 1'), 'line 2'],
    [plain.replace('o=- 1 1 IN IP4 192.0.2.1\r\n', ''), 'no o= line'],
    [plain.replace('c=IN IP4 192.0.2.1\r\n', ''), 'no c= line'],
    [plain.replace('c=IN IP4 192.0.2.1', 'c=IN IP4 192.0.2.999'), 'line 4'],
    [plain.replace('c=IN IP4 192.0.2.1', 'c=IN IP4 224.2.1.1/127'), 'multicast'],
    [plain.replace('c=IN IP4 192.0.2.1', 'c=IN IP4 pbx.example'), 'host name'],
    [plain.replace('4000', '70000'), 'line 6: m= port'],
    [plain.replace('m=audio 4000', 'm=audio 0'), 'no usable m=audio'],
    [plain.replace(' 8 0 101', ''), 'line 6'],
    [plain.replace(' 8 0 101', ' 8 900'), 'payload type'],
    [plain.replace('RTP/AVP', 'TCP/MSRP'), 'no usable m=audio'],
    [sdp(), 'no m= line'],
    ['x'.repeat(70000), 'too many'],
  ])('that is broken is refused, and the error says where (%#)', (text, detail) => {
    const error = refusal(() => negotiation().createAnswer(text, 'sendrecv'));
    expect(error.code).toBe('call.media-not-acceptable');
    expect(error.detail).toContain(detail);
  });

  it('may have bare line feeds', () => {
    expect(negotiation().createAnswer(plain.replaceAll('\r\n', '\n'), 'sendrecv').negotiated.codec).toBe('PCMA');
  });

  it('never does worse than refuse, whatever is in it', () => {
    const line = fc.oneof(
      fc.constantFrom(
        ...plain.split('\r\n'),
        'm=video 0 RTP/AVP 31',
        'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:',
        'a=rtpmap:101',
        'a=candidate:1 1 udp',
      ),
      fc.string(),
      fc
        .tuple(fc.constantFrom('v', 'o', 'c', 'm', 'a', 't'), fc.string({ unit: 'grapheme' }))
        .map(([type, value]) => `${type}=${value}`),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.constantFrom('rtp', 'srtp', 'webrtc') as fc.Arbitrary<'rtp'>,
        (lines, security) => {
          const session = negotiation({ security });
          const texts = [
            lines.join('\r\n'),
            ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 'c=IN IP4 192.0.2.1', ...lines].join('\n'),
          ];
          for (const text of texts) {
            try {
              parseSessionDescription(session.createAnswer(text, 'sendrecv').sdp);
            } catch (error) {
              expect(error).toMatchObject({ code: 'call.media-not-acceptable' });
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('survives one changed character anywhere, quickly', () => {
    const offer = negotiation({ security: 'srtp' }).createOffer('sendrecv');
    const started = performance.now();
    fc.assert(
      fc.property(fc.nat(offer.length - 1), fc.string({ minLength: 0, maxLength: 3 }), (at, text) => {
        try {
          negotiation().createAnswer(offer.slice(0, at) + text + offer.slice(at + 1), 'sendrecv');
        } catch (error) {
          expect(error).toMatchObject({ code: 'call.media-not-acceptable' });
        }
      }),
      { numRuns: 1000 },
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
