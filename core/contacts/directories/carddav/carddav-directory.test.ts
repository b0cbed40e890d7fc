import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CollectedReading } from '../directory-reading.test-support.ts';
import { openCarddavDirectory } from './carddav-directory.ts';

const open: http.Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

interface Answer {
  status?: number;
  type?: string;
  body?: string;
  headers?: Record<string, string>;
}

/** A server that answers by what it is asked. */
async function serve(
  answer: (asked: { method: string; path: string; body: string; authorization: string }) => Answer,
): Promise<string> {
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const given = answer({
      method: request.method ?? '',
      path: request.url ?? '',
      body,
      authorization: request.headers.authorization ?? '',
    });
    response.writeHead(given.status ?? 207, { 'Content-Type': given.type ?? 'application/xml', ...given.headers });
    response.end(given.body ?? '');
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sourceOf(url: string, cursor: string | null = null, mostBytes?: number) {
  const environment = { now: () => 0, proxyFor: () => null, outlookHelper: null };
  const config = { kind: 'carddav' as const, url, user: 'olga', addressBooks: [] };
  const reading = new CollectedReading({ secret: 'secret', cursor });
  return { reading, source: openCarddavDirectory(config, environment, { timeout: 1000, mostBytes }) };
}
const refused = async (url: string) => {
  const { source, reading } = sourceOf(url);
  return source.refresh(reading).catch((error: unknown) => error);
};

const multistatus = (...responses: string[]) =>
  `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav">${responses.join('')}</d:multistatus>`;
const response = (href: string, prop: string) =>
  `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${prop}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`;
const isBook =
  '<d:resourcetype><d:collection/><card:addressbook/></d:resourcetype><d:displayname>Клиенты</d:displayname>';

/** An address book without tokens, at `/book/`. */
function plainBook(cards: Map<string, { tag: string; card: string }>, asked: string[][] = []) {
  return ({ path, body }: { path: string; body: string }): Answer => {
    if (path !== '/book/') return { status: 404 };
    if (body.includes('multiget')) {
      const wanted = [...body.matchAll(/<d:href>([^<]*)</g)].map(([, href = '']) => href);
      asked.push(wanted);
      const all = wanted.map((href) => {
        const { tag, card } = cards.get(href) ?? {};
        if (card === undefined)
          return `<d:response><d:href>${href}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>`;
        return response(
          href,
          `<d:getetag>"${tag}"</d:getetag><card:address-data><![CDATA[${card}]]></card:address-data>`,
        );
      });
      return { body: multistatus(...all) };
    }
    const list = [...cards].map(([href, { tag }]) => response(href, `<d:getetag>"${tag}"</d:getetag>`));
    return { body: multistatus(response('/book/', isBook), ...(body.includes('getetag') ? list : [])) };
  };
}
const card = (name: string, more = '') => `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL:1\n${more}END:VCARD\n`;

describe('an address book without tokens', () => {
  it('is compared card by card', async () => {
    const cards = new Map(['a', 'b', 'c'].map((name) => [`/book/${name}.vcf`, { tag: '1', card: card(name) }]));
    const asked: string[][] = [];
    const url = `${await serve(plainBook(cards, asked))}/book/`;
    const first = sourceOf(url);
    const { cursor } = await first.source.refresh(first.reading);
    cards.delete('/book/a.vcf');
    cards.set('/book/b.vcf', { tag: '2', card: card('b2') });
    const second = sourceOf(url, cursor);
    const outcome = await second.source.refresh(second.reading);
    expect(outcome.kind).toBe('partial');
    expect(asked.at(-1)).toEqual(['/book/b.vcf']);
    expect([...second.reading.entries.values()]).toMatchObject([{ name: 'b2' }]);
    expect(second.reading.removed).toEqual(['/book/a.vcf']);
    const third = sourceOf(url, outcome.cursor);
    expect(await third.source.refresh(third.reading)).toMatchObject({ kind: 'unchanged' });
  });

  it('gives what it can: a broken card is named, one deleted meanwhile goes', async () => {
    const cards = new Map([
      ['/book/a.vcf', { tag: '1', card: 'BEGIN:VCARD\nFN:Cut\n' }],
      ['/book/b.vcf', { tag: '1', card: card('b') }],
    ]);
    const answer = plainBook(cards);
    const url = await serve((asked) => {
      const given = answer(asked);
      if (asked.body.includes('getetag') && !asked.body.includes('multiget')) cards.delete('/book/b.vcf');
      return given;
    });
    const { source, reading } = sourceOf(`${url}/book/`);
    await source.refresh(reading);
    expect(reading.entries.size).toBe(0);
    expect(reading.skipped).toMatchObject([{ code: 'entry.unreadable', values: { place: 'Клиенты › Cut' } }]);
  });

  it('is asked for less at once where its cards are too large together', async () => {
    const names = Array.from({ length: 12 }, (_each, index) => `c${index}`);
    const cards = new Map(
      names.map((name) => [`/book/${name}.vcf`, { tag: '1', card: card(name, `NOTE:${'x'.repeat(5000)}\n`) }]),
    );
    cards.set('/book/large.vcf', { tag: '1', card: card('large', `NOTE:${'x'.repeat(40_000)}\n`) });
    const { source, reading } = sourceOf(`${await serve(plainBook(cards))}/book/`, null, 30_000);
    expect(await source.refresh(reading)).toMatchObject({ kind: 'complete' });
    expect([...reading.entries.values()].map(({ name }) => name)).toEqual(names);
    expect(reading.skipped).toMatchObject([{ code: 'entry.too-large', values: { place: 'Клиенты › large.vcf' } }]);
  });
});

describe('a server that asks for a digest', () => {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const open = (password: string) => {
    const book = plainBook(new Map([['/book/a.vcf', { tag: '1', card: card('a') }]]));
    const counts: string[] = [];
    const url = serve((asked) => {
      const field = (name: string) => new RegExp(`\\b${name}="?([^",]*)`).exec(asked.authorization)?.[1] ?? '';
      const middle = ['nonce', 'nc', 'cnonce', 'qop'].map(field).join(':');
      const expected = md5(`${md5(`olga:books:${password}`)}:${middle}:${md5(`${asked.method}:${asked.path}`)}`);
      if (asked.authorization.startsWith('Digest') && field('response') === expected) {
        counts.push(field('nc'));
        return book(asked);
      }
      const challenge = 'Basic realm="books", Digest realm="books", qop="auth", nonce="n1", algorithm=MD5';
      return { status: 401, headers: { 'WWW-Authenticate': challenge } };
    });
    return { url, counts };
  };

  it('gets one, which counts its requests', async () => {
    const { url, counts } = open('secret');
    const { source, reading } = sourceOf(`${await url}/book/`);
    await source.refresh(reading);
    expect(reading.entries.size).toBe(1);
    expect(counts).toEqual(['00000001', '00000002', '00000003']);
  });

  it('is not asked for ever when the password is wrong', async () => {
    const { url } = open('other');
    expect(await refused(`${await url}/book/`)).toMatchObject({ code: 'directory.wrong-password' });
  });
});

describe('a long list of changes', () => {
  it('is fetched part by part', async () => {
    let token = 1;
    const cards = new Map([['/book/a.vcf', { tag: '1', card: card('a') }]]);
    const plain = plainBook(cards);
    const url = await serve((asked) => {
      if (!asked.body.includes('sync-collection')) {
        const given = plain(asked);
        return { body: given.body?.replace(isBook, `${isBook}<d:sync-token>urn:${token}</d:sync-token>`) };
      }
      const from = Number(/urn:(\d+)/.exec(asked.body)?.[1]);
      const more =
        from < 3
          ? '<d:response><d:href>/book/</d:href><d:status>HTTP/1.1 507 Insufficient Storage</d:status></d:response>'
          : '';
      const href = `/book/n${from}.vcf`;
      cards.set(href, { tag: '1', card: card(`n${from}`) });
      return {
        body: multistatus(
          response(href, '<d:getetag>"1"</d:getetag>'),
          more,
          `<d:sync-token>urn:${from + 1}</d:sync-token>`,
        ),
      };
    });
    const first = sourceOf(`${url}/book/`);
    const { cursor } = await first.source.refresh(first.reading);
    token = 9;
    const second = sourceOf(`${url}/book/`, cursor);
    expect((await second.source.refresh(second.reading)).cursor).toContain('urn:4');
    expect([...second.reading.entries.keys()]).toEqual(['/book/n1.vcf', '/book/n2.vcf', '/book/n3.vcf']);
  });
});

describe('address books', () => {
  it('are found by the well-known address where the server itself shows a page', async () => {
    const book = plainBook(new Map([['/book/a.vcf', { tag: '1', card: card('a') }]]));
    const url = await serve((asked) => {
      if (asked.path === '/') return { status: 200, type: 'text/html', body: '<html>Welcome</html>' };
      if (asked.path === '/.well-known/carddav') return { status: 301, headers: { Location: '/dav/' } };
      if (asked.path === '/dav/')
        return {
          body: multistatus(
            response('/dav/', '<d:current-user-principal><d:href>/me/</d:href></d:current-user-principal>'),
          ),
        };
      if (asked.path === '/me/')
        return {
          body: multistatus(
            response('/me/', '<card:addressbook-home-set><d:href>/home/</d:href></card:addressbook-home-set>'),
          ),
        };
      if (asked.path === '/home/') return { body: multistatus(response('/home/', ''), response('/book/', isBook)) };
      return book(asked);
    });
    const { source, reading } = sourceOf(`${url}/`);
    expect((await source.preview(reading)).parts).toEqual([{ id: `${url}/book/`, label: 'Клиенты' }]);
  });

  it('are not asked for at another server without HTTPS, which the password would go to', async () => {
    const home = '<card:addressbook-home-set><d:href>http://localhost:1/home/</d:href></card:addressbook-home-set>';
    const url = await serve(() => ({ body: multistatus(response('/', home)) }));
    expect(await refused(url)).toMatchObject({
      code: 'directory.bad-answer',
      detail: expect.stringContaining('localhost'),
    });
  });

  it.each<[string, Answer, string]>([
    ['a page for people', { status: 200, type: 'text/html', body: '<html><body>Sign in' }, 'directory.bad-answer'],
    ['no XML', { body: 'nothing of the kind' }, 'directory.bad-answer'],
    ['XML that ends too early', { body: multistatus(response('/', isBook)).slice(0, -20) }, 'directory.bad-answer'],
    ['XML that does not fit together', { body: multistatus('<a></b>') }, 'directory.bad-answer'],
    ['other XML', { body: '<feed/>' }, 'directory.bad-answer'],
    ['no address books', { body: multistatus(response('/', '<d:resourcetype/>')) }, 'directory.empty'],
    ['nothing', { body: multistatus() }, 'directory.empty'],
    ['that it is not allowed', { status: 403 }, 'directory.forbidden'],
    ['that it is broken', { status: 500 }, 'directory.server-failed'],
  ])('are not there where the server answers %s', async (_name, answer, code) => {
    expect(await refused(await serve(() => answer))).toMatchObject({ code });
  });

  it('bear hostile XML: no entity becomes longer, and no file is read', async () => {
    const levels = Array.from(
      { length: 12 },
      (_each, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`,
    );
    const document = `<!DOCTYPE d [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file:///etc/passwd">${levels.join('')}]>`;
    for (const entity of ['&e12;', '&file;']) {
      const body = multistatus(response('/book/', isBook.replace('Клиенты', entity))).replace(
        '<d:multistatus',
        `${document}<d:multistatus`,
      );
      const told = JSON.stringify(await refused(await serve(() => ({ body }))));
      expect(told.length).toBeLessThan(500);
      expect(told).not.toContain('root:');
    }
  });
});
