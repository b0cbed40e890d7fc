import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSameUser, peerUser } from './peer-user.ts';

const addresses = Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
const loopbacks = ['127.0.0.1', '::1'].filter((address) => addresses.includes(address));
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('who is at the other end of a loopback connection', () => {
  onLinux.for(loopbacks)('is found in the table of the kernel on %s', async (host) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const client = connect((server.address() as AddressInfo).port, host);
    const socket = await accepted;
    expect(await peerUser(socket)).toBe(process.getuid!());
    client.destroy();
    socket.destroy();
    server.close();
  });

  onLinux('is read from the row of the peer, not from our own', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'offhook-peer-'));
    const table = path.join(directory, 'tcp');
    const rest = '01 00000000:00000000 00:00000000 00000000';
    writeFileSync(
      table,
      `  sl  local_address rem_address   st …\n` +
        `   0: 0100007F:1F90 0100007F:C350 ${rest}     0        0 1\n` +
        `   1: 0100007F:C350 0100007F:1F90 ${rest}  1007        0 2\n`,
    );
    const socket = { localAddress: '127.0.0.1', localPort: 0x1f90, remoteAddress: '127.0.0.1', remotePort: 0xc350 };
    expect(await peerUser(socket as Socket, { four: table, six: '/nowhere' })).toBe(1007);
    rmSync(directory, { recursive: true });
  });

  it('is refused when it is somebody else, and let in where the system does not tell', () => {
    expect(isSameUser(1007, 1000, undefined)).toBe(false);
    expect(isSameUser(1000, 1000, undefined)).toBe(true);
    expect(isSameUser(null, 1000, undefined)).toBe(true);
    expect(isSameUser(1000, null, undefined)).toBe(true);
  });

  it('is let in when they started us through sudo, and nobody else then', () => {
    expect(isSameUser(1000, 0, '1000')).toBe(true);
    expect(isSameUser(1001, 0, '1000')).toBe(false);
    expect(isSameUser(0, 1000, '0')).toBe(false);
  });
});
