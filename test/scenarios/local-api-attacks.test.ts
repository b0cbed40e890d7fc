import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openApiDesk, type ApiDesk } from '#core/office/local-api/api-desk.test-support.ts';
import { browserSwitches } from '#test/support/browser-switches.ts';
import { ForeignSite } from '#test/support/foreign-site.ts';
import { pageAttacks, type AttackTarget, type PageAttack } from '#test/support/page-attacks.ts';
import { dial, hostileNumbers, rawAttacks, tollFraud } from '#test/support/raw-attacks.ts';
import { until } from '#test/support/until.ts';
import { findBrowser, thisMachine } from '#web/browser.ts';

const evil = 'evil.test';
/** Chromium's own guards of private networks are off: what is tried here shall reach the API. */
const switches = [
  `--host-resolver-rules=MAP ${evil} 127.0.0.1`,
  '--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessSendPreflights,BlockInsecurePrivateNetworkRequests',
];

let desk: ApiDesk;
let browser: Browser;
const site = new ForeignSite();
const shown: unknown[] = [];
let target: AttackTarget;

beforeAll(async () => {
  desk = await openApiDesk();
  desk.onShown((card) => shown.push(card));
  await site.start();
  browser = await chromium.launch({
    executablePath: findBrowser(thisMachine()) ?? undefined,
    args: [...browserSwitches(), ...switches],
  });
  target = {
    api: `http://127.0.0.1:${desk.port()}`,
    rebound: `http://${evil}:${desk.port()}`,
    site: `http://${evil}:${site.port}`,
  };
});

afterAll(async () => {
  await browser?.close();
  await site.stop();
  await desk?.close();
});

/** How often something was refused for being a stranger's, so far. */
async function refusals(): Promise<number> {
  const entries = await desk.api.audit({ before: null, limit: 200, programId: null });
  return entries.filter(({ action }) => action.startsWith('foreign ')).reduce((sum, { times }) => sum + times, 0);
}

async function pageFor({ from }: PageAttack): Promise<Page> {
  const page = await browser.newPage();
  const address = {
    foreign: target.site,
    neighbour: `http://127.0.0.1:${site.port}`,
    rebound: `${target.rebound}/page`,
  }[from];
  // The name still was the attacker's when the page came; from now on it is the loopback.
  if (from === 'rebound')
    await page.route(address, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }),
    );
  await page.goto(address);
  return page;
}

describe('a web page of somebody else', () => {
  afterEach(() => {
    expect(desk.opened).toEqual([]);
    expect(desk.calls.snapshots()).toEqual([]);
    expect(desk.api.requests()).toEqual([]);
    expect(desk.hub.count).toBe(0);
    expect(shown).toEqual([]);
  });

  test.for(pageAttacks)('gets nothing by $name', async (attack) => {
    const page = await pageFor(attack);
    const before = await refusals();
    // A page that goes away under the attack has learned nothing either.
    const learned = await page.evaluate(attack.run, target).catch(() => null);
    expect(learned ?? '').toBe('');
    await until('it has come, and was refused', async () => (await refusals()) > before);
    await page.close();
  });
});

/** What comes back of bytes that are sent: until the other end hangs up, or has been silent for a while. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  let silence = setTimeout(() => socket.destroy(), 1500);
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer += chunk;
    clearTimeout(silence);
    silence = setTimeout(() => socket.destroy(), 200);
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  // Not ended: an HTTP server takes that for a client that has gone.
  socket.write(Buffer.from(text, 'latin1'));
  await closed;
  clearTimeout(silence);
  return answer;
}

const statuses = (answer: string) => [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

test('the request that the attacks change dials when nothing is changed in it', async () => {
  expect(statuses(await exchange(desk.port(), dial({ port: desk.port(), token: desk.secret })))).toEqual([201]);
  for (const call of desk.calls.live()) call.session.end();
  for (const { id } of desk.calls.snapshots()) desk.calls.forget(id);
  desk.opened.length = 0;
});

describe('bytes of a program that means ill', () => {
  afterEach(() => {
    expect(desk.opened).toEqual([]);
    expect(desk.calls.snapshots()).toEqual([]);
  });

  test.for(rawAttacks)('get nothing: $name', async ({ requests }) => {
    for (const text of requests({ port: desk.port(), token: desk.secret })) {
      const found = statuses(await exchange(desk.port(), text));
      expect([text.slice(0, 300), found.filter((status) => status < 400)]).toEqual([text.slice(0, 300), []]);
    }
  });

  test('are cut off when they are ten megabytes', async () => {
    const socket = connect(desk.port(), '127.0.0.1');
    socket.on('error', () => {});
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.write(
      `POST /v1/calls HTTP/1.1\r\nHost: 127.0.0.1:${desk.port()}\r\nAuthorization: Bearer ${desk.secret}\r\n`,
    );
    socket.write('Content-Type: application/json\r\nContent-Length: 10000000\r\n\r\n');
    const piece = Buffer.alloc(100_000, ' ');
    let sent = 0;
    while (!socket.destroyed && sent < 10_000_000) {
      sent += piece.length;
      if (!socket.write(piece)) await Promise.race([once(socket, 'drain').catch(() => null), closed]);
    }
    socket.resume();
    await closed;
    expect(sent).toBeLessThan(10_000_000);
  });

  test('are cut off when they come one at a time (slow loris)', { timeout: 30_000 }, async () => {
    const slow = [
      `GET /v1/calls HTTP/1.1\r\nHost: 127.0.0.1:${desk.port()}\r\nX: `,
      `POST /v1/pairing HTTP/1.1\r\nHost: 127.0.0.1:${desk.port()}\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n{`,
    ];
    const began = performance.now();
    await Promise.all(
      slow.map(async (head) => {
        const socket = connect(desk.port(), '127.0.0.1');
        socket.on('error', () => {}).resume();
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.write(head);
        const dripping = setInterval(() => socket.write('a'), 500);
        // Others are served meanwhile.
        expect((await desk.ask('/v1/status')).status).toBe(200);
        await closed;
        clearInterval(dripping);
      }),
    );
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(desk.api.requests()).toEqual([]);
  });
});

describe('a program that is let in', () => {
  test.for(hostileNumbers)('brings nothing past the number: $name', async ({ texts, breaks }) => {
    for (const text of texts) {
      const { status } = await desk.ask('/v1/calls', { method: 'POST', body: { text } });
      expect([text, status]).toEqual([text, breaks ? 422 : expect.any(Number)]);
      for (const userAgent of desk.userAgents)
        for (const { target: dialled } of userAgent.sessions)
          expect(dialled).toMatch(/^[+\d*#]+$|^sips?:[^\s<>"?;,\p{Cc}\u2028]+$/u);
      for (const call of desk.calls.live()) call.session.end();
    }
    desk.opened.length = 0;
  });

  test('dials no link that costs without a click in the window', async () => {
    const { id, token } = await desk.pair('CRM', ['calls:dial']);
    const answers = await Promise.all(
      tollFraud.map(
        async (text) =>
          (await desk.ask('/v1/dial-requests', { method: 'POST', token, body: { source: 'link', text } })).status,
      ),
    );
    expect(answers.filter((status) => status === 201)).toEqual([]);
    expect(answers.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(desk.opened.every(({ source, origin }) => source === 'program' && origin?.id === `program:${id}`)).toBe(
      true,
    );
    expect(desk.calls.live()).toEqual([]);
    desk.opened.length = 0;
  });
});

test('the guide lists every attack', () => {
  const guide = readFileSync(new URL('../../docs/guides/local-api.md', import.meta.url), 'utf8');
  const missing = [...pageAttacks, ...rawAttacks, ...hostileNumbers]
    .map(({ name }) => name)
    .filter((name) => !guide.includes(name));
  expect(missing).toEqual([]);
});
