import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { Clock, Logger } from '#core/foundation/index.ts';
import type { AudioEndpoint } from '../audio-endpoint.ts';
import { computableCodecs } from '../codec/audio-codec.ts';
import type { CodecName, MediaLeg, MediaLegFactory } from '../media-leg.ts';
import { WebRtcMediaLeg } from '../web-rtc-media-leg.ts';
import { RelayClient } from './relay-client.ts';
import { RelayMediaLeg } from './relay-media-leg.ts';

/** Addresses beyond these get their first ports when a call asks for them. */
const preparedAddresses = 4;

export interface RelayMediaLegFactoryOptions {
  /** `relay-worker.ts`, or the bundle made of it. */
  workerEntry: URL;
  audioEndpoint: AudioEndpoint;
  clock: Clock;
  logger: Logger;
  /** IPv4 addresses to bind ports on ahead; those of this machine when left out. */
  localAddresses?: () => string[];
}

/** Legs through the relay for RTP and SRTP lines, straight through for WebRTC lines. */
export class RelayMediaLegFactory implements MediaLegFactory {
  private readonly options: RelayMediaLegFactoryOptions;
  private readonly client: RelayClient;

  constructor(options: RelayMediaLegFactoryOptions) {
    this.options = options;
    const { workerEntry, clock, logger } = options;
    this.client = new RelayClient({ workerEntry, clock, logger });
  }

  async prepare(): Promise<void> {
    const addresses = (this.options.localAddresses ?? localAddresses)();
    await this.client.start(addresses.slice(0, preparedAddresses));
  }

  /** Ends the worker and with it every leg's media. */
  stop(): Promise<void> {
    return this.client.stop();
  }

  create(options: Parameters<MediaLegFactory['create']>[0]): MediaLeg {
    const { callId, security, localAddress, codecs, endpoint, stunServer } = options;
    const { audioEndpoint, logger } = this.options;
    if (security === 'webrtc') return new WebRtcMediaLeg({ callId, stunServer, audioEndpoint, logger });
    const usable = endpoint === 'synthetic' ? computable(codecs) : codecs;
    const { client } = this;
    return new RelayMediaLeg({
      callId,
      security,
      localAddress,
      codecs: usable,
      endpoint,
      client,
      audioEndpoint,
      logger,
      randomBytes,
    });
  }
}

/** The synthetic endpoint speaks opus only where nothing else is asked for: the library for it is there in development. */
function computable(codecs: readonly CodecName[]): readonly CodecName[] {
  const own = codecs.filter((codec) => computableCodecs.includes(codec));
  return own.length > 0 ? own : codecs;
}

function localAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  return all.filter((entry) => entry.family === 'IPv4').map((entry) => entry.address);
}
