import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

// Below the kernel's ephemeral range, so that no client socket of a neighbour takes the port in between.
const lowest = 20_000;
const highest = 32_000;

function tcpIsFree(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, address, () => server.close(() => resolve(true)));
  });
}

function udpIsFree(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, address, () => socket.close(() => resolve(true)));
  });
}

/**
 * A port that is free for UDP and TCP on 127.0.0.1, as are the `count - 1` above it.
 * Inside a network namespace of a test's own every port is free; this still works there, as it only needs a number.
 */
export async function freePort(count = 1): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const first = randomInt(lowest / 2, Math.floor((highest - count) / 2)) * 2;
    let free = true;
    for (let port = first; free && port < first + count; port++)
      free = (await tcpIsFree(port, '127.0.0.1')) && (await udpIsFree(port, '127.0.0.1'));
    if (free) return first;
  }
  throw new Error(`no ${count} free ports in a row between ${lowest} and ${highest}`);
}
