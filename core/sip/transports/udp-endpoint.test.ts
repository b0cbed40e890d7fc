import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { silentLogger, systemClock } from '#core/foundation/index.ts';
import { responseTo } from '../messages/response-to.ts';
import type { SipFlow } from './sip-flow.ts';
import { SipTransportLayer } from './sip-transport-layer.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const run of cleanUp.splice(0)) await run();
});

function request(method: string): string {
  return [
    `${method} sip:pbx.example SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${method};rport`,
    'From: <sip:1@pbx.example>;tag=1',
    'To: <sip:1@pbx.example>',
    'Call-ID: c',
    `CSeq: 1 ${method}`,
    'Content-Length: 0\r\n\r\n',
  ].join('\r\n');
}

/** A flow by which that request came, from a socket of its own. */
async function flowOf(layer: SipTransportLayer, port: number, method: string, status: number): Promise<SipFlow> {
  const phone = createSocket('udp4');
  cleanUp.push(() => phone.close());
  const come = new Promise<SipFlow>((resolve) => {
    const subscription = layer.onMessage(({ message, flow }) => {
      subscription.dispose();
      layer.respond(responseTo(message, status, 'Scripted'));
      resolve(flow);
    });
  });
  phone.send(request(method), port, '127.0.0.1');
  await once(phone, 'message');
  return come;
}

test('a flood from invented addresses drives out strangers, and nobody who has registered', async () => {
  const layer = new SipTransportLayer({ clock: systemClock, logger: silentLogger });
  cleanUp.push(() => layer.close());
  const { local } = await layer.listen({ protocol: 'udp', address: '127.0.0.1', port: 0 });
  const registered = await flowOf(layer, local.port, 'REGISTER', 200);
  const refused = await flowOf(layer, local.port, 'REGISTER', 403);
  const stranger = await flowOf(layer, local.port, 'OPTIONS', 200);
  // The same way in as a datagram's, without 20,000 sockets.
  for (let index = 0; index < 20_000; index += 1)
    layer.sibling(registered, { address: `10.0.${index >> 8}.${index & 255}`, port: 5060 });
  expect(layer.flow(registered.id)).toBe(registered);
  expect(layer.flow(refused.id)).toBeNull();
  expect(layer.flow(stranger.id)).toBeNull();
});

test('a flood cannot take the flow to the server from a phone', async () => {
  const layer = new SipTransportLayer({ clock: systemClock, logger: silentLogger });
  cleanUp.push(() => layer.close());
  const { local } = await layer.listen({ protocol: 'udp', address: '127.0.0.1', port: 0 });
  const flow = await layer.connect({ protocol: 'udp', remote: local });
  for (let index = 0; index <= 20_000; index += 1)
    layer.sibling(flow, { address: `10.0.${index >> 8}.${index & 255}`, port: 5060 });
  expect(flow.closed).toBe(false);
  expect(layer.flow(flow.id)).toBe(flow);
});
