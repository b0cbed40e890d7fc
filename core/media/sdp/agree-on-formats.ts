import type { CodecName } from '../media-leg.ts';
import type { AudioFormat, FormatName } from './audio-format.ts';
import { notAcceptable } from './session-description.ts';

export interface AgreedFormats {
  /** What we send. */
  codec: CodecName;
  /** For an answer: the lines to write, the codec first. */
  formats: AudioFormat[];
  /** Payload type to send a format with. */
  sendTypes: Partial<Record<FormatName, number>>;
  /** What a received payload type carries. */
  receiveTypes: ReadonlyMap<number, FormatName>;
  /** Telephone events as we may send them; null where none were negotiated. */
  events: { payloadType: number; clockRate: number } | null;
}

/**
 * Meets their formats with ours. To an offer we answer one codec (the offerer's first that we have) and its telephone
 * event; of an answer we take the first codec to send, and accept every one of it (RFC 3264 6.1, 7).
 */
export function agreeOnFormats(
  theirs: AudioFormat[],
  ours: AudioFormat[],
  theirsIs: 'offer' | 'answer',
): AgreedFormats {
  const common = theirs.filter((format) => ours.some((own) => same(own, format)));
  const codecs = common.filter((format) => format.name !== 'telephone-event');
  const chosen = codecs[0];
  if (!chosen) throw notAcceptable('no codec in common');
  const event = chooseEvent(common, chosen.clockRate);
  const kept = theirsIs === 'offer' ? [chosen] : codecs;
  const sendTypes: AgreedFormats['sendTypes'] = {};
  const receiveTypes = new Map<number, FormatName>();
  for (const format of [...kept].reverse()) {
    sendTypes[format.name] = format.payloadType;
    receiveTypes.set(format.payloadType, format.name);
  }
  if (event) sendTypes['telephone-event'] = event.payloadType;
  for (const format of common) if (format.name === 'telephone-event') receiveTypes.set(format.payloadType, format.name);
  // We receive by the numbers of our own offer (RFC 3264 5.1), though most answerers repeat them anyway.
  if (theirsIs === 'answer')
    for (const own of ours) if (common.some((format) => same(own, format))) receiveTypes.set(own.payloadType, own.name);
  return {
    codec: chosen.name as CodecName,
    formats: [
      { ...chosen, parameters: ownParameters(ours, chosen) },
      ...(event ? [{ ...event, parameters: '0-16' }] : []),
    ],
    sendTypes,
    receiveTypes,
    events: event ? { payloadType: event.payloadType, clockRate: event.clockRate } : null,
  };
}

function same(a: AudioFormat, b: AudioFormat): boolean {
  return a.name === b.name && a.clockRate === b.clockRate && a.channels === b.channels;
}

/** RFC 4733 2.1: events run on the clock of the audio beside them; 8000 Hz beside opus is common and works. */
function chooseEvent(common: AudioFormat[], clockRate: number): AudioFormat | undefined {
  const events = common.filter((format) => format.name === 'telephone-event');
  return events.find((format) => format.clockRate === clockRate) ?? events[0];
}

function ownParameters(ours: AudioFormat[], chosen: AudioFormat): string | null {
  return ours.find((own) => same(own, chosen))?.parameters ?? null;
}
