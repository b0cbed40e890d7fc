import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headerValue, headerValues } from '#core/sip/messages/sip-message.ts';
import { sdpBody } from './sip/compose-message.ts';
import { TestExchange } from './testing/test-exchange.ts';

let exchange: TestExchange;
beforeEach(async () => (exchange = await TestExchange.open({ digest: ['SHA-256', 'MD5'], registration: { minimum: 60, maximum: 3600 } })));
afterEach(() => exchange.close());

const sdp = sdpBody('v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n');

describe('the PBX', () => {
  it('challenges with SHA-256 and MD5, and takes either', async () => {
    const anna = await exchange.phone('101', { registered: false });
    const challenge = await anna.response(anna.send('REGISTER', `sip:${anna.host}`, { to: `<sip:101@${anna.host}>` }));
    expect(challenge.status).toBe(401);
    const values = headerValues(challenge, 'www-authenticate');
    expect(values.map((value) => /algorithm=([\w-]+)/.exec(value)![1])).toEqual(['SHA-256', 'MD5']);
    for (const value of values) {
      const one = { ...challenge, headers: [{ name: 'www-authenticate', value }] };
      const count = values.indexOf(value) + 1;
      const request = anna.send('REGISTER', `sip:${anna.host}`, { to: `<sip:101@${anna.host}>`, headers: [anna.credentials(one, 'REGISTER', `sip:${anna.host}`, count)] });
      expect((await anna.response(request)).status).toBe(200);
    }
  });

  it('answers an unknown user and a wrong password alike', async () => {
    const wrong = await exchange.phone('101', { registered: false, password: 'wrong' });
    const unknown = await exchange.phone('999', { registered: false, password: 'wrong' });
    const answers = [await wrong.register(), await unknown.register()];
    expect(answers.map(({ startLine }) => startLine)).toEqual(['SIP/2.0 403 Forbidden', 'SIP/2.0 403 Forbidden']);
    expect(answers.map(({ headers }) => headers.map(({ name }) => name))[0]).toEqual(answers[1]!.headers.map(({ name }) => name));
  });

  it('checks nothing for a while after some wrong passwords, not even the right one', async () => {
    const guesser = await exchange.phone('101', { registered: false, password: 'guess' });
    for (let guess = 0; guess < 5; guess += 1) expect((await guesser.register()).startLine).toBe('SIP/2.0 403 Forbidden');
    const blocked = await guesser.register();
    expect(blocked.startLine).toBe('SIP/2.0 403 Too Many Attempts');
    expect(Number(headerValue(blocked, 'retry-after'))).toBeGreaterThan(0);
    const honest = await exchange.phone('102', { registered: false });
    expect((await honest.register()).status).toBe(200);
  });

  it('lets nobody register another’s number with their own password', async () => {
    const boris = await exchange.phone('102', { registered: false });
    const { response } = await boris.ask('REGISTER', `sip:${boris.host}`, { to: `<sip:101@${boris.host}>` });
    expect(response.status).toBe(403);
    expect(exchange.pbx.state.registrations).toBe(0);
  });

  it('takes credentials once: the same request heard by another is not taken again', async () => {
    const anna = await exchange.phone('101', { registered: false });
    const uri = `sip:${anna.host}`;
    const challenge = await anna.response(anna.send('REGISTER', uri, { to: `<sip:101@${anna.host}>` }));
    const credentials = anna.credentials(challenge, 'REGISTER', uri);
    const send = () => anna.response(anna.send('REGISTER', uri, { to: `<sip:101@${anna.host}>`, headers: [credentials] }));
    expect((await send()).status).toBe(200);
    const again = await send();
    expect(again.status).toBe(401);
    expect(headerValue(again, 'www-authenticate')).toContain('stale=true');
  });

  it('relays no call to a foreign domain, and none at all for whoever has no password', async () => {
    const anna = await exchange.phone('101');
    expect((await anna.ask('INVITE', 'sip:84951234567@elsewhere.example', { body: sdp })).response.startLine).toBe('SIP/2.0 403 No Relaying');
    const stranger = await exchange.phone('999', { registered: false });
    for (const uri of ['sip:84951234567@elsewhere.example', `sip:101@${anna.host}`]) {
      expect((await stranger.response(stranger.send('INVITE', uri, { body: sdp }))).status).toBe(407);
      expect((await stranger.ask('INVITE', uri, { body: sdp })).response.startLine).toBe('SIP/2.0 403 Forbidden');
    }
    for (const method of ['MESSAGE', 'REFER', 'SUBSCRIBE', 'PUBLISH', 'BYE'])
      expect([405, 481]).toContain((await stranger.response(stranger.send(method, `sip:101@${anna.host}`))).status);
    expect(anna.received.every(({ kind }) => kind === 'response')).toBe(true);
    expect(exchange.pbx.records.recent(5).every(({ disposition }) => disposition === 'refused')).toBe(true);
  });

  it('refuses an interval that is too brief and forgets a phone that asks for it', async () => {
    const anna = await exchange.phone('101', { registered: false });
    const brief = await anna.register(5);
    expect([brief.status, headerValue(brief, 'min-expires')]).toEqual([423, '60']);
    expect(headerValue(await anna.register(90_000), 'contact')).toMatch(/expires=3600$/);
    expect(exchange.pbx.state.registrations).toBe(1);
    await anna.register(0);
    expect(exchange.pbx.state.registrations).toBe(0);
  });

  it('forgets a phone whose connection is gone', async () => {
    const anna = await exchange.phone('101', { protocol: 'tcp' });
    expect(exchange.pbx.state.registrations).toBe(1);
    await anna.close();
    await expect.poll(() => exchange.pbx.state.registrations).toBe(0);
  });

  it.each([
    ['an SDP of no use', { body: sdpBody('v=0\r\nrubbish') }, 488],
    ['only codecs that nobody has', { body: sdpBody(sdp.text.replace('AVP 8', 'AVP 96') + 'a=rtpmap:96 SPEEX/8000\r\n') }, 488],
    ['an extension that it has not', { body: sdp, headers: [['Require', '100rel']] as [string, string][] }, 420],
  ])('answers a call with %s by its proper code', async (_what, options, status) => {
    const anna = await exchange.phone('101');
    const { request, response } = await anna.ask('INVITE', `sip:600@${anna.host}`, options);
    expect(response.status).toBe(status);
    anna.acknowledgeRefusal(request, response);
    expect(exchange.pbx.state.calls).toBe(0);
  });

  it('answers malformed requests by 400, counts them and goes on', async () => {
    const anna = await exchange.phone('101');
    anna.sendRaw(`INVITE sip:600@${anna.host} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx;rport\r\nFrom: <sip:101@x>;tag=1\r\nTo: <sip:600@x>\r\nCall-ID: bad\r\nCSeq: 1 BYE\r\n\r\n`);
    expect((await anna.next('400', ({ status }) => status === 400)).startLine).toContain('400');
    anna.sendRaw('\0\0\0\0\0 not SIP at all');
    for (const text of ['SIP/2.0 200 OK\r\n\r\n', 'REGISTER\r\n\r\n', '\r\n\r\n']) anna.sendRaw(text);
    expect((await anna.register()).status).toBe(200);
    expect([...exchange.pbx.state.malformed.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(3);
  });
});
