import type { IncomingMessage } from 'node:http';

/** What a request may be refused for; the text goes into the log and the answer. */
export type Refusal = { status: 401 | 403; why: string };

/**
 * DNS rebinding (a foreign name that resolves to loopback) shows in Host, a foreign page in Origin. Both are compared
 * with the shell's own names only.
 */
export class Guard {
  private readonly hosts: ReadonlySet<string>;

  constructor(port: number) {
    this.hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  }

  checkHost(request: IncomingMessage): Refusal | null {
    const host = request.headers.host;
    return host !== undefined && this.hosts.has(host) ? null : { status: 403, why: 'foreign Host' };
  }

  /** For everything that changes state or opens the bridge: an Origin must be there, and be our own. */
  checkOrigin(request: IncomingMessage): Refusal | null {
    const host = this.checkHost(request);
    if (host) return host;
    return request.headers.origin === `http://${request.headers.host}` ? null : { status: 403, why: 'foreign Origin' };
  }
}

/** A cookie's value; null when it is not there or is written twice (then somebody else set one). */
export function cookieOf(request: IncomingMessage, name: string): string | null {
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`));
  return found.length === 1 ? found[0]!.slice(name.length + 1) : null;
}
