import type { CodecName } from '../media-leg.ts';
import type { StreamFormats } from '../rtp/audio-stream.ts';
import type { AudioFormat, FormatName } from '../sdp/audio-format.ts';
import type { OwnWebRtc } from '../sdp/audio-negotiation.ts';
import { parseSessionDescription } from '../sdp/parse-session-description.ts';
import { readAudio } from '../sdp/read-audio.ts';
import { notAcceptable, serializeSessionDescription, type Attribute } from '../sdp/session-description.ts';
import { webRtcAttributes, type WebRtcParameters } from '../sdp/web-rtc-parameters.ts';

export interface WindowAnswer {
  sdp: string;
  remote: WebRtcParameters;
  formats: Omit<StreamFormats, 'codec'>;
}

const order: readonly FormatName[] = ['PCMA', 'PCMU', 'G722', 'opus', 'telephone-event'];

/**
 * The relay's answer to a window's offer, negotiated once for the whole call: every codec that it can pass through, so
 * that the far end's choice may change without the window. No header extensions, so that packets pass unchanged.
 * The window begins with the first one, `codec`.
 * `a=ptime` is left out: Chromium copies it into its codec parameters and then refuses `setParameters`.
 */
export function answerWindow(offer: string, own: OwnWebRtc, ssrc: number, codec: CodecName = 'PCMA'): WindowAnswer {
  const audio = readAudio(parseSessionDescription(offer));
  if (!audio.webRtc) throw notAcceptable('the window offered no ICE or DTLS parameters');
  const formats = [codec, ...order.filter((name) => name !== codec)].flatMap((name) =>
    audio.formats.filter((format) => format.name === name),
  );
  if (formats.length === 0) throw notAcceptable('the window has no codec that is known here');
  const address = own.addresses[0]!;
  const mid = audio.mid ?? '0';
  const sdp = serializeSessionDescription({
    origin: { username: '-', sessionId: String(ssrc), sessionVersion: '1', family: 'IP4', address },
    connection: null,
    attributes: [
      { name: 'ice-lite', value: null },
      { name: 'group', value: `BUNDLE ${mid}` },
      { name: 'msid-semantic', value: 'WMS *' },
    ],
    media: [
      {
        type: 'audio',
        port: own.port,
        protocol: audio.protocol,
        formats: formats.map((format) => String(format.payloadType)),
        connection: { family: 'IP4', address },
        attributes: [
          { name: 'mid', value: mid },
          { name: 'sendrecv', value: null },
          { name: 'rtcp-mux', value: null },
          ...webRtcAttributes({ ...own, setup: 'passive' }),
          ...formats.flatMap(describe),
          { name: 'msid', value: 'offhook far' },
          { name: 'ssrc', value: `${ssrc} cname:offhook` },
        ],
      },
    ],
  });
  return { sdp, remote: audio.webRtc, formats: { ...typesOf(formats), events: null } };
}

function describe({ payloadType, name, clockRate, channels, parameters }: AudioFormat): Attribute[] {
  const map = { name: 'rtpmap', value: `${payloadType} ${name}/${clockRate}${channels > 1 ? `/${channels}` : ''}` };
  return parameters ? [map, { name: 'fmtp', value: `${payloadType} ${parameters}` }] : [map];
}

function typesOf(formats: AudioFormat[]) {
  const sendTypes: Partial<Record<FormatName, number>> = {};
  const receiveTypes = new Map<number, FormatName>();
  for (const { name, payloadType } of [...formats].reverse()) {
    sendTypes[name as CodecName] = payloadType;
    receiveTypes.set(payloadType, name);
  }
  return { sendTypes, receiveTypes };
}
