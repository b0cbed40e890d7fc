import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

function tcpPort(port: number): Promise<number | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(null));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address ? address.port : null;
      server.close(() => resolve(got));
    });
  });
}

function udpIsFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(true)));
  });
}

/** True when the port is free on loopback for both UDP and TCP. */
export async function isFree(port: number): Promise<boolean> {
  return (await tcpPort(port)) !== null && (await udpIsFree(port));
}

/** The first of the wished ports that is free for UDP and TCP, or else any that is. */
export async function freePort(...wished: number[]): Promise<number> {
  for (const port of wished) if (port > 0 && (await isFree(port))) return port;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const port = await tcpPort(0);
    if (port !== null && (await udpIsFree(port))) return port;
  }
  throw new Error('no free port on 127.0.0.1');
}
