import { expect, test } from 'vitest';
import { lossyPipe } from '../testing/lossy-pipe.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { messageOf } from '../testing/scripted-server.ts';
import type { SipFlow } from '../transports/index.ts';
import { nextHop } from './request-routing.ts';

function flowTo(address: string, protocol: SipFlow['protocol'] = 'udp'): SipFlow {
  return { ...lossyPipe(new FakeClock(), () => false).flow, protocol, remote: { address, port: 5060 } };
}

function request(uri: string, options: { route?: string; dialog?: boolean } = {}) {
  const route = options.route ? [`Route: ${options.route}`] : [];
  const tag = options.dialog === false ? '' : ';tag=2';
  return messageOf([
    `BYE ${uri} SIP/2.0`,
    'Via: SIP/2.0/UDP h;branch=z9hG4bK1',
    ...route,
    'From: <sip:a@h>;tag=1',
    `To: <sip:b@h>${tag}`,
    'Call-ID: c',
    'CSeq: 2 BYE',
  ]);
}

const plain = { outboundProxy: null };

test.each([
  ['outside a dialog', request('sip:b@10.0.0.9', { dialog: false })],
  ['towards a name', request('sip:b@peer.example')],
  ['towards the server itself', request('sip:b@10.0.0.1')],
  ['by way of a route that is the server', request('sip:b@10.0.0.9', { route: '<sip:10.0.0.1;lr>' })],
  ['over another transport', request('sip:b@10.0.0.9;transport=tls')],
  ['towards port 0', request('sip:b@10.0.0.9:0')],
])('a request %s takes the flow to the server', (_name, message) => {
  expect(nextHop(message, flowTo('10.0.0.1'), plain)).toBeNull();
});

test('in a dialog without Record-Route it goes straight to the Contact', () => {
  expect(nextHop(request('sip:b@10.0.0.9:5080'), flowTo('10.0.0.1'), plain)).toEqual({
    address: '10.0.0.9',
    port: 5080,
    protocol: 'udp',
  });
});

test('a private Contact behind a public server is not believed', () => {
  expect(nextHop(request('sip:b@192.168.1.5'), flowTo('198.51.100.1'), plain)).toBeNull();
});

test('with an outbound proxy everything goes there', () => {
  expect(nextHop(request('sip:b@10.0.0.9'), flowTo('10.0.0.1'), { outboundProxy: 'proxy.example' })).toBeNull();
});
