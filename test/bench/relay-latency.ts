import { createSocket } from 'node:dgram';
import { PacketLoad, percentile, runLoads } from './packet-load.ts';
import { RelayRig } from './relay-rig.ts';

export interface RelayLatency {
  /** ms one way, window to far end and back mixed. */
  relayP50: number;
  relayP99: number;
  /** ms of a bare UDP forwarder in a worker of the same process, in the same seconds. */
  bareP50: number;
  bareP99: number;
  /** ms: what the relay adds. */
  addedP99: number;
  packets: number;
  /** 0–1. */
  lost: number;
}

/** One-way latency of the relay beside a bare hop, with the database busy. SRTP on the window's side, RTP on the other. */
export async function measureRelayLatency(
  options: { calls?: number; milliseconds?: number } = {},
): Promise<RelayLatency> {
  const { calls = 5, milliseconds = 10_000 } = options;
  const rig = await RelayRig.start();
  try {
    await rig.keepDatabaseBusy();
    const relay = await openLoads(rig, calls);
    const bare = await bareLoads(rig, calls * 2);
    const loads = relay.flatMap((load, index) => [load, bare.loads[index]!]);
    await runLoads(loads, 1000);
    for (const load of loads) load.delays.length = 0;
    const before = relay.reduce((sum, load) => sum + load.sent, 0);
    await runLoads(loads, milliseconds);
    bare.close();
    return summary(relay, bare.loads, before);
  } finally {
    await rig.stop();
  }
}

async function openLoads(rig: RelayRig, calls: number): Promise<PacketLoad[]> {
  const loads: PacketLoad[] = [];
  for (let index = 0; index < calls; index++) {
    const { window, far } = await rig.openCall('rtp');
    const up = new PacketLoad(index * 2 + 1, (buffer, length) => window.send(buffer, length));
    const down = new PacketLoad(index * 2 + 2, (buffer, length) => far.send(buffer, length));
    far.onRtp = up.received;
    window.onRtp = down.received;
    loads.push(up, down);
  }
  return loads;
}

async function bareLoads(rig: RelayRig, count: number): Promise<{ loads: PacketLoad[]; close: () => void }> {
  const socket = createSocket({ type: 'udp4', lookup: (host, _options, done) => done(null, host, 4) });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const port = await rig.bareHop(socket.address().port);
  const loads = Array.from({ length: count }, (_, index) => {
    return new PacketLoad(1000 + index, (buffer, length) => socket.send(buffer, 0, length, port, '127.0.0.1'));
  });
  socket.on('message', (message) => loads[message.readUInt32BE(8) - 1000]?.received(message));
  return { loads, close: () => socket.close() };
}

function summary(relay: PacketLoad[], bare: PacketLoad[], before: number): RelayLatency {
  const relayDelays = relay.flatMap((load) => load.delays);
  const bareDelays = bare.flatMap((load) => load.delays);
  const packets = relay.reduce((sum, load) => sum + load.sent, 0) - before;
  const [relayP99, bareP99] = [percentile(relayDelays, 0.99), percentile(bareDelays, 0.99)];
  return {
    relayP50: percentile(relayDelays, 0.5),
    relayP99,
    bareP50: percentile(bareDelays, 0.5),
    bareP99,
    addedP99: Math.max(0, relayP99 - bareP99),
    packets,
    lost: 1 - relayDelays.length / packets,
  };
}
