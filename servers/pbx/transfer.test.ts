import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headerValue, type SipMessage } from '#core/sip/messages/sip-message.ts';
import type { LegMedia } from './media/leg-media.ts';
import { sdpBody } from './sip/compose-message.ts';
import { frame, hears, TestExchange } from './testing/test-exchange.ts';
import type { TestPhone } from './testing/test-phone.ts';

let exchange: TestExchange;
let anna: TestPhone;
let boris: TestPhone;
let vera: TestPhone;
beforeEach(async () => {
  exchange = await TestExchange.open();
  [anna, boris, vera] = await Promise.all([exchange.phone('101'), exchange.phone('102'), exchange.phone('103')]);
});
afterEach(() => exchange.close());

/** Anna and Boris talk. */
async function talk() {
  const media = await exchange.sound();
  const placed = anna.ask('INVITE', `sip:102@${anna.host}`, { body: sdpBody(media.createOffer('sendrecv')) });
  const invite = await boris.nextRequest('INVITE');
  const other = await takeUp(boris, invite);
  const { response } = await placed;
  media.applyAnswer(response.body);
  anna.sendInDialog('ACK', response);
  return { media, other, answer: response, invite };
}

async function takeUp(phone: TestPhone, invite: SipMessage): Promise<LegMedia> {
  const media = await exchange.sound();
  phone.respond(invite, 200, 'OK', { body: sdpBody(media.createAnswer(invite.body, 'sendrecv')) });
  await phone.nextRequest('ACK');
  return media;
}

async function word(phone: TestPhone): Promise<string> {
  const notify = await phone.nextRequest('NOTIFY');
  phone.respond(notify, 200, 'OK');
  expect(headerValue(notify, 'event')).toBe('refer');
  return notify.body.trim();
}

async function talkTogether(a: LegMedia, b: LegMedia): Promise<void> {
  await hears(a, (payload) => payload.equals(frame(0x61)), b, frame(0x61));
  await hears(b, (payload) => payload.equals(frame(0x62)), a, frame(0x62));
}

const to = (number: string): { headers: [string, string][] } => ({ headers: [['Refer-To', `<sip:${number}@${anna.host}>`]] });

describe('a call that is given away', () => {
  it('by the one who was called rings the number, with the caller’s name, and joins both', async () => {
    const { media, invite } = await talk();
    const refer = boris.sendBack('REFER', invite, to('103'));
    expect((await boris.response(refer)).status).toBe(202);
    expect(await word(boris)).toBe('SIP/2.0 100 Trying');
    const rings = await vera.nextRequest('INVITE');
    expect(headerValue(rings, 'from')).toContain('sip:101@');
    const third = await takeUp(vera, rings);
    expect(await word(boris)).toBe('SIP/2.0 200 OK');
    const bye = boris.sendBack('BYE', invite);
    expect((await boris.response(bye)).status).toBe(200);
    await talkTogether(media, third);
    vera.sendBack('BYE', rings);
    anna.respond(await anna.nextRequest('BYE'), 200, 'OK');
    await expect.poll(() => exchange.pbx.records.recent(1)[0]).toMatchObject({
      caller: '101',
      disposition: 'answered',
      endedBy: 'callee',
      legs: [{ extension: '102' }, { extension: '103', status: 200 }],
    });
  });

  it('by the one who called goes on between the other two when that one has gone', async () => {
    const { other, answer } = await talk();
    const refer = anna.sendInDialog('REFER', answer, to('103'));
    expect((await anna.response(refer)).status).toBe(202);
    await word(anna);
    const rings = await vera.nextRequest('INVITE');
    expect(headerValue(rings, 'from')).toContain('sip:102@');
    const third = await takeUp(vera, rings);
    expect(await word(anna)).toBe('SIP/2.0 200 OK');
    // Who does not hang up is hung up on.
    anna.respond(await anna.nextRequest('BYE'), 200, 'OK');
    await talkTogether(other, third);
    vera.sendBack('BYE', rings);
    boris.respond(await boris.nextRequest('BYE'), 200, 'OK');
    await expect.poll(() => exchange.pbx.records.recent(1)).toHaveLength(1);
  });

  it('to somebody who is busy stays where it is', async () => {
    const { media, other, invite } = await talk();
    boris.sendBack('REFER', invite, to('103'));
    await word(boris);
    vera.respond(await vera.nextRequest('INVITE'), 486, 'Busy Here');
    expect(await word(boris)).toBe('SIP/2.0 486 Busy Here');
    await talkTogether(media, other);
    // And may be given away once more.
    boris.sendBack('REFER', invite, to('103'));
    await word(boris);
    await takeUp(vera, await vera.nextRequest('INVITE'));
    expect(await word(boris)).toBe('SIP/2.0 200 OK');
  });

  it('by one who hangs up at once is given away all the same', async () => {
    const { media, invite } = await talk();
    const refer = boris.sendBack('REFER', invite, to('103'));
    await boris.response(refer);
    const rings = await vera.nextRequest('INVITE');
    boris.sendBack('BYE', invite);
    const third = await takeUp(vera, rings);
    await talkTogether(media, third);
  });

  it('by one who has hung up, to somebody who declines, ends', async () => {
    const { invite } = await talk();
    await boris.response(boris.sendBack('REFER', invite, to('103')));
    const rings = await vera.nextRequest('INVITE');
    await boris.response(boris.sendBack('BYE', invite));
    vera.respond(rings, 603, 'Decline');
    anna.respond(await anna.nextRequest('BYE'), 200, 'OK');
    await expect.poll(() => exchange.pbx.records.recent(1)).toHaveLength(1);
  });

  it('rings nobody any more when the one who waits hangs up', async () => {
    const { answer, invite } = await talk();
    boris.sendBack('REFER', invite, to('103'));
    await word(boris);
    await vera.nextRequest('INVITE').then((rings) => vera.respond(rings, 180, 'Ringing'));
    anna.sendInDialog('BYE', answer);
    await vera.nextRequest('CANCEL');
    expect(await word(boris)).toBe('SIP/2.0 487 Request Terminated');
    await boris.nextRequest('BYE');
  });

  it('to the echo hears itself', async () => {
    const { media, invite } = await talk();
    boris.sendBack('REFER', invite, to('600'));
    await word(boris);
    expect(await word(boris)).toBe('SIP/2.0 200 OK');
    await hears(media, (payload) => payload.equals(frame(0x44)), media, frame(0x44));
  });

  it('to nobody, to a foreign domain, or to something that is no call, is refused and goes on', async () => {
    const { media, other, invite } = await talk();
    boris.sendBack('REFER', invite, to('999'));
    await word(boris);
    expect(await word(boris)).toBe('SIP/2.0 404 Not Found');
    boris.sendBack('REFER', invite, { headers: [['Refer-To', '<sip:103@elsewhere.example>']] });
    await word(boris);
    expect(await word(boris)).toBe('SIP/2.0 403 No Relaying');
    const bad: [string, number][] = [
      ['', 400],
      ['<tel:103>', 416],
      [`<sip:103@${anna.host};method=BYE>`, 501],
      [`<sip:103@${anna.host}?Replaces=abc>`, 501],
      ['<', 400],
    ];
    for (const [target, status] of bad) {
      const headers: [string, string][] = target === '' ? [] : [['Refer-To', target]];
      expect((await boris.response(boris.sendBack('REFER', invite, { headers }))).status).toBe(status);
    }
    await talkTogether(media, other);
  });
});
