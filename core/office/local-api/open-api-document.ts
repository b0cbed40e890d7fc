import { z } from 'zod';
import {
  apiCall,
  apiError,
  apiEvents,
  apiLine,
  apiMatch,
  apiPerson,
  apiRecord,
  lineFeature,
  operations,
  scope,
  type Operation,
} from '#contract/local-api/index.ts';
import { errorCode, errorReport } from '#contract/errors.ts';
import { callState, disposition } from '#contract/ipc/index.ts';

type Json = Record<string, unknown>;

/** What is named in the document, and referred to wherever it occurs. */
const names = z.registry<{ id: string }>();
const named: Record<string, z.ZodType> = {
  Call: apiCall,
  Line: apiLine,
  Person: apiPerson,
  Match: apiMatch,
  Record: apiRecord,
  ErrorReport: errorReport,
  Error: apiError,
  Scope: scope,
  LineFeature: lineFeature,
  CallState: callState,
  Disposition: disposition,
  ErrorCode: errorCode,
};
for (const [id, schema] of Object.entries(named)) names.add(schema, { id });

const listing = { description: 'Name, as in the title of the event, to what it carries.' };
const failures: Record<string, string> = {
  400: 'The request cannot be understood.',
  401: 'No token, or a wrong one.',
  403: 'The scope is missing, or it came from a page of another origin.',
  413: 'The body is above 64 KiB.',
  429: 'Too often; `Retry-After` says how many seconds to wait.',
  default: 'Everything else that went wrong; the code in `error` tells what.',
};

/** Schemas of the document, by name: gathered while its parts are written. */
class Components {
  readonly schemas: Json = {};

  constructor() {
    for (const schema of Object.values(named)) this.write(schema, 'output');
  }

  /** A schema as JSON Schema, with references into the document. */
  write(schema: z.ZodType, io: 'input' | 'output'): Json {
    const override = ({ jsonSchema }: { jsonSchema: Json }) => {
      // A later Offhook may tell more, and its integers are no longer than those of JavaScript anyway.
      delete jsonSchema['additionalProperties'];
      if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
      if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
    };
    const written = z.toJSONSchema(schema, { metadata: names, io, unrepresentable: 'any', override }) as Json;
    const { $schema: _, $defs, ...rest } = written;
    for (const [name, definition] of Object.entries(($defs ?? {}) as Json))
      this.schemas[name] ??= refer(bare(definition));
    return refer(rest) as Json;
  }
}

function bare(definition: unknown): unknown {
  const { id: _, ...rest } = definition as Json;
  return rest;
}

/** `#/$defs/Call` is `#/components/schemas/Call` in the document. */
function refer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(refer);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Json).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string'
        ? [key, inner.replace('#/$defs/', '#/components/schemas/')]
        : [key, refer(inner)],
    ),
  );
}

function parametersOf(schema: z.ZodObject, place: 'path' | 'query', components: Components): Json[] {
  const { properties = {}, required = [] } = components.write(schema, 'input') as {
    properties?: Json;
    required?: string[];
  };
  return Object.entries(properties).map(([name, inner]) => ({
    ...{ name, in: place, required: place === 'path' || required.includes(name), schema: inner },
  }));
}

const content = (schema: unknown) => ({ content: { 'application/json': { schema } } });

function resultsOf(name: string, operation: Operation, components: Components): Json {
  const result = content(components.write(operation.result, 'output'));
  const dials = name === 'calls.place' || name === 'dial.open';
  const done = dials
    ? {
        201: { description: 'The call is under way: `callId`.', ...result },
        202: { description: 'The user is asked on the screen: `requestId`.', ...result },
      }
    : { 200: { description: 'Done.', ...result } };
  return { ...done, ...Object.fromEntries(Object.keys(failures).map((status) => [status, failure(status)])) };
}

const failure = (status: string) => ({ $ref: `#/components/responses/failure-${status}` });
const failureResponses = (): Json =>
  Object.fromEntries(
    Object.entries(failures).map(([status, description]) => [
      `failure-${status}`,
      { description, ...content({ $ref: '#/components/schemas/Error' }) },
    ]),
  );

function operationOf(name: string, operation: Operation, components: Components): Json {
  const { scope: needed, summary, parameters, query, body } = operation;
  const scopes = needed === null ? 'Needs no token.' : `Needs the scope \`${needed}\`.`;
  return {
    operationId: name,
    summary,
    description: scopes,
    tags: [name.split('.')[0]],
    ...(needed === null ? { security: [] } : { 'x-offhook-scope': needed }),
    parameters: [...parametersOf(parameters, 'path', components), ...parametersOf(query, 'query', components)],
    ...(body ? { requestBody: { required: true, ...content(components.write(body, 'input')) } } : {}),
    responses: resultsOf(name, operation, components),
  };
}

function eventsOf(components: Components): Json {
  const events = Object.entries(apiEvents).map(([name, { scope: needed, data }]) => ({
    ...{
      title: name,
      description: `Needs the scope \`${needed}\`.`,
      type: 'object',
      required: ['id', 'event', 'data'],
    },
    properties: { id: { type: 'integer' }, event: { const: name }, data: components.write(data, 'output') },
  }));
  components.schemas['Event'] = { ...listing, oneOf: events };
  return {
    get: {
      operationId: 'events.listen',
      summary: 'Events as they happen, as server-sent events or, with an upgrade, as WebSocket texts.',
      description:
        'Each event of which the program has the scope. A server-sent event has the name in `event:`, the data in `data:` and a growing `id:`; a WebSocket text is an `Event`. The first is `calls.snapshot`, after a gap as well. A page that cannot set headers of a WebSocket offers the subprotocols `offhook` and `offhook.token.<token>`.',
      tags: ['events'],
      responses: {
        200: {
          description: 'Server-sent events.',
          content: { 'text/event-stream': { schema: { $ref: '#/components/schemas/Event' } } },
        },
        101: { description: 'WebSocket.' },
        401: failure('401'),
        429: failure('429'),
      },
    },
  };
}

/**
 * The OpenAPI 3.1 document of the local API, made of the table of operations.
 * @param server `/` where it is served: then it is the server that one has it from, at whatever port
 */
export function openApiDocument(version: string, server = 'http://127.0.0.1:17480'): Json {
  const components = new Components();
  const paths: Record<string, Json> = {};
  for (const [name, operation] of Object.entries<Operation>(operations)) {
    const path = `/v1${operation.path}`;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: operationOf(name, operation, components) };
  }
  paths['/v1/events'] = eventsOf(components);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Offhook local API',
      version,
      description:
        'The phone on this computer for other programs on it: lines, calls and their states as in TAPI, people, and the log of calls. On the loopback only. A program is paired once on the screen and sends its token as `Authorization: Bearer …`. Bodies are JSON of at most 64 KiB.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: server }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'What pairing gave, once.' } },
      responses: failureResponses(),
      schemas: components.schemas,
    },
  };
}
