/** TypeScript's DOM types lack what Chromium has had since version 124 (WebRTC Extensions § 5.5). */
interface EncodingWithCodec extends RTCRtpEncodingParameters {
  codec?: RTCRtpCodec;
}

/** `PCMA` of the contract against `audio/PCMA` of WebRTC; opus differs in case between browsers. */
export function matchingCodec(codecs: readonly RTCRtpCodecParameters[], name: string): RTCRtpCodecParameters | null {
  const wanted = `audio/${name}`.toLowerCase();
  return codecs.find((codec) => codec.mimeType.toLowerCase() === wanted) ?? null;
}

/**
 * Makes the sender use one of the negotiated codecs from now on (RTCRtpEncodingParameters.codec, Chromium ≥ 124).
 * @returns false when that codec was not negotiated (yet)
 */
export async function preferCodec(sender: RTCRtpSender, name: string): Promise<boolean> {
  const parameters = sender.getParameters();
  const codec = matchingCodec(parameters.codecs, name);
  const encoding: EncodingWithCodec | undefined = parameters.encodings[0];
  if (!codec || !encoding) return false;
  const { mimeType, clockRate, channels, sdpFmtpLine } = codec;
  encoding.codec = { mimeType, clockRate, ...(channels ? { channels } : {}), ...(sdpFmtpLine ? { sdpFmtpLine } : {}) };
  await sender.setParameters(parameters);
  return true;
}
