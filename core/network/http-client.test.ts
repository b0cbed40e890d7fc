import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openHttpClient, type HttpClientOptions } from './http-client.ts';

const open: { close(): void; closeAllConnections?(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections?.();
  }
});

async function listen(server: net.Server): Promise<number> {
  open.push(server);
  // What a proxy is asked for by CONNECT, and what is no HTTP, the server itself does not close.
  server.on('connection', (socket) => open.push({ close: () => socket.destroy() }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
async function serve(answer: http.RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(http.createServer(answer))}`;
}
function clientOf(options: Partial<HttpClientOptions> = {}, proxy: string | null = null) {
  return openHttpClient({ proxyFor: () => proxy }, { signal: new AbortController().signal, ...options });
}

describe('a client of HTTP', () => {
  it('sends what it is given, and has the whole answer', async () => {
    const server = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (body: string) => {
        response.writeHead(207, { 'Content-Type': 'text/xml', ETag: '"1"' });
        response.end(`${request.method} ${request.headers['depth']} ${body}`);
      });
    });
    const answer = await clientOf()(server, { method: 'PROPFIND', headers: { Depth: '1' }, body: 'счёт' });
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([207, '"1"', 'PROPFIND 1 счёт']);
  });

  it('follows with the same request on the same host, without what authorises it to another', async () => {
    const asked: unknown[] = [];
    const answer: http.RequestListener = (request, response) => {
      asked.push([request.method, request.url, request.headers.authorization]);
      if (request.url === '/old') response.writeHead(301, { Location: '/new' });
      response.end();
    };
    const server = await serve(answer);
    await clientOf()(`${server}/old`, { method: 'PROPFIND', headers: { Authorization: 'Basic x' } });
    expect(asked).toEqual([
      ['PROPFIND', '/old', 'Basic x'],
      ['PROPFIND', '/new', 'Basic x'],
    ]);
  });

  it.each(['http://localhost:1/', 'file:///etc/passwd', 'http://['])('does not follow to %s', async (location) => {
    const server = await serve((_request, response) => response.writeHead(302, { Location: location }).end());
    await expect(clientOf()(server)).rejects.toMatchObject({ code: 'directory.bad-answer' });
    expect((await clientOf()(server, { redirect: 'manual' })).status).toBe(302);
  });

  it('does not go round in circles', async () => {
    const server = await serve((_request, response) => response.writeHead(302, { Location: '/' }).end());
    await expect(clientOf()(server)).rejects.toMatchObject({ code: 'directory.bad-answer' });
  });

  it('waits no longer than it may for a server that says nothing, or stops in the middle', async () => {
    const silent = `http://127.0.0.1:${await listen(net.createServer((socket) => void socket.on('error', () => {})))}`;
    const stopping = await serve((_request, response) => response.write('half'));
    for (const server of [silent, stopping])
      await expect(clientOf({ timeout: 100 })(server)).rejects.toMatchObject({ code: 'directory.timed-out' });
  });

  it('takes no answer that is too long, or cut off', async () => {
    const long = await serve((_request, response) => response.end('x'.repeat(2000)));
    await expect(clientOf({ mostBytes: 1000 })(long)).rejects.toMatchObject({ code: 'directory.bad-answer' });
    const cut = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('x', () => response.destroy());
    });
    await expect(clientOf()(cut)).rejects.toMatchObject({ code: 'directory.unreachable' });
  });

  it('stops when nobody wants the answer any more', async () => {
    const stopping = new AbortController();
    const server = await serve(() => stopping.abort());
    const client = clientOf({ signal: stopping.signal });
    await expect(client(server)).rejects.toMatchObject({ code: 'directory.cancelled' });
    await expect(client(server)).rejects.toMatchObject({ code: 'directory.cancelled' });
  });

  it('goes by the proxy that it is told, by a tunnel to HTTPS', async () => {
    const asked: string[] = [];
    const proxy = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('by proxy');
    });
    proxy.on('connect', (request, socket) => {
      asked.push(`CONNECT ${request.url}`);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    const client = clientOf({}, `http://127.0.0.1:${await listen(proxy)}`);
    expect(await (await client('http://books.example/a')).text()).toBe('by proxy');
    await expect(client('https://books.example/a')).rejects.toMatchObject({ code: 'directory.unreachable' });
    expect(asked).toEqual(['GET http://books.example/a', 'CONNECT books.example:443']);
  });

  it('takes no certificate that nobody vouches for', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-http-'));
    const args = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=localhost',
      '-keyout',
      'key',
      '-out',
      'pem',
    ];
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    const [key, cert] = ['key', 'pem'].map((name) => readFileSync(path.join(folder, name)));
    rmSync(folder, { recursive: true });
    const port = await listen(https.createServer({ key, cert }, (_request, response) => void response.end()));
    await expect(clientOf()(`https://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'directory.certificate-untrusted',
      values: { host: `127.0.0.1:${port}` },
    });
  });
});
