/** Where packets come from. */
export interface Source {
  address: string;
  port: number;
}

/** ms of silence of the present source after which another one on a known address may follow it. */
const handoverSilence = 200;
/** ms of silence after which even another address may, if it goes on with the same SSRC. */
const strangerSilence = 1000;

/**
 * Symmetric RTP (RFC 4961) with care: after each negotiation the first valid packet decides where the far end is (it may
 * sit behind NAT), and from then on other sources are ignored, but for the very place that the SDP names. So nobody who
 * learns the port later can take the call, and nobody who was quick can keep it.
 */
export class SourceLatch {
  private signalled: Source | null = null;
  private present: Source | null = null;
  private presentSsrc = 0;
  private heardAt = 0;

  /** What the SDP says. The next valid packet may come from anywhere, unless it is the same place as before. */
  expect(source: Source | null): void {
    const same = source?.address === this.signalled?.address && source?.port === this.signalled?.port;
    this.signalled = source;
    if (!same) this.present = null;
  }

  /** Where to send: where packets come from, or else what the SDP says. */
  get target(): Source | null {
    return this.present ?? this.signalled;
  }

  /** True when the packet is the far end's. Call it for packets that are well-formed (and authentic) only. */
  accept(address: string, port: number, ssrc: number, now: number): boolean {
    const { present } = this;
    if (!this.signalled) return false;
    const isPresent = present?.port === port && present.address === address;
    if (!isPresent && present && !this.mayFollow(address, port, ssrc, now - this.heardAt)) return false;
    if (!isPresent) this.present = { address, port };
    this.presentSsrc = ssrc;
    this.heardAt = now;
    return true;
  }

  private mayFollow(address: string, port: number, ssrc: number, silence: number): boolean {
    const { present, signalled } = this;
    const isSignalled = address === signalled?.address && port === signalled.port;
    if (isSignalled && present?.address !== address) return true;
    if (address === present?.address || address === signalled?.address) return silence >= handoverSilence;
    return silence >= strangerSilence && ssrc === this.presentSsrc;
  }
}
