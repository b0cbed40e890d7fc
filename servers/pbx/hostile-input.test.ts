import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock, type Logger } from '#core/foundation/index.ts';
import { serialiseMessage } from '#core/sip/messages/sip-message.ts';
import { sdpBody } from './sip/compose-message.ts';
import { TestExchange } from './testing/test-exchange.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'core', 'sip', 'torture');
const torture = readdirSync(folder).filter((name) => name.endsWith('.dat'));

let exchange: TestExchange;
let errors: unknown[];
beforeEach(async () => {
  errors = [];
  const logger: Logger = { ...silentLogger, error: (message, fields) => void errors.push([message, fields]), child: () => logger };
  exchange = await TestExchange.open({}, systemClock, logger);
});
afterEach(() => exchange.close());

async function isAlive(): Promise<void> {
  const anna = await exchange.phone('101');
  await anna.close();
  expect(errors).toEqual([]);
}

describe('whatever is sent, the PBX goes on', () => {
  it('after the messages of RFC 4475, by UDP and by TCP', async () => {
    expect(torture.length).toBeGreaterThan(40);
    const { udpPort, tcpPort } = exchange.pbx.addresses;
    const socket = createSocket('udp4');
    for (const name of torture) {
      const bytes = readFileSync(path.join(folder, name));
      await new Promise<void>((resolve) => socket.send(bytes, udpPort!, '127.0.0.1', () => resolve()));
      await new Promise<void>((resolve) => {
        const stream = connect(tcpPort!, '127.0.0.1', () => stream.end(bytes));
        stream.on('error', () => stream.destroy());
        stream.on('close', () => resolve());
        stream.resume();
      });
    }
    socket.close();
    await isAlive();
    expect(exchange.pbx.state.malformed.size).toBeGreaterThan(3);
  });

  it('after damaged requests of a phone that is known', async () => {
    const boris = await exchange.phone('102');
    const sdp = sdpBody('v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n');
    const { request, response } = await boris.ask('INVITE', `sip:999@${boris.host}`, { body: sdp });
    boris.acknowledgeRefusal(request, response);
    const whole = serialiseMessage(request);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(12), fc.string({ maxLength: 6, unit: 'binary' }), async (at, cut, put) => {
        boris.sendRaw(whole.slice(0, at) + put + whole.slice(at + cut));
      }),
      { numRuns: 300 },
    );
    await boris.exchangeOptions();
    await isAlive();
  });

  it('after an SDP that was damaged anywhere', async () => {
    const boris = await exchange.phone('102');
    const whole = (await exchange.sound(['opus', 'PCMA'], 'srtp')).createOffer('sendrecv');
    const damaged = fc.sample(fc.tuple(fc.nat(whole.length), fc.nat(8), fc.string({ maxLength: 4 })), 60);
    for (const [at, cut, put] of damaged) {
      const { response, request } = await boris.ask('INVITE', `sip:600@${boris.host}`, { body: sdpBody(whole.slice(0, at) + put + whole.slice(at + cut)) });
      expect([200, 488]).toContain(response.status);
      if (response.status !== 200) boris.acknowledgeRefusal(request, response);
      else {
        boris.sendInDialog('ACK', response);
        await boris.response(boris.sendInDialog('BYE', response));
      }
    }
    await isAlive();
    expect(exchange.pbx.state.calls).toBe(0);
  });
});
