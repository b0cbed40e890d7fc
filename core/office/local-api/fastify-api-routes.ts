import type { IncomingMessage, ServerResponse } from 'node:http';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { OffhookError } from '#contract/errors.ts';
import { operations, type OperationName } from '#contract/local-api/index.ts';
import type { Asker } from './api-caller.ts';
import { failureOf, secondsToWait } from './api-failure.ts';
import type { Given } from './run-operation.ts';

/** Bytes of the longest body. */
export const longestBody = 64 * 1024;

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

/** Fastify's own failures, in our words. What its sentences quote may be hostile: only its code is told. */
function toOffhookError(error: unknown): { status: number | null; error: unknown } {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (error instanceof OffhookError || typeof statusCode !== 'number' || statusCode >= 500)
    return { status: null, error };
  if (statusCode === 413) return { status: 413, error: new OffhookError('program.too-large') };
  return { status: statusCode, error: new OffhookError('program.invalid', { detail: String(code ?? 'bad request') }) };
}

function fail(options: RoutesOptions, error: unknown, reply: FastifyReply): FastifyReply {
  const known = toOffhookError(error);
  const { status, body } = failureOf(known.error);
  if (body.error.code === 'internal.bug') options.onBug(error);
  const seconds = secondsToWait(body.error);
  if (seconds !== null) reply.header('Retry-After', seconds);
  // What is left of a body that was refused is not waited for.
  if (status === 413 || status === 401 || known.status !== null) reply.header('Connection', 'close');
  return reply
    .code(known.status ?? status)
    .header('Content-Type', json)
    .send(JSON.stringify(body));
}

/** JSON, and nothing that a form could send. */
function takeJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(
    /^application\/json(; ?charset=utf-8)?$/i,
    { parseAs: 'string' },
    (request, body, done) => {
      if (body === '') done(null, undefined);
      else void parse(request, body, done);
    },
  );
}

function addOperation(app: FastifyInstance, name: OperationName, options: RoutesOptions): void {
  const { method, path } = operations[name];
  app.route({
    method,
    url: `/v1${path.replace(/\{(\w+)\}/g, ':$1')}`,
    onRequest: async (request) => options.admit(name, options.askerOf(request.raw)),
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
    const { body } = failureOf(new OffhookError('program.invalid', { detail: 'no such operation' }));
    return reply.code(404).header('Content-Type', json).header('Connection', 'close').send(JSON.stringify(body));
  });
  app.get('/openapi.json', (_request, reply) => reply.header('Content-Type', json).send(options.document()));
  for (const name of Object.keys(operations) as OperationName[]) addOperation(app, name, options);
  await app.ready();
  return { handle: (request, response) => app.routing(request, response), close: () => app.close() };
}
