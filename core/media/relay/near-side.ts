import type { Disposable } from '#core/foundation/index.ts';
import type { CodecName } from '../media-leg.ts';
import type { RtpView } from '../rtp/rtp-packet.ts';

/** The end of a relayed call on this machine: a window, or the synthetic endpoint. */
export interface NearSide extends Disposable {
  /** What the far end sends; `view` is valid during the call only. */
  hear(view: RtpView, codec: CodecName): void;
  /** Which codec the call has from now on. */
  setCodec(codec: CodecName): void;
}
