import type { CodecName } from '../media-leg.ts';

/** What a payload type may carry. */
export type FormatName = CodecName | 'telephone-event';

export interface AudioFormat {
  payloadType: number;
  name: FormatName;
  /** Hz of the RTP timestamp. G722 counts 8000 though it samples 16000 (RFC 3551 4.5.2). */
  clockRate: number;
  channels: number;
  parameters: string | null;
}

const known: Record<
  FormatName,
  { payloadType: number; clockRate: number; channels: number; parameters: string | null }
> = {
  PCMU: { payloadType: 0, clockRate: 8000, channels: 1, parameters: null },
  PCMA: { payloadType: 8, clockRate: 8000, channels: 1, parameters: null },
  G722: { payloadType: 9, clockRate: 8000, channels: 1, parameters: null },
  // 111 and 126/110 are Chromium's own numbers; RFC 7587 asks for two channels in the rtpmap whatever is sent.
  opus: { payloadType: 111, clockRate: 48000, channels: 2, parameters: 'minptime=10;useinbandfec=1' },
  'telephone-event': { payloadType: 101, clockRate: 8000, channels: 1, parameters: '0-16' },
};

export const eventPayloadTypeAt48k = 110;

/** Hz of a codec's RTP timestamps. */
export function clockRateOf(codec: CodecName): number {
  return known[codec].clockRate;
}

/** Our own formats for an offer, in the order of preference. */
export function offeredFormats(codecs: readonly CodecName[]): AudioFormat[] {
  const formats: AudioFormat[] = codecs.map((name) => ({ name, ...known[name] }));
  formats.push({ name: 'telephone-event', ...known['telephone-event'] });
  if (codecs.includes('opus')) {
    formats.push({
      name: 'telephone-event',
      ...known['telephone-event'],
      payloadType: eventPayloadTypeAt48k,
      clockRate: 48000,
    });
  }
  return formats;
}

/** Static payload types may come without rtpmap (RFC 3551 6). */
export function staticFormat(payloadType: number): AudioFormat | null {
  const name = payloadType === 0 ? 'PCMU' : payloadType === 8 ? 'PCMA' : payloadType === 9 ? 'G722' : null;
  return name && { name, ...known[name] };
}

/** `a=rtpmap:<payload type> <name>/<clock>[/<channels>]`; null for what we do not do. */
export function parseRtpmap(payloadType: number, value: string): Omit<AudioFormat, 'parameters'> | null {
  const match = /^([A-Za-z0-9._-]{1,64})\/(\d{1,6})(?:\/(\d{1,2}))?$/.exec(value.trim());
  if (!match) return null;
  const name = formatName(match[1]!);
  if (!name) return null;
  const clockRate = Number(match[2]);
  const channels = Number(match[3] ?? 1);
  const fits =
    name === 'telephone-event'
      ? clockRate === 8000 || clockRate === 48000
      : clockRate === known[name].clockRate && channels === known[name].channels;
  return fits ? { payloadType, name, clockRate, channels } : null;
}

function formatName(name: string): FormatName | null {
  const lower = name.toLowerCase();
  return (Object.keys(known) as FormatName[]).find((entry) => entry.toLowerCase() === lower) ?? null;
}
