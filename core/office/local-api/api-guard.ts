import type { IncomingMessage } from 'node:http';

/** What the listener calls itself, and which pages it serves: everybody else is a stranger. */
export interface OwnNames {
  /** As `Host` says them, e.g. `127.0.0.1:17480`. */
  hosts: ReadonlySet<string>;
  /** As `Origin` says them: our own pane over HTTPS, and nothing else. */
  origins: ReadonlySet<string>;
}

/** Why a request is refused before anybody looks at what it wants. `subject` is the stranger's own word: hostile. */
export interface ApiRefusal {
  status: 400 | 403;
  why: string;
  subject: string;
}

export function loopbackNames(port: number, origins: readonly string[] = []): OwnNames {
  return { hosts: new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]), origins: new Set(origins) };
}

/** Ways of writing a path that two readers may read differently. */
const trickyPath = /\/\/|\\|%2f|%5c|%00|%25|\/\.{1,2}(\/|$)|%2e/i;

/**
 * A page of a foreign site gets nothing. DNS rebinding (a foreign name that resolves to loopback) shows in `Host`, a
 * foreign page in `Origin` or, where a browser sends none (pictures, scripts, frames), in `Sec-Fetch-Site`.
 */
export function refuseStranger(request: IncomingMessage, names: OwnNames): ApiRefusal | null {
  const { headers, url = '' } = request;
  if (countOf(request, 'host') !== 1 || !names.hosts.has((headers.host ?? '').toLowerCase()))
    return { status: 403, why: 'foreign Host', subject: headers.host ?? '' };
  const { origin } = headers;
  if (origin !== undefined && (countOf(request, 'origin') !== 1 || !names.origins.has(origin)))
    return { status: 403, why: 'foreign Origin', subject: origin };
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'none' && site !== 'same-origin')
    return { status: 403, why: 'foreign page', subject: String(site) };
  if (countOf(request, 'authorization') > 1) return { status: 400, why: 'two authorizations', subject: '' };
  if (!url.startsWith('/') || trickyPath.test(pathOf(url)))
    return { status: 400, why: 'odd path', subject: pathOf(url) };
  return null;
}

export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/** Node joins or drops what is there twice; the raw list has all of it. */
function countOf(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length;
}
