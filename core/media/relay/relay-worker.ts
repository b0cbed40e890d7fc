import { randomBytes } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { systemClock } from '#core/foundation/index.ts';
import { Relay } from './relay.ts';
import type { ToRelay } from './relay-protocol.ts';

/** Entry of the relay's own thread, so that nothing the agent does makes a gap in the sound. */
const port = parentPort;
if (!port) throw new Error('relay-worker.ts runs as a worker only');

const relay = new Relay({
  clock: systemClock,
  randomBytes,
  random: Math.random,
  // Below the ports that systems hand out by themselves (32768 and up).
  portRange: { first: 16384, last: 32767 },
  post: (message) => port.postMessage(message),
});

port.on('message', (message: ToRelay) => {
  relay.handle(message);
  if (message.kind === 'stop') port.close();
});
