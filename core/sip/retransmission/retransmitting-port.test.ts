import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { parseMessage } from '../messages/parse-message.ts';
import type { SipMessage } from '../messages/sip-message.ts';
import { lossyPipe, type Loss } from '../testing/lossy-pipe.ts';
import { RetransmittingPort } from './retransmitting-port.ts';

function parsed(startLine: string, method: string, branch: string): SipMessage {
  const lines = [
    startLine,
    `Via: SIP/2.0/UDP h;branch=z9hG4bK${branch}`,
    'From: <sip:a@h>;tag=1',
    'To: <sip:b@h>;tag=2',
    'Call-ID: c',
    `CSeq: 1 ${method}`,
  ];
  const result = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
  if (!result.ok) throw new Error(result.malformed.cause);
  return result.message;
}

const request = (method: string, branch = 'x') => parsed(`${method} sip:b@h SIP/2.0`, method, branch);
const response = (status: number, method: string, branch = 'x') =>
  parsed(`SIP/2.0 ${status} Some Reason`, method, branch);

function setUp(loss: Loss, protocol: 'udp' | 'tcp' = 'udp') {
  const clock = new FakeClock();
  const wire: string[] = [];
  const pipe = lossyPipe(
    clock,
    (message, towards) => {
      wire.push(`${clock.monotonic()} ${towards} ${message.kind === 'request' ? message.method : message.status}`);
      return loss(message, towards);
    },
    { protocol },
  );
  const client = new RetransmittingPort(pipe.left, { clock });
  const server = new RetransmittingPort(pipe.right, { clock });
  const heard = { client: [] as SipMessage[], server: [] as SipMessage[] };
  client.onMessage(({ message }) => heard.client.push(message));
  server.onMessage(({ message }) => heard.server.push(message));
  return { clock, wire, client, server, flow: pipe.flow, heard };
}

test('an INVITE without an answer is repeated by timer A until 64 T1', () => {
  const { clock, wire, client, flow } = setUp(() => true);
  client.send(flow, request('INVITE'));
  clock.advance(60_000);
  expect(wire).toEqual([0, 500, 1500, 3500, 7500, 15500, 31500].map((time) => `${time} right INVITE`));
});

test('another request is repeated by timer E, at most every T2', () => {
  const { clock, wire, client, flow } = setUp(() => true);
  client.send(flow, request('REGISTER'));
  clock.advance(60_000);
  expect(wire.slice(0, 6)).toEqual([0, 500, 1500, 3500, 7500, 11500].map((time) => `${time} right REGISTER`));
  expect(wire).toHaveLength(11);
});

test('nothing is repeated on a stream', () => {
  const { clock, wire, client, flow } = setUp(() => true, 'tcp');
  client.send(flow, request('INVITE'));
  clock.advance(60_000);
  expect(wire).toHaveLength(1);
});

test('a refused INVITE is told again by timer G until its ACK comes', () => {
  const lost = { count: 2 };
  const { clock, wire, client, server, flow, heard } = setUp((message) => message.method === 'ACK' && lost.count-- > 0);
  client.onMessage(({ message }) => message.status >= 300 && client.send(flow, request('ACK')));
  server.onMessage(({ message }) => message.method === 'INVITE' && server.respond(response(486, 'INVITE')));
  client.send(flow, request('INVITE'));
  clock.advance(60_000);
  expect(heard.client.filter(({ status }) => status === 486)).toHaveLength(1);
  expect(heard.server.filter(({ method }) => method === 'ACK')).toHaveLength(1);
  expect(wire.filter((line) => line.endsWith('ACK'))).toHaveLength(3);
  expect(wire.filter((line) => line.endsWith('486'))).toHaveLength(3);
});

test('a repeated request is answered again and goes no further, for 32 s', () => {
  const lost = { count: 3 };
  const { clock, client, server, flow, heard } = setUp((message) => message.kind === 'response' && lost.count-- > 0);
  server.onMessage(() => server.respond(response(200, 'BYE')));
  client.send(flow, request('BYE'));
  clock.advance(31_000);
  expect(heard.server).toHaveLength(1);
  expect(heard.client).toHaveLength(1);
});

test('a repeated 200 to INVITE goes up, so that its ACK is sent again', () => {
  const { clock, client, server, flow, heard } = setUp(() => false);
  client.send(flow, request('INVITE'));
  clock.advance(10);
  server.respond(response(200, 'INVITE'));
  server.respond(response(200, 'INVITE'));
  clock.advance(1000);
  expect(heard.client).toHaveLength(2);
});

test('all is forgotten 64 T1 after the final response, and at once when disposed of', () => {
  const { clock, client, server, flow } = setUp(() => false);
  server.onMessage(() => server.respond(response(200, 'MESSAGE')));
  client.send(flow, request('MESSAGE'));
  clock.advance(33_000);
  expect([client.traceCount, server.traceCount]).toEqual([0, 0]);
  client.send(flow, request('INVITE', 'y'));
  clock.advance(100);
  client.dispose();
  server.dispose();
  expect(clock.pendingTimers).toBe(0);
});

test('with a quarter of the datagrams lost each way every transaction comes to its end, once', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(99)), fc.constantFrom('INVITE', 'REGISTER', 'BYE', 'INFO'), (dice, method) => {
      const { clock, client, server, flow, heard } = setUp(() => dice.next().value < 25);
      server.onMessage(({ message }) => {
        if (message.method === method) server.respond(response(486, method));
      });
      client.onMessage(() => method === 'INVITE' && client.send(flow, request('ACK')));
      client.send(flow, request(method));
      clock.advance(64_000);
      expect(heard.client.map(({ status }) => status)).toEqual([486]);
      expect(heard.server.map((message) => message.method)).toEqual(method === 'INVITE' ? ['INVITE', 'ACK'] : [method]);
    }),
    { numRuns: 300, seed: 20 },
  );
});
