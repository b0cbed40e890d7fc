import { G722Encoder } from '../codec/g722.ts';
import type { CodecName } from '../media-leg.ts';
import type { RtpView } from '../rtp/rtp-packet.ts';

// A decoder settles within a few frames; the last one of a second is what silence looks like.
const g722Silence = new G722Encoder().encode(new Int16Array(16000)).subarray(-160);
/** RFC 6716: CELT only, fullband, 20 ms, mono, one frame that is silent. */
const opusSilence = Buffer.from([0xf8, 0xff, 0xfe]);

/**
 * Replaces what a packet says by silence, in place. A muted call goes on sending: far ends and their NATs drop a call
 * from which nothing comes.
 */
export function silencePacket(view: RtpView, codec: CodecName): void {
  const { buffer, payloadOffset: from, payloadLength: length } = view;
  if (codec === 'PCMA' || codec === 'PCMU') buffer.fill(codec === 'PCMA' ? 0xd5 : 0xff, from, from + length);
  else if (codec === 'G722') for (let i = 0; i < length; i++) buffer[from + i] = g722Silence[i % 160]!;
  else if (length >= opusSilence.length) {
    opusSilence.copy(buffer, from);
    view.payloadLength = opusSilence.length;
  }
}
