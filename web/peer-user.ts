import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/**
 * Finds which system user is at the other end of a loopback connection. A ticket in a browser's command line is seen
 * by everyone on a terminal server; only the same user may turn it into a session.
 * @returns the user id, or null where the system does not tell (anything but Linux)
 */
export async function peerUser(socket: Socket, tablePath = '/proc/net/tcp'): Promise<number | null> {
  if (process.platform !== 'linux' || !socket.remoteAddress || !socket.remotePort || !socket.localPort) return null;
  const ours = `${hexAddress(socket.localAddress ?? '')}:${hexPort(socket.localPort)}`;
  const theirs = `${hexAddress(socket.remoteAddress)}:${hexPort(socket.remotePort)}`;
  const table = await readFile(tablePath, 'latin1').catch(() => null);
  if (table === null) return null;
  for (const row of table.split('\n')) {
    const columns = row.trim().split(/\s+/);
    // The peer's own row: its local address is what we see as remote. See proc_net_tcp in the kernel's documentation.
    if (columns[1] === theirs && columns[2] === ours) return Number(columns[7]);
  }
  return null;
}

/** The kernel prints an IPv4 address as one little-endian word. */
function hexAddress(address: string): string {
  return address
    .replace(/^::ffff:/, '')
    .split('.')
    .reverse()
    .map((byte) => Number(byte).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

function hexPort(port: number): string {
  return port.toString(16).padStart(4, '0').toUpperCase();
}

/** True unless the peer is known to be somebody else; who started us through sudo is the same person. */
export function isSameUser(peer: number | null, own: number | null, sudoUser: string | undefined): boolean {
  if (peer === null || own === null || peer === own) return true;
  return own === 0 && sudoUser !== undefined && Number(sudoUser) === peer;
}
