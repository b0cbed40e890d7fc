import { UdpSocket } from './udp-socket.ts';

/** An RTP socket on an even port and its RTCP socket on the next (RFC 3550 11). */
export interface RtpSocketPair {
  readonly address: string;
  readonly rtp: UdpSocket;
  readonly rtcp: UdpSocket;
  close(): void;
}

export interface PortRange {
  /** Inclusive. */
  first: number;
  last: number;
}

/**
 * Binds a pair on any free even port of the range, tried from a random place on.
 * @param random from 0 to below 1; rejects with the system's last error when nothing is free
 */
export async function bindRtpSocketPair(
  address: string,
  range: PortRange,
  random: () => number,
): Promise<RtpSocketPair> {
  const first = range.first + (range.first % 2);
  const places = Math.max(1, Math.floor((range.last - first + 1) / 2));
  const start = Math.floor(random() * places);
  let failure: unknown = new Error('no port in the range');
  for (let tries = 0; tries < Math.min(places, 200); tries++) {
    const port = first + ((start + tries) % places) * 2;
    const pair = await tryPair(address, port).catch((error: unknown) => {
      failure = error;
      return null;
    });
    if (pair) return pair;
  }
  throw failure;
}

/** Binds the pair on just this port and the next. */
export async function tryPair(address: string, port: number): Promise<RtpSocketPair> {
  const rtp = await UdpSocket.bind(address, port);
  try {
    const rtcp = await UdpSocket.bind(address, port + 1);
    return {
      address,
      rtp,
      rtcp,
      close() {
        rtp.close();
        rtcp.close();
      },
    };
  } catch (error) {
    rtp.close();
    throw error;
  }
}
