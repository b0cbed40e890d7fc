import { createSocket } from 'node:dgram';
import { parentPort, workerData } from 'node:worker_threads';

/** The least that any relay in Node can cost: a datagram in, the same datagram out. */
const { to } = workerData as { to: number };
const socket = createSocket({ type: 'udp4', lookup: (host, _options, done) => done(null, host, 4) });
socket.on('message', (message) => socket.send(message, to, '127.0.0.1'));
socket.bind(0, '127.0.0.1', () => parentPort!.postMessage(socket.address().port));
