import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';
import { z } from 'zod';
import type { Logger } from '#core/foundation/index.ts';
import { cookieOf, type Guard, type Refusal } from './guard.ts';
import { hashOf, type Sessions, type Tickets } from './tickets.ts';

const longestBody = 4096;
const attachLifetime = 60_000;

const sessionRequest = z.object({ ticket: z.string().max(128) });
/** Which screen a second start sits at; nothing else of its environment is taken. */
const attachRequest = z.object({
  screen: z
    .partialRecord(z.enum(['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR']), z.string().max(512))
    .default({}),
});

export interface RouteOptions {
  staticDirectory: string;
  attachSecret: string;
  onAttach(screen: Record<string, string>): Promise<boolean>;
  onSession?(hashes: string[]): void;
  guard: Guard;
  tickets: Tickets;
  sessions: Sessions;
  cookie: string;
  address(lifetime: number): string;
  refusalByUser(request: IncomingMessage): Promise<Refusal | null>;
  logger: Logger;
}

export function answer(response: ServerResponse, status: number, text = ''): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(text);
}

async function bodyOf<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T | null> {
  if (request.headers['content-type']?.split(';')[0] !== 'application/json') return null;
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > longestBody) return null;
  }
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function knowsSecret(request: IncomingMessage, secret: string): boolean {
  const given = Buffer.from(hashOf(request.headers.authorization ?? ''));
  return timingSafeEqual(given, Buffer.from(hashOf(`Bearer ${secret}`)));
}

async function openSession(options: RouteOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = options.guard.checkOrigin(request) ?? (await options.refusalByUser(request));
  if (refusal) return refuse(options, response, refusal);
  const body = await bodyOf(request, sessionRequest);
  if (!body) return answer(response, 400, 'a ticket is wanted');
  if (!options.tickets.redeem(body.ticket)) return refuse(options, response, { status: 401, why: 'ticket used or too old' });
  const token = options.sessions.open();
  options.onSession?.(options.sessions.all());
  response.setHeader('Set-Cookie', `${options.cookie}=${token}; HttpOnly; SameSite=Strict; Path=/`);
  answer(response, 204);
}

/** A browser always sends an Origin with POST; a second start sends none and knows the secret. */
async function attach(options: RouteOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const foreign = request.headers.origin !== undefined || !knowsSecret(request, options.attachSecret);
  if (foreign) return refuse(options, response, { status: 403, why: 'attaching without the secret' });
  const body = await bodyOf(request, attachRequest);
  if (!body) return answer(response, 400, 'a screen is wanted');
  const opened = await options.onAttach(body.screen as Record<string, string>);
  const address = opened ? null : options.address(attachLifetime);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ opened, address }));
}

function refuse(options: RouteOptions, response: ServerResponse, refusal: Refusal): void {
  options.logger.warn('a request was refused', { why: refusal.why });
  answer(response, refusal.status, refusal.why);
}

export function createRoutes(options: RouteOptions) {
  // Hashed names never change; the page itself must be asked for again after each build.
  const files = sirv(options.staticDirectory, {
    etag: true,
    setHeaders: (response, pathname) =>
      response.setHeader('Cache-Control', pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = options.guard.checkHost(request);
    if (refusal) return refuse(options, response, refusal);
    const route = `${request.method} ${request.url}`;
    if (route === 'POST /session') return await openSession(options, request, response);
    if (route === 'POST /attach') return await attach(options, request, response);
    if (route === 'GET /session') {
      return answer(response, options.sessions.has(cookieOf(request, options.cookie) ?? '') ? 204 : 401);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, 'GET only');
    files(request, response, () => answer(response, 404, 'not found'));
  };
}
