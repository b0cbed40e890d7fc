import { randomBytes } from 'node:crypto';
import { OffhookError } from '#contract/errors.ts';
import type { CodecName } from '../media-leg.ts';
import { AudioNegotiation, type NegotiationOptions } from '../sdp/audio-negotiation.ts';

const all: CodecName[] = ['opus', 'G722', 'PCMA', 'PCMU'];

export function negotiation(options: Partial<NegotiationOptions> = {}) {
  return new AudioNegotiation({
    codecs: all,
    security: 'rtp',
    address: '127.0.0.1',
    port: 20000,
    rtcpPort: 20001,
    randomBytes,
    ...options,
  });
}

export const sdp = (...lines: string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...lines, ''].join('\r\n');
/** PCMA, PCMU and telephone events at 192.0.2.1:4000. */
export const plain = sdp('m=audio 4000 RTP/AVP 8 0 101', 'a=rtpmap:101 telephone-event/8000');

/** What `run` refused with. */
export function refusal(run: () => unknown): OffhookError {
  try {
    run();
  } catch (error) {
    if (error instanceof OffhookError) return error;
    throw error;
  }
  throw new Error('it was taken');
}
