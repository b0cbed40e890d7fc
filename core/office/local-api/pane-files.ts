import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pathOf } from './api-guard.ts';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.xml': 'application/xml; charset=utf-8',
};
const prefix = '/pane/';

/** Office's own script is loaded from Microsoft, as its rules want; everything else is ours, and nobody frames it. */
function policy(port: number): string {
  return [
    "default-src 'none'",
    "script-src 'self' https://appsforoffice.microsoft.com",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' wss://localhost:${port}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * The pane for Excel and Outlook: the files of one folder, by their exact names. A manifest gets the address that the pane
 * is served at (`{{origin}}` in it).
 */
export class PaneFiles {
  private readonly folder: string;
  private names: Promise<ReadonlySet<string>> | null = null;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** False for a path that is not the pane's. */
  serves(url: string): boolean {
    const requested = pathOf(url);
    return requested === '/' || requested.startsWith(prefix);
  }

  async answer(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    const requested = pathOf(request.url ?? '');
    if (requested === '/' || requested === prefix) return redirect(response);
    const name = requested.slice(prefix.length);
    this.names ??= readdir(this.folder).then((names) => new Set(names));
    const known = await this.names.catch(() => new Set<string>());
    const type = types[path.extname(name)];
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !known.has(name) || !type) return notFound(response);
    const bytes = await readFile(path.join(this.folder, name));
    const body = name.endsWith('.xml')
      ? Buffer.from(bytes.toString('utf8').replaceAll('{{origin}}', `https://localhost:${port}`))
      : bytes;
    response.setHeader('Content-Security-Policy', policy(port));
    response.removeHeader('X-Frame-Options');
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length, 'Cache-Control': 'no-cache' });
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}

function redirect(response: ServerResponse): void {
  response.writeHead(302, { Location: `${prefix}pane.html` }).end();
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('not found');
}
