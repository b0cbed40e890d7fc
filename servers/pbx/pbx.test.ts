import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headerValue, type SipMessage } from '#core/sip/messages/sip-message.ts';
import { sdpBody } from './sip/compose-message.ts';
import { completedElsewhere } from './sip/ring-phones.ts';
import { frame, hears, musicSound, soundOf, TestExchange } from './testing/test-exchange.ts';
import type { TestPhone } from './testing/test-phone.ts';

let exchange: TestExchange;
beforeEach(async () => (exchange = await TestExchange.open()));
afterEach(() => exchange.close());

const answerOf = async (phone: TestPhone, invite: SipMessage) => {
  const media = await exchange.sound();
  phone.respond(invite, 200, 'OK', { body: sdpBody(media.createAnswer(invite.body, 'sendrecv')) });
  await phone.nextRequest('ACK');
  return media;
};

/** Calls, acknowledges, and resolves with the answer. */
async function call(phone: TestPhone, number: string, headers: [string, string][] = []) {
  const media = await exchange.sound();
  const placed = phone.ask('INVITE', `sip:${number}@${phone.host}`, { body: sdpBody(media.createOffer('sendrecv')), headers });
  const answered = async () => {
    const { response } = await placed;
    media.applyAnswer(response.body);
    phone.sendInDialog('ACK', response);
    return response;
  };
  return { media, placed, answered };
}

describe.each(['udp', 'tcp', 'ws'] as const)('over %s the PBX', (protocol) => {
  it('registers a phone, calls it back by the same way, relays audio both ways and ends the call', async () => {
    const anna = await exchange.phone('101', { protocol });
    const boris = await exchange.phone('102', { protocol: protocol === 'ws' ? 'tcp' : protocol });
    const { media, placed, answered } = await call(anna, '102');
    const invite = await boris.nextRequest('INVITE');
    boris.respond(invite, 180, 'Ringing');
    expect((await anna.next('180', ({ status }) => status === 180)).body).toBe('');
    const other = await answerOf(boris, invite);
    await answered();
    await hears(other, (payload) => payload.equals(frame(0x11)), media, frame(0x11));
    await hears(media, (payload) => payload.equals(frame(0x22)), other, frame(0x22));
    const bye = boris.sendBack('BYE', invite);
    expect((await boris.response(bye)).status).toBe(200);
    anna.respond(await anna.nextRequest('BYE'), 200, 'OK');
    await placed;
    expect(exchange.pbx.records.recent(1)[0]).toMatchObject({ caller: '101', answeredBy: '102', disposition: 'answered', endedBy: 'callee', status: 200 });
  });
});

describe('the PBX', () => {
  it('echoes from the first packet on', async () => {
    const anna = await exchange.phone('101');
    const { media, answered } = await call(anna, '600');
    const answer = await answered();
    const started = performance.now();
    await hears(media, (payload) => payload.equals(frame(0x33)), media, frame(0x33));
    expect(performance.now() - started).toBeLessThan(500);
    const bye = anna.sendInDialog('BYE', answer);
    expect((await anna.response(bye)).status).toBe(200);
  });

  it('rings a group at once and tells the others that the call was completed elsewhere', async () => {
    const anna = await exchange.phone('101');
    const boris = await exchange.phone('102');
    const vera = await exchange.phone('103');
    const { answered } = await call(anna, '200');
    const [toBoris, toVera] = [await boris.nextRequest('INVITE'), await vera.nextRequest('INVITE')];
    for (const [phone, invite] of [
      [boris, toBoris],
      [vera, toVera],
    ] as const)
      phone.respond(invite, 180, 'Ringing');
    await answerOf(boris, toBoris);
    const cancel = await vera.nextRequest('CANCEL');
    expect(headerValue(cancel, 'reason')).toBe(completedElsewhere);
    vera.respond(cancel, 200, 'OK');
    vera.respond(toVera, 487, 'Request Terminated');
    await vera.nextRequest('ACK');
    expect((await answered()).status).toBe(200);
  });

  it.each([
    [486, 'Busy Here', 'busy'],
    [603, 'Decline', 'declined'],
    [480, 'Do Not Disturb', 'no-answer'],
  ] as const)('passes a refusal of %s on', async (status, reason, disposition) => {
    const anna = await exchange.phone('101');
    const boris = await exchange.phone('102');
    const { placed } = await call(anna, '102');
    boris.respond(await boris.nextRequest('INVITE'), status, reason);
    const { request, response } = await placed;
    expect(response.startLine).toBe(`SIP/2.0 ${status} ${reason}`);
    anna.acknowledgeRefusal(request, response);
    expect(exchange.pbx.records.recent(1)[0]).toMatchObject({ disposition, status });
  });

  it('cancels the phone that rings when the caller gives up', async () => {
    const anna = await exchange.phone('101');
    const boris = await exchange.phone('102');
    const { placed } = await call(anna, '102');
    const invite = await boris.nextRequest('INVITE');
    boris.respond(invite, 180, 'Ringing');
    await anna.next('180', ({ status }) => status === 180);
    anna.cancel(anna.lastSent('INVITE'));
    const cancel = await boris.nextRequest('CANCEL');
    expect(headerValue(cancel, 'reason')).toBeNull();
    boris.respond(cancel, 200, 'OK');
    boris.respond(invite, 487, 'Request Terminated');
    expect((await placed).response.status).toBe(487);
    expect(exchange.pbx.records.recent(1)[0]).toMatchObject({ disposition: 'cancelled', endedBy: 'caller' });
  });

  it('cancels the phone that rings when the caller says goodbye before the answer', async () => {
    const anna = await exchange.phone('101');
    const boris = await exchange.phone('102');
    const { placed } = await call(anna, '102');
    const invite = await boris.nextRequest('INVITE');
    boris.respond(invite, 180, 'Ringing');
    const ringing = await anna.next('180', ({ status }) => status === 180);
    const bye = anna.sendInDialog('BYE', ringing);
    const cancel = await boris.nextRequest('CANCEL');
    boris.respond(cancel, 200, 'OK');
    boris.respond(invite, 487, 'Request Terminated');
    expect((await anna.response(bye)).status).toBe(200);
    expect((await placed).response.status).toBe(487);
    expect(exchange.pbx.records.recent(1)[0]).toMatchObject({ disposition: 'cancelled', endedBy: 'caller' });
  });

  it('asserts who calls, whatever the phone claims in From, and hides who asks for it', async () => {
    const anna = await exchange.phone('101');
    const boris = await exchange.phone('102');
    const first = await call(anna, '102', [['P-Asserted-Identity', '<sip:112@evil.example>']]);
    const invite = await boris.nextRequest('INVITE');
    expect(headerValue(invite, 'p-asserted-identity')).toBe('"Demo 101" <sip:101@127.0.0.1>');
    boris.respond(invite, 603, 'Decline');
    await first.placed;
    const second = await call(anna, '102', [['Privacy', 'id']]);
    const anonymous = await boris.nextRequest('INVITE');
    expect(headerValue(anonymous, 'from')).toMatch(/^"Anonymous" <sip:anonymous@anonymous\.invalid>/);
    expect(headerValue(anonymous, 'p-asserted-identity')).toBeNull();
    expect(JSON.stringify(anonymous)).not.toContain('101@');
    boris.respond(anonymous, 603, 'Decline');
    await second.placed;
  });

  it('plays music to the held party, tells it by a re-INVITE, and joins them again', async () => {
    const anna = await exchange.phone('101');
    const boris = await exchange.phone('102');
    const { media, answered } = await call(anna, '102');
    const invite = await boris.nextRequest('INVITE');
    const other = await answerOf(boris, invite);
    const answer = await answered();
    const hold = async (direction: 'sendonly' | 'sendrecv') => {
      const reinvite = anna.sendInDialog('INVITE', answer, { body: sdpBody(media.createOffer(direction)) });
      const told = await boris.nextRequest('INVITE');
      expect(told.body).toContain(direction === 'sendonly' ? 'a=sendonly' : 'a=sendrecv');
      boris.respond(told, 200, 'OK', { body: sdpBody(other.createAnswer(told.body, 'sendrecv')) });
      await boris.nextRequest('ACK');
      const response = await anna.response(reinvite);
      media.applyAnswer(response.body);
      anna.sendInDialog('ACK', response);
    };
    await hold('sendonly');
    await hears(other, (payload) => payload.equals(frame(musicSound)), media, frame(0x44));
    await hold('sendrecv');
    await hears(other, (payload) => payload.equals(frame(0x66)), media, frame(0x66));
    await hears(media, (payload) => payload.equals(frame(0x77)), other, frame(0x77));
  });

  it('follows digits through the menu, by RFC 4733 and by INFO', async () => {
    const anna = await exchange.phone('101');
    const { media, answered } = await call(anna, '700');
    const answer = await answered();
    const press = async (digit: string) => {
      const info = anna.sendInDialog('INFO', answer, { body: { type: 'application/dtmf-relay', text: `Signal=${digit}\r\nDuration=160\r\n` } });
      expect((await anna.response(info)).status).toBe(200);
    };
    const says = (sound: number) => hears(media, (payload) => payload.equals(frame(sound)));
    await says(soundOf('ru', 'menu'));
    await media.stream.sendDigits('17');
    await says(soundOf('ru', 'digit-7'));
    await press('*');
    await says(soundOf('ru', 'menu'));
    await press('9');
    await says(soundOf('en', 'menu'));
    await press('2');
    await hears(media, (payload) => payload.equals(frame(0xd1)), media, frame(0xd1));
    await press('*');
    await press('3');
    await says(musicSound);
    await press('*');
    await press('0');
    await says(soundOf('en', 'goodbye'));
    anna.respond(await anna.nextRequest('BYE'), 200, 'OK');
    expect(exchange.pbx.records.recent(1)[0]).toMatchObject({ answeredBy: 'menu', endedBy: 'exchange' });
  });
});
