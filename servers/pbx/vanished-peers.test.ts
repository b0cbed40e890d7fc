import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { sdpBody } from './sip/compose-message.ts';
import { TestExchange } from './testing/test-exchange.ts';

let clock: FakeClock;
let exchange: TestExchange;
beforeEach(async () => {
  clock = new FakeClock();
  exchange = await TestExchange.open({}, clock);
});
afterEach(async () => {
  const stopped = exchange.close();
  // Bounded: the farewell to open calls waits on this clock.
  for (let step = 0; step < 20; step += 1) {
    clock.advance(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await stopped;
});

it('repeats its answer until it is acknowledged, and gives the call up after 32 seconds', async () => {
  const anna = await exchange.phone('101');
  const media = await exchange.sound();
  const { request, response } = await anna.ask('INVITE', `sip:600@${anna.host}`, { body: sdpBody(media.createOffer('sendrecv')) });
  expect(response.status).toBe(200);
  clock.advance(500);
  expect((await anna.response(request)).status).toBe(200);
  clock.advance(32_000);
  anna.respond(await anna.nextRequest('BYE'), 200, 'OK');
  expect(exchange.pbx.records.recent(1)[0]).toMatchObject({ disposition: 'answered', endedBy: 'network' });
  expect(exchange.pbx.state.calls).toBe(0);
});

it('gives up a phone that never answers, and lets the caller know', async () => {
  const anna = await exchange.phone('101');
  const boris = await exchange.phone('102');
  const media = await exchange.sound();
  const placed = anna.ask('INVITE', `sip:102@${anna.host}`, { body: sdpBody(media.createOffer('sendrecv')) });
  await boris.nextRequest('INVITE');
  clock.advance(30_000);
  const { request, response } = await placed;
  expect(response.startLine).toBe('SIP/2.0 480 No Answer');
  anna.acknowledgeRefusal(request, response);
  expect(exchange.pbx.records.recent(1)[0]).toMatchObject({ disposition: 'no-answer', status: 480 });
});

it('asks parties that have long been silent whether they are there, and ends the call when one is not', async () => {
  const anna = await exchange.phone('101');
  const boris = await exchange.phone('102');
  const [media, other] = [await exchange.sound(), await exchange.sound()];
  const placed = anna.ask('INVITE', `sip:102@${anna.host}`, { body: sdpBody(media.createOffer('sendrecv')) });
  const invite = await boris.nextRequest('INVITE');
  boris.respond(invite, 200, 'OK', { body: sdpBody(other.createAnswer(invite.body, 'sendrecv')) });
  await boris.nextRequest('ACK');
  anna.sendInDialog('ACK', (await placed).response);
  await expect.poll(() => exchange.pbx.state.calls).toBe(1);
  await anna.exchangeOptions();
  clock.advance(150_000);
  anna.respond(await anna.nextRequest('OPTIONS'), 200, 'OK');
  await boris.nextRequest('OPTIONS');
  await anna.exchangeOptions();
  clock.advance(33_000);
  await anna.nextRequest('BYE');
  expect(exchange.pbx.state.calls).toBe(0);
});

it('ends calls with a BYE when it is stopped', async () => {
  const anna = await exchange.phone('101');
  const media = await exchange.sound();
  const { response } = await anna.ask('INVITE', `sip:600@${anna.host}`, { body: sdpBody(media.createOffer('sendrecv')) });
  anna.sendInDialog('ACK', response);
  await anna.exchangeOptions();
  const stopped = exchange.pbx.stop();
  anna.respond(await anna.nextRequest('BYE'), 200, 'OK');
  clock.advance(300);
  await stopped;
});
