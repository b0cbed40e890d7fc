import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHttpClient } from '#core/network/index.ts';
import { hostileText } from '../hostile-text.test-support.ts';
import { webhookBody } from './call-facts.ts';
import { momentOf } from './event-actions.test-support.ts';
import { postWebhook, signatureOf } from './webhook-post.ts';

describe('the post of a webhook', () => {
  let server: Server;
  let status = 200;
  let answerHeaders: Record<string, string> = {};
  let received: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
  beforeEach(async () => {
    [status, answerHeaders, received] = [200, {}, []];
    server = createServer((request, response) => {
      void text(request).then((body) => {
        received.push({ url: request.url, headers: request.headers, body });
        response.writeHead(status, answerHeaders).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const post = (body = '{}', secret: string | null = 'ключ') => {
    const fetch = openHttpClient({ proxyFor: () => null }, { signal: AbortSignal.timeout(5000) });
    return postWebhook(fetch, { url: url(), body, delivery: 'a:ring:c', secret }, 1_700_000_000_500);
  };

  it('is signed over the time and the bytes of the body', async () => {
    await post('{"name":"Пётр"}');
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ body: '{"name":"Пётр"}', headers: { 'x-offhook-timestamp': '1700000000' } });
    expect(received[0]?.headers['x-offhook-signature']).toBe(
      `sha256=${signatureOf('ключ', '1700000000', '{"name":"Пётр"}')}`,
    );
  });

  it('is not signed where there is no secret', async () => {
    await post('{}', null);
    expect(received[0]?.headers).not.toHaveProperty('x-offhook-signature');
  });

  it('has a known signature', () => {
    // printf '1.{}' | openssl dgst -sha256 -hmac key
    expect(signatureOf('key', '1', '{}')).toBe('1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224');
  });

  it.each([
    [302, 'delivery.refused'],
    [400, 'delivery.refused'],
    [404, 'delivery.refused'],
    [410, 'delivery.refused'],
    [408, 'delivery.failed'],
    [425, 'delivery.failed'],
    [429, 'delivery.failed'],
    [500, 'delivery.failed'],
    [503, 'delivery.failed'],
  ])('that is answered with %i is told as %s', async (answered, code) => {
    status = answered;
    answerHeaders = { location: `${url()}/elsewhere`, 'retry-after': '120' };
    await expect(post()).rejects.toMatchObject({ code, values: { status: answered } });
    expect(received).toHaveLength(1);
  });

  it('hears how long it is to wait', async () => {
    status = 503;
    answerHeaders = { 'retry-after': '120' };
    await expect(post()).rejects.toMatchObject({ values: { retryAfter: 120 } });
    answerHeaders = { 'retry-after': new Date(1_700_000_060_500).toUTCString() };
    await expect(post()).rejects.toMatchObject({ values: { retryAfter: 60 } });
  });

  it('waits where nobody answers', async () => {
    const fetch = openHttpClient({ proxyFor: () => null }, { signal: AbortSignal.timeout(5000) });
    const gone = { url: 'http://127.0.0.1:1/', body: '{}', delivery: 'x', secret: null };
    await expect(postWebhook(fetch, gone, 0)).rejects.toMatchObject({
      code: 'delivery.unreachable',
      values: { host: '127.0.0.1:1' },
    });
  });

  it('carries whatever a caller calls himself, and no header more', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (name) => {
        received = [];
        await post(webhookBody(momentOf('ring', { name, callId: 'c' }), 'd', false));
        expect(JSON.parse(received[0]?.body ?? '').call.name).toBe(name.toWellFormed());
        expect(Object.keys(received[0]?.headers ?? {}).filter((header) => header.startsWith('x-'))).toEqual([
          'x-offhook-timestamp',
          'x-offhook-delivery',
          'x-offhook-signature',
        ]);
      }),
      { numRuns: 15 },
    );
  });
});
