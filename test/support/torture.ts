import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from './until.ts';

const folder = fileURLToPath(new URL('../../core/sip/torture/', import.meta.url));

/** The messages of RFC 4475, byte for byte, and each of them cut off at three places: what a hostile sender does with little effort. */
export function tortureMessages(): { name: string; data: Buffer }[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.dat'));
  return names.flatMap((name) => {
    const data = readFileSync(path.join(folder, name));
    const parts = [0.25, 0.5, 0.9].map((share) => ({ name: `${name} cut at ${share}`, data: data.subarray(0, Math.floor(data.length * share)) }));
    return [{ name, data }, ...parts];
  });
}

/** What is not even like SIP. */
export const rubbish: Buffer[] = [
  Buffer.alloc(0),
  Buffer.from('\r\n\r\n'),
  Buffer.from('\0'.repeat(200)),
  Buffer.from('INVITE'),
  Buffer.from('SIP/2.0 200'),
  Buffer.from(`INVITE sip:a@b SIP/2.0\r\n${'Via: SIP/2.0/UDP x;branch=z9hG4bK\r\n'.repeat(800)}\r\n`),
  Buffer.from(`OPTIONS sip:${'a'.repeat(20_000)}@b SIP/2.0\r\n\r\n`),
  Buffer.from(`SIP/2.0 200 OK\r\n${' folded\r\n'.repeat(3000)}\r\n`),
  Buffer.from([0x80, 0x08, ...Array.from({ length: 170 }, (_, index) => index)]),
];

/** Sends each as a datagram from one socket; returns the first lines of what came back. */
export async function fireDatagrams(messages: Buffer[], to: { address: string; port: number }): Promise<string[]> {
  const answers: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (data) => answers.push(data.toString('latin1').split('\r\n', 1)[0] ?? ''));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  for (const message of messages) {
    await new Promise<void>((resolve, reject) => socket.send(message, to.port, to.address, (error) => (error ? reject(error) : resolve())));
    await pause(3);
  }
  await pause(500);
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return answers;
}

/** Sends each over a TCP connection of its own, in pieces of odd sizes, and hangs up. */
export async function fireConnections(messages: Buffer[], to: { address: string; port: number }): Promise<void> {
  for (const message of messages) {
    await new Promise<void>((resolve) => {
      const socket = connect(to.port, to.address, () => {
        for (let at = 0; at < message.length; at += 137) socket.write(message.subarray(at, at + 137));
        socket.end();
      });
      // A server that hangs up on such a sender does right.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => resolve());
      socket.setTimeout(300, () => socket.destroy());
      socket.resume();
    });
  }
}
