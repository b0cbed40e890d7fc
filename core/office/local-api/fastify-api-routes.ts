import type { IncomingMessage, ServerResponse } from 'node:http';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { OffhookError } from '#contract/errors.ts';
import { operations, type OperationName } from '#contract/local-api/index.ts';
import type { Asker } from './api-caller.ts';
import { failureOf, secondsToWait } from './api-failure.ts';
import type { Given } from './run-operation.ts';

/** Bytes of the longest body. */
export const longestBody = 64 * 1024;
/** Bytes of a refused body that are taken, so that whoever sends it reads the answer; then the connection is cut. */
const mostDiscarded = 256 * 1024;

export interface RoutesOptions {
  /** Who asks, as found before. */
  askerOf(request: IncomingMessage): Asker;
  /** Before the body is read. @throws OffhookError `program.not-paired`, `program.not-allowed` */
  admit(name: OperationName, asker: Asker): void;
  run(name: OperationName, given: Given, asker: Asker): Promise<{ status: number; json: string }>;
  /** The OpenAPI document. */
  document(): string;
  onBug(error: unknown): void;
}

export interface ApiRoutes {
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

const json = 'application/json; charset=utf-8';
/** RFC 8259 knows no other encoding; some clients say so all the same. */
const jsonType = /^application\/json(; ?charset=utf-8)?$/i;

/** Fastify's own failures, in our words. What its sentences quote may be hostile: only its code is told. */
function toOffhookError(error: unknown): { status: number | null; error: unknown } {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (error instanceof OffhookError || typeof statusCode !== 'number' || statusCode >= 500)
    return { status: null, error };
  if (statusCode === 413) return { status: 413, error: new OffhookError('program.too-large') };
  return { status: statusCode, error: new OffhookError('program.invalid', { detail: String(code ?? 'bad request') }) };
}

async function fail(options: RoutesOptions, error: unknown, reply: FastifyReply, as?: number): Promise<FastifyReply> {
  const known = toOffhookError(error);
  const { status, body } = failureOf(known.error);
  if (body.error.code === 'internal.bug') options.onBug(error);
  const seconds = secondsToWait(body.error);
  if (seconds !== null) reply.header('Retry-After', seconds);
  await discardRest(reply.request.raw);
  if (reply.request.raw.readableEnded) reply.removeHeader('connection');
  else reply.header('Connection', 'close');
  return reply
    .code(as ?? known.status ?? status)
    .header('Content-Type', json)
    .send(JSON.stringify(body));
}

/** An answer to somebody who still sends would be lost. Resolves when the body is over, or is too long to wait for. */
async function discardRest(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  let left = mostDiscarded;
  await new Promise<void>((resolve) => {
    request.once('end', resolve);
    request.once('close', resolve);
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left >= 0) return;
      request.pause();
      resolve();
    });
  });
}

/** JSON, and nothing that a form could send. @throws OffhookError `program.invalid` */
function checkType({ headers }: FastifyRequest): void {
  const type = headers['content-type'];
  if (type === undefined || jsonType.test(type)) return;
  throw Object.assign(new Error('another content type'), { statusCode: 415, code: 'not application/json' });
}

function takeJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
}

function addOperation(app: FastifyInstance, name: OperationName, options: RoutesOptions): void {
  const { method, path } = operations[name];
  app.route({
    method,
    url: `/v1${path.replace(/\{(\w+)\}/g, ':$1')}`,
    onRequest: async (request) => {
      options.admit(name, options.askerOf(request.raw));
      checkType(request);
    },
    handler: async (request: FastifyRequest, reply) => {
      const given = { parameters: request.params, query: request.query, body: request.body };
      const { status, json: text } = await options.run(name, given, options.askerOf(request.raw));
      return reply.code(status).header('Content-Type', json).send(text);
    },
  });
}

/** Routes, bodies and their limits by Fastify, for servers that listen already. */
export async function openFastifyApiRoutes(options: RoutesOptions): Promise<ApiRoutes> {
  const app = fastify({
    bodyLimit: longestBody,
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: false,
    frameworkErrors: (error, _request, reply) => void fail(options, error, reply as FastifyReply),
    routerOptions: {
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      maxParamLength: 100,
    },
  });
  takeJsonOnly(app);
  app.setErrorHandler((error, _request, reply) => fail(options, error, reply));
  app.setNotFoundHandler((_request, reply) => {
    const error = new OffhookError('program.invalid', { detail: 'no such operation' });
    return fail(options, error, reply, 404);
  });
  app.get('/openapi.json', (_request, reply) => reply.header('Content-Type', json).send(options.document()));
  for (const name of Object.keys(operations) as OperationName[]) addOperation(app, name, options);
  await app.ready();
  return { handle: (request, response) => app.routing(request, response), close: () => app.close() };
}
