import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** Where the kernel lists the connections of IPv4 and IPv6; see proc_net_tcp in its documentation. */
export interface ConnectionTables {
  four: string;
  six: string;
}

const kernelTables: ConnectionTables = { four: '/proc/net/tcp', six: '/proc/net/tcp6' };

/**
 * Finds which system user is at the other end of a loopback connection. A ticket in a browser's command line is seen
 * by everyone on a terminal server; only the same user may turn it into a session.
 * @returns the user id, or null where the system does not tell (anything but Linux: there a secret has to do)
 */
export async function peerUser(socket: Socket, tables: ConnectionTables = kernelTables): Promise<number | null> {
  const { localAddress = '', localPort, remoteAddress = '', remotePort } = socket;
  if (process.platform !== 'linux' || !remoteAddress || !remotePort || !localPort) return null;
  const ours = `${hexAddress(localAddress)}:${hexPort(localPort)}`;
  const theirs = `${hexAddress(remoteAddress)}:${hexPort(remotePort)}`;
  const table = await readFile(ours.length > 13 ? tables.six : tables.four, 'latin1').catch(() => null);
  if (table === null) return null;
  for (const row of table.split('\n')) {
    const columns = row.trim().split(/\s+/);
    // The peer's own row: its local address is what we see as remote.
    if (columns[1] === theirs && columns[2] === ours) return Number(columns[7]);
  }
  return null;
}

/** The kernel prints an address in words of four bytes, each little-endian. Of IPv6 there is the loopback only. */
function hexAddress(address: string): string {
  if (address === '::1') return `${'0'.repeat(24)}01000000`;
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

/** Whether the other end of a loopback connection belongs to the user whose process this is, as far as the system tells. */
export async function isOwnPeer(socket: Socket): Promise<boolean> {
  return isSameUser(await peerUser(socket), process.getuid?.() ?? null, process.env.SUDO_UID);
}
