import { readFile } from 'node:fs/promises';
import path from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.json': 'application/json',
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The file that an address of our scheme means; null when it would lead out of the window's folder. */
export function fileOf(folder: string, address: string): string | null {
  const url = URL.parse(address);
  if (!url || url.host !== 'app') return null;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  if (name.includes('\0') || name.includes('\\')) return null;
  const file = path.join(folder, name === '/' ? 'index.html' : name);
  return file.startsWith(folder + path.sep) ? file : null;
}

/** Serves the built window, with the policy that allows nothing but its own files. */
export async function servePage(folder: string, request: Pick<Request, 'url' | 'method'>): Promise<Response> {
  const file = request.method === 'GET' ? fileOf(folder, request.url) : null;
  const content = file === null ? null : await readFile(file).catch(() => null);
  if (file === null || content === null) return new Response('not found', { status: 404 });
  return new Response(new Uint8Array(content), {
    headers: {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
    },
  });
}
