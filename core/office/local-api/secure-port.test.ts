import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openApiDesk } from './api-desk.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'offhook-pane-'));
writeFileSync(path.join(folder, 'pane.html'), '<!doctype html><title>Offhook</title>');
writeFileSync(path.join(folder, 'excel.xml'), '<SourceLocation DefaultValue="{{origin}}/pane/pane.html"/>');
writeFileSync(path.join(folder, 'secret.key'), 'no');
afterAll(() => rmSync(folder, { recursive: true }));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function secured() {
  const desk = await openApiDesk({ paneDirectory: folder });
  closing.push(() => desk.close());
  await desk.api.trustCertificate();
  const port = desk.api.status().securePort!;
  const get = (where: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
      const request = https.get(
        {
          host: '127.0.0.1',
          port,
          path: where,
          headers: { host: `localhost:${port}`, ...headers },
          rejectUnauthorized: false,
          agent: false,
        },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += String(chunk)));
          response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
        },
      );
      request.on('error', reject);
    });
  return { ...desk, port, get };
}

describe('the secure port', () => {
  it('is closed until the user trusts a certificate, and again when it is removed', async () => {
    const desk = await openApiDesk({ paneDirectory: folder });
    closing.push(() => desk.close());
    expect(desk.api.status()).toMatchObject({ securePort: null, certificate: 'none', canTrust: true });
    expect(await desk.api.trustCertificate()).toMatchObject({ certificate: 'trusted', securePort: expect.any(Number) });
    expect(desk.api.access?.securePort).toBe(desk.api.status().securePort);
    expect(await desk.api.removeCertificate()).toMatchObject({ certificate: 'none', securePort: null });
  });

  it('serves the pane with nothing but its own and Office’s script, framed by nobody', async () => {
    const { get, port } = await secured();
    const page = await get('/pane/pane.html');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self' https://appsforoffice.microsoft.com;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect((await get('/')).headers.location).toBe('/pane/pane.html');
    expect((await get('/pane/excel.xml')).text).toBe(
      `<SourceLocation DefaultValue="https://localhost:${port}/pane/pane.html"/>`,
    );
  });

  it.each(['/pane/secret.key', '/pane/other.html', '/pane/pane.html/x'])('has no %s', async (where) => {
    expect((await (await secured()).get(where)).status).toBe(404);
  });

  it.each(['/pane/../secret.key', '/pane/%2e%2e/x', '/pane//pane.html', '/pane/..%2fsecret.key'])(
    'knows no trick such as %s',
    async (where) => expect((await (await secured()).get(where)).status).toBe(400),
  );

  it('answers the pane’s own origin, and no other page, by no other name', async () => {
    const { get, port, secret } = await secured();
    const authorization = `Bearer ${secret}`;
    const own = await get('/v1/status', {
      authorization,
      origin: `https://localhost:${port}`,
      'sec-fetch-site': 'same-origin',
    });
    expect(own.status).toBe(200);
    expect(own.headers['access-control-allow-origin']).toBeUndefined();
    const strangers: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: `http://localhost:${port}` },
      { origin: 'null' },
      { host: `evil.example:${port}` },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of strangers) expect((await get('/v1/status', { authorization, ...headers })).status).toBe(403);
    expect((await get('/pane/pane.html', { host: 'evil.example' })).status).toBe(403);
  });
});
