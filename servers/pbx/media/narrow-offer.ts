import type { CodecName } from '#core/media/index.ts';
import { parseSessionDescription, serializeSessionDescription, type Attribute, type MediaDescription } from '#core/media/sdp/index.ts';

/**
 * Leaves one codec (and telephone events) in an offer of ours: in a call that is up both parties speak it, and neither
 * may be led to another.
 */
export function narrowOffer(offer: string, codec: CodecName): string {
  const session = parseSessionDescription(offer);
  return serializeSessionDescription({ ...session, media: session.media.map((media) => (media.port === 0 ? media : narrow(media, codec))) });
}

function narrow(media: MediaDescription, codec: CodecName): MediaDescription {
  const kept = new Set<string>();
  for (const { name, value } of media.attributes) {
    const match = name === 'rtpmap' ? /^(\d+) ([^/]+)\//.exec(value ?? '') : null;
    if (match && (match[2] === codec || match[2] === 'telephone-event')) kept.add(match[1]!);
  }
  const belongs = ({ name, value }: Attribute) => (name !== 'rtpmap' && name !== 'fmtp') || kept.has((value ?? '').split(' ')[0]!);
  return { ...media, formats: media.formats.filter((format) => kept.has(format)), attributes: media.attributes.filter(belongs) };
}
