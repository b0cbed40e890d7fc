import { get, type IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { listenOnLoopback, type LoopbackHandlers } from './loopback-listener.ts';

const addresses = Object.values(networkInterfaces()).flatMap((each) =>
  (each ?? []).map(({ address, internal }) => ({ address, internal })),
);
const loopbacks = ['127.0.0.1', '::1'].filter((host) => addresses.some(({ address }) => address === host));
const outside = addresses
  .filter(({ address, internal }) => !internal && address.includes('.'))
  .map(({ address }) => address);

const handlers: LoopbackHandlers = {
  request: (_request, response) => void response.end('here'),
  upgrade: (_request, socket) => void socket.destroy(),
};
const open = () => listenOnLoopback(0, handlers, { clock: systemClock, logger: silentLogger });

function answerOf(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ host, port, agent: false }, (response: IncomingMessage) => resolve(response.resume().statusCode ?? 0)).on(
      'error',
      reject,
    );
  });
}

describe('listening on the loopback', () => {
  it('answers at each address of the loopback, at the same port', async () => {
    const listener = await open();
    for (const host of loopbacks) expect(await answerOf(host, listener.port)).toBe(200);
    await listener.close();
    for (const host of loopbacks)
      await expect(answerOf(host, listener.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('answers at no other address of this computer', async () => {
    const listener = await open();
    for (const host of [...outside, '127.0.0.2'])
      await expect(answerOf(host, listener.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await listener.close();
  });

  it('says when the port is not free', async () => {
    const listener = await open();
    const again = listenOnLoopback(listener.port, handlers, { clock: systemClock, logger: silentLogger });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await listener.close();
  });

  it('does not wait for connections that stay open', async () => {
    const listener = await listenOnLoopback(
      0,
      { ...handlers, request: () => {} },
      { clock: systemClock, logger: silentLogger },
    );
    const hanging = answerOf('127.0.0.1', listener.port);
    hanging.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    await listener.close();
    await expect(hanging).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
