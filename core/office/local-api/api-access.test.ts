import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiError, operations } from '#contract/local-api/index.ts';
import type { Logger } from '#core/foundation/index.ts';
import { openApiDesk, type ApiDesk } from './api-desk.test-support.ts';

let desk: ApiDesk;
beforeEach(async () => (desk = await openApiDesk()));
afterEach(() => desk.close());

const post = (path: string, body?: unknown) => desk.ask(path, { method: 'POST', body });
const code = (answer: { json: Record<string, unknown> }) => apiError.parse(answer.json).error.code;
const trail = async () =>
  (await desk.api.audit({ before: null, limit: 200, programId: null })).map(({ action, subject, outcome }) => [
    action,
    subject,
    outcome,
  ]);

describe('who may do what', () => {
  it('is a question of the token', async () => {
    const table = Object.entries(operations).filter(([, { scope }]) => scope !== null);
    for (const [name, { method, path }] of table) {
      const answer = await desk.ask(`/v1${path.replace(/\{\w+\}/g, 'x')}`, {
        method,
        token: null,
        ...(method === 'GET' ? {} : { body: {} }),
      });
      expect([name, answer.status, code(answer)]).toEqual([name, 401, 'program.not-paired']);
    }
    expect(desk.opened).toEqual([]);
  });

  it('is a question of the scopes, for every operation', async () => {
    for (const [name, { method, path, scope }] of Object.entries(operations)) {
      if (scope === null) continue;
      const others = (
        ['calls:read', 'calls:dial', 'calls:control', 'people:read', 'people:show', 'log:read', 'log:write'] as const
      ).filter((each) => each !== scope);
      const { token, id } = await desk.pair(name, others);
      const answer = await desk.ask(`/v1${path.replace(/\{\w+\}/g, 'x')}`, {
        method,
        token,
        ...(method === 'GET' ? {} : { body: {} }),
      });
      expect([name, answer.status, code(answer)]).toEqual([name, 403, 'program.not-allowed']);
      await desk.api.revoke(id);
    }
  });

  it('a program that is paired asks the user, and says that it is a program whatever it claims', async () => {
    const { id, token } = await desk.pair('CRM', ['calls:dial']);
    const asked = await desk.ask('/v1/dial-requests', {
      method: 'POST',
      token,
      body: { source: 'command-line', text: 'tel:112' },
    });
    expect([asked.status, asked.json]).toEqual([202, { callId: null, requestId: 'request-1' }]);
    expect(desk.opened).toEqual([{ source: 'program', text: 'tel:112', origin: { id: `program:${id}`, name: 'CRM' } }]);
    await post('/v1/dial-requests', { source: 'browser', text: '201' });
    expect(desk.opened[1]).toEqual({ source: 'browser', text: '201', origin: null });
  });

  it('is not a question for another user of this computer', async () => {
    desk.sameUser.is = false;
    const answer = await post('/v1/calls', { text: '201' });
    expect([answer.status, code(answer)]).toEqual([403, 'program.refused']);
    expect(desk.opened).toEqual([]);
  });

  it('is written down', async () => {
    const { token } = await desk.pair('CRM', ['calls:dial', 'calls:read']);
    await desk.ask('/v1/calls', { method: 'POST', token, body: { text: '+74951234567' } });
    await desk.ask('/v1/calls', { token });
    await desk.ask('/v1/log', { token });
    await desk.ask('/v1/calls', { token: null });
    await desk.ask('/v1/calls', { token: 'x'.repeat(43) });
    await desk.ask('/v1/calls', { headers: { Origin: 'http://evil.example' } });
    expect(await trail()).toEqual([
      ['foreign Origin', 'http://evil.example', 'refused'],
      ['wrong token', '', 'refused'],
      ['no token', 'calls.list', 'refused'],
      ['log.query', 'log:read', 'refused'],
      ['calls.list', '', 'done'],
      ['calls.place', '+74951234567', 'asked'],
      ['paired', 'calls:dial calls:read', 'done'],
    ]);
  });
});

describe('what the API takes', () => {
  it('is JSON and nothing else', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json5',
      'application/json, text/plain',
      'text/plain; application/json',
      '',
    ]) {
      const answer = await desk.ask('/v1/calls', {
        method: 'POST',
        body: { text: '201' },
        headers: { 'Content-Type': type },
      });
      expect([type, answer.status, code(answer)]).toEqual([type, 415, 'program.invalid']);
    }
    expect(
      (
        await desk.ask('/v1/calls', {
          method: 'POST',
          body: { text: '201' },
          headers: { 'Content-Type': 'application/json; charset=utf-8' },
        })
      ).status,
    ).toBe(201);
  });

  it('is of the shape that the table says', async () => {
    const bodies = [
      undefined,
      '',
      '{',
      '[]',
      'null',
      '{"text":7}',
      '{"text":""}',
      '{"text":"2","lineId":7}',
      '{"__proto__":{"text":"201"}}',
      `{"text":"${'1'.repeat(600)}"}`,
    ];
    for (const body of bodies) {
      const answer = await post('/v1/calls', body);
      expect([body, answer.status, code(answer)]).toEqual([body, 400, 'program.invalid']);
    }
    expect((await desk.ask('/v1/people?limit=1000')).status).toBe(400);
    expect((await desk.ask('/v1/lookup?number=1&number=2')).status).toBe(400);
    expect((await post('/v1/calls/x/digits', { digits: '1\r\nVia:' })).status).toBe(400);
    expect(desk.opened).toEqual([]);
  });

  it('is at most 64 KiB, and the rest of it is not read', async () => {
    const answer = await post('/v1/calls', { text: '2'.repeat(70_000) });
    expect([answer.status, code(answer)]).toEqual([413, 'program.too-large']);
    const client = connect(desk.port(), '127.0.0.1');
    client.on('error', () => {});
    const head = `POST /v1/calls HTTP/1.1\r\nHost: 127.0.0.1:${desk.port()}\r\nAuthorization: Bearer ${desk.secret}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    client.write(head);
    let sent = 0;
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const pump = () => {
      while (sent < 10_000_000 && !client.destroyed && client.write(chunk)) sent += 0x4000;
      if (sent < 10_000_000 && !client.destroyed) client.once('drain', pump);
    };
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    pump();
    client.resume();
    await closed;
    expect(sent).toBeLessThan(10_000_000);
  });

  it('is nothing that it does not know', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/v1'],
      ['GET', '/v2/calls'],
      ['DELETE', '/v1/calls'],
      ['OPTIONS', '/v1/calls'],
      ['HEAD', '/v1/calls'],
      ['TRACE', '/v1/calls'],
      ['GET', '/V1/calls'],
    ] as const) {
      const answer = await desk.ask(path, { method });
      expect([method, path, answer.status]).toEqual([method, path, 404]);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('is not too much of it', async () => {
    const { token } = await desk.pair('CRM', ['calls:dial', 'calls:read']);
    const dial = (text: string) => desk.ask('/v1/calls', { method: 'POST', token, body: { text } });
    for (let call = 0; call < 5; call++) expect((await dial('+74951234567')).status).toBe(202);
    const refused = await dial('+74951234567');
    expect([refused.status, code(refused), refused.headers['retry-after']]).toEqual([429, 'program.too-fast', '3']);
    expect((await dial('112')).status).toBe(202);
    expect((await desk.ask('/v1/calls', { token })).status).toBe(200);
  });
});

describe('guessing tokens', () => {
  it('has to wait, and keeps nobody out who is paired', async () => {
    const { token } = await desk.pair('CRM', ['calls:read']);
    const guess = async (round: number) =>
      (await desk.ask('/v1/calls', { token: String(round).padStart(43, 'x') })).status;
    for (let round = 0; round < 10; round++) expect(await guess(round)).toBe(401);
    expect(await guess(11)).toBe(429);
    expect((await desk.ask('/v1/calls', { token })).status).toBe(200);
    expect((await desk.ask('/v1/calls')).status).toBe(200);
  });

  it('is what every other kind of authorization is', async () => {
    for (const value of [
      '',
      'Basic dXNlcjpwYXNz',
      'Bearer',
      'Bearer a b',
      `Bearer ${desk.secret} `.repeat(2),
      `Token ${desk.secret}`,
    ])
      expect((await desk.ask('/v1/calls', { token: null, headers: { Authorization: value } })).status).toBe(401);
  });
});

describe('pairing through the API', () => {
  it('needs no token to ask, and the user to answer', async () => {
    const begun = await desk.ask('/v1/pairing', {
      method: 'POST',
      token: null,
      body: { name: 'CRM', scopes: ['calls:read'] },
    });
    const { pairingId, code: shown } = begun.json as { pairingId: string; code: string };
    const [request] = desk.api.requests();
    expect(request).toMatchObject({
      name: 'CRM',
      code: shown,
      from: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
    });
    const waiting = desk.ask(`/v1/pairing/${pairingId}`, { token: null });
    await desk.api.approve(request!.id, ['calls:read']);
    const { token } = (await waiting).json as { token: string };
    expect((await desk.ask('/v1/lines', { token })).status).toBe(200);
    expect((await desk.ask(`/v1/pairing/${'x'.repeat(43)}`, { token: null })).status).toBe(404);
  });

  it('is not asked for again and again', async () => {
    const begin = () =>
      desk.ask('/v1/pairing', { method: 'POST', token: null, body: { name: 'CRM', scopes: ['calls:read'] } });
    const answers = [];
    for (let round = 0; round < 7; round++) answers.push((await begin()).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(desk.api.requests()).toHaveLength(5);
  });
});

it('answers nothing that a browser would run, frame, keep or give to another page', async () => {
  for (const token of [desk.secret, null]) {
    const { headers } = await desk.ask('/v1/lines', { token });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

it('writes no secret into the log, whatever is asked', async () => {
  const lines: string[] = [];
  const write = (message: string, fields?: object) => void lines.push(JSON.stringify([message, fields]));
  const logger: Logger = { debug: write, info: write, warn: write, error: write, child: () => logger };
  const talkative = await openApiDesk({ logger });
  const { token } = await talkative.pair('CRM', ['calls:read']);
  for (const path of ['/v1/calls', `/v1//calls?token=${token}`, `/v1/none/${token}`, '/v1/calls/x/digits'])
    for (const given of [token, talkative.secret, `${token}x`])
      await talkative.ask(path, { token: given, method: 'POST', body: { digits: '4711' } });
  const trail = JSON.stringify(await talkative.api.audit({ before: null, limit: 200, programId: null }));
  await talkative.close();
  expect(lines.length).toBeGreaterThan(2);
  for (const secret of [token, talkative.secret, '4711']) expect(`${lines.join()}${trail}`).not.toContain(secret);
});
