import { PacketLoad, runLoads } from './packet-load.ts';
import { RelayRig } from './relay-rig.ts';

export interface RelayCpu {
  calls: number;
  /** % of one core a call: the whole process (agent's media part, relay worker, garbage collection), idle use taken off. */
  percentPerCall: number;
  /** % of one core while idle. */
  idlePercent: number;
  /** 0–1. */
  lost: number;
}

/** CPU time of the relay under calls that talk both ways: DTLS-SRTP to the window, RTP or SDES-SRTP to the far end. */
export async function measureRelayCpu(
  options: { calls?: number; milliseconds?: number; security?: 'rtp' | 'srtp' } = {},
): Promise<RelayCpu> {
  const { calls = 20, milliseconds = 10_000, security = 'rtp' } = options;
  const rig = await RelayRig.start();
  try {
    const idle = await share(rig, () => new Promise((resolve) => setTimeout(resolve, 2000)));
    const loads: PacketLoad[] = [];
    for (let index = 0; index < calls; index++) {
      const { window, far } = await rig.openCall(security);
      const up = new PacketLoad(index * 2 + 1, (buffer, length) => window.send(buffer, length));
      const down = new PacketLoad(index * 2 + 2, (buffer, length) => far.send(buffer, length));
      far.onRtp = up.received;
      window.onRtp = down.received;
      loads.push(up, down);
    }
    await runLoads(loads, 2000);
    const busy = await share(rig, () => runLoads(loads, milliseconds));
    const sent = loads.reduce((sum, load) => sum + load.sent, 0);
    const received = loads.reduce((sum, load) => sum + load.delays.length, 0);
    return {
      calls,
      percentPerCall: (Math.max(0, busy - idle) * 100) / calls,
      idlePercent: idle * 100,
      lost: 1 - received / sent,
    };
  } finally {
    await rig.stop();
  }
}

/** 0–1 of a core. */
async function share(rig: RelayRig, during: () => Promise<unknown>): Promise<number> {
  const [startedAt, before] = [performance.now(), await rig.cpu()];
  await during();
  return ((await rig.cpu()) - before) / 1000 / (performance.now() - startedAt);
}
