import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { ClientPort } from '#core/bridge/index.ts';
import { silentLogger, systemClock, toDisposable } from '#core/foundation/index.ts';
import { startWebShell, type WebShell } from './shell.ts';

const attachSecret = 'a secret that only the user reads';
let directory: string;
let shell: WebShell;
let clients: ClientPort[];
let screens: Record<string, string>[];
let windowOpens: boolean;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function ask(method: string, target: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: shell.port, method, path: target, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const own = () => `http://127.0.0.1:${shell.port}`;
const json = (extra: Record<string, string> = {}) => ({ 'content-type': 'application/json', ...extra });
const ticketOf = (address: string) => new URLSearchParams(new URL(address).hash.slice(1)).get('ticket') ?? '';
const redeem = (ticket: string, headers: Record<string, string> = json({ origin: own() })) =>
  ask('POST', '/session', headers, JSON.stringify({ ticket }));

async function session(): Promise<string> {
  const { headers } = await redeem(ticketOf(shell.address(1000)));
  return headers['set-cookie']![0]!.split(';')[0]!;
}

/** Resolves with the socket, or with the status by which it was refused. */
function bridge(headers: Record<string, string>, target = '/bridge'): Promise<WebSocket | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${shell.port}${target}`, { headers });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'offhook-web-'));
  mkdirSync(path.join(directory, 'assets'));
  writeFileSync(path.join(directory, 'index.html'), '<!doctype html><title>Offhook</title>');
  writeFileSync(path.join(directory, 'assets', 'main-abc.js'), 'export {};');
  clients = [];
  screens = [];
  windowOpens = false;
  shell = await startWebShell({
    staticDirectory: directory,
    port: 0,
    connect(client) {
      clients.push(client);
      return toDisposable(() => clients.splice(clients.indexOf(client), 1));
    },
    attachSecret,
    onAttach: async (screen) => {
      screens.push(screen);
      return windowOpens;
    },
    clock: systemClock,
    logger: silentLogger,
  });
});

afterEach(async () => {
  await shell.close();
  rmSync(directory, { recursive: true });
});

describe('serving the window', () => {
  it('sends the page under a policy that allows no inline script and no other origin', async () => {
    const page = await ask('GET', '/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('Offhook');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['permissions-policy']).toContain('camera=()');
  });

  it('lets the browser keep hashed files for ever, and the page not at all', async () => {
    expect((await ask('GET', '/assets/main-abc.js')).headers['cache-control']).toContain('immutable');
    expect((await ask('GET', '/')).headers['cache-control']).toBe('no-cache');
  });

  it.each(['/../package.json', '/..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '/assets/..%5c..%5cx', '/%00', '/%'])(
    'serves nothing outside its folder for %s',
    async (target) => expect((await ask('GET', target)).status).toBe(404),
  );

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '[::1]'])(
    'refuses the Host %s, as DNS rebinding would send it',
    async (host) => expect((await ask('GET', '/', { host })).status).toBe(403),
  );

  it('answers any other method with 405', async () => {
    expect((await ask('PUT', '/')).status).toBe(405);
  });
});

describe('opening a session', () => {
  it('trades a ticket for a cookie that scripts cannot read', async () => {
    const answer = await redeem(ticketOf(shell.address(1000)));
    expect(answer.status).toBe(204);
    const cookie = answer.headers['set-cookie']![0]!;
    expect(cookie).toMatch(/^offhook-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect((await ask('GET', '/session', { cookie: cookie.split(';')[0]! })).status).toBe(204);
  });

  it('takes each ticket once', async () => {
    const ticket = ticketOf(shell.address(1000));
    await redeem(ticket);
    expect((await redeem(ticket)).status).toBe(401);
  });

  it('takes no ticket that is too old, and none that it did not issue', async () => {
    expect((await redeem(ticketOf(shell.address(0)))).status).toBe(401);
    expect((await redeem('x'.repeat(43))).status).toBe(401);
  });

  it('lets no foreign page redeem a ticket, and does not spend it then', async () => {
    const ticket = ticketOf(shell.address(1000));
    expect((await redeem(ticket, json({ origin: 'http://evil.example' }))).status).toBe(403);
    expect((await redeem(ticket, json({ origin: 'null' }))).status).toBe(403);
    expect((await redeem(ticket, json())).status).toBe(403);
    expect((await redeem(ticket)).status).toBe(204);
  });

  it.each(['', 'null', '[]', '{', '{"ticket":1}', `{"ticket":"${'x'.repeat(5000)}"}`])('answers 400 to %.12s', async (body) => {
    expect((await ask('POST', '/session', json({ origin: own() }), body)).status).toBe(400);
  });

  it('takes JSON only, which a form on a foreign page cannot send', async () => {
    const ticket = ticketOf(shell.address(1000));
    expect((await redeem(ticket, { 'content-type': 'text/plain', origin: own() })).status).toBe(400);
  });

  it('answers 401 to a window whose session is not known', async () => {
    expect((await ask('GET', '/session')).status).toBe(401);
  });
});

describe('the bridge', () => {
  it('connects a window that has a session, and carries messages both ways', async () => {
    const socket = (await bridge({ cookie: await session(), origin: own() })) as WebSocket;
    const [client] = clients;
    const heard = new Promise((resolve) => client!.onMessage(resolve));
    socket.send(JSON.stringify({ id: 1, command: 'session.open', args: {} }));
    expect(await heard).toEqual({ id: 1, command: 'session.open', args: {} });
    const answered = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
    client!.send({ id: 1, result: {} });
    expect(await answered).toEqual({ id: 1, result: {} });
    const closed = new Promise<void>((resolve) => client!.onClosed(resolve));
    socket.close();
    await closed;
  });

  it('is refused without a session, with a wrong one, and with the cookie written twice', async () => {
    const cookie = await session();
    expect(await bridge({ origin: own() })).toBe(401);
    expect(await bridge({ origin: own(), cookie: `offhook-${shell.port}=${'x'.repeat(43)}` })).toBe(401);
    expect(await bridge({ origin: own(), cookie: `${cookie}; ${cookie}` })).toBe(401);
    expect(clients).toEqual([]);
  });

  it('is refused to a foreign page that brings the right cookie', async () => {
    const cookie = await session();
    expect(await bridge({ cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await bridge({ cookie, origin: `http://127.0.0.1:${shell.port + 1}` })).toBe(403);
    expect(await bridge({ cookie })).toBe(403);
    expect(await bridge({ cookie, origin: 'http://evil.example', host: 'evil.example' })).toBe(403);
  });

  it('is at one address only', async () => {
    expect(await bridge({ cookie: await session(), origin: own() }, '/other')).toBe(403);
  });

  it.each([
    ['what is not JSON', '{', 1007],
    ['more than 256 KiB', 'x'.repeat(300_000), 1009],
    ['binary frames', Buffer.from([1, 2]), 1003],
  ])('closes on %s', async (_name, data, code) => {
    const socket = (await bridge({ cookie: await session(), origin: own() })) as WebSocket;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send(data);
    expect(await closed).toBe(code);
  });

  it('leaves no more than sixteen windows in', async () => {
    const cookie = await session();
    for (let count = 0; count < 16; count += 1) expect(typeof (await bridge({ cookie, origin: own() }))).toBe('object');
    expect(await bridge({ cookie, origin: own() })).toBe(403);
  });
});

describe('a second start', () => {
  const attach = (headers: Record<string, string>, body = '{"screen":{}}') => ask('POST', '/attach', headers, body);
  const allowed = json({ authorization: `Bearer ${attachSecret}` });

  it('gets a fresh address when no window could be opened for it', async () => {
    const { status, body } = await attach(allowed);
    expect(status).toBe(200);
    const { opened, address } = JSON.parse(body) as { opened: boolean; address: string };
    expect(opened).toBe(false);
    expect((await redeem(ticketOf(address))).status).toBe(204);
  });

  it('has a window opened on its own screen, and gets no ticket that nobody needs', async () => {
    windowOpens = true;
    const { body } = await attach(allowed, '{"screen":{"DISPLAY":":7"}}');
    expect(screens).toEqual([{ DISPLAY: ':7' }]);
    expect(JSON.parse(body)).toEqual({ opened: true, address: null });
  });

  it('is refused without the secret, and to any page of a browser', async () => {
    expect((await attach(json())).status).toBe(403);
    expect((await attach(json({ authorization: 'Bearer wrong' }))).status).toBe(403);
    expect((await attach({ ...allowed, origin: own() })).status).toBe(403);
    expect(screens).toEqual([]);
  });

  it('cannot hand over any other part of its environment', async () => {
    expect((await attach(allowed, '{"screen":{"LD_PRELOAD":"/tmp/x.so"}}')).status).toBe(400);
  });
});
