import { z } from 'zod';
import { dialOrigin, dialOutcome, dialSource } from '../ipc/dial-requests.ts';
import { annotationPatch, callFilter } from '../ipc/call-log.ts';
import { apiCall, apiLine, apiMatch, apiPerson, apiRecord } from './model.ts';
import { scope, type Scope } from './scopes.ts';

/** Numbers and flags arrive as text in a query. */
const count = z.coerce.number().int();
const dialText = z.string().min(1).max(512);
const done = z.object({});
const ofCall = z.object({ callId: z.string().min(1).max(64) });

export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/v1`; `{name}` is a parameter of the path. */
  path: string;
  /** Null for what needs no token. */
  scope: Scope | null;
  /** One sentence, for the OpenAPI document. */
  summary: string;
  parameters: z.ZodObject;
  query: z.ZodObject;
  body: z.ZodType | null;
  result: z.ZodType;
}

const none = z.object({});
function operation<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType | null, R extends z.ZodType>(
  method: Operation['method'],
  path: string,
  needed: Scope | null,
  summary: string,
  shape: { parameters?: P; query?: Q; body?: B; result: R },
) {
  const { parameters = none as unknown as P, query = none as unknown as Q, body = null as B, result } = shape;
  return { method, path, scope: needed, summary, parameters, query, body, result };
}

const call = z.object({ call: apiCall });
const targeted = z.object({ text: dialText });

/** The local API, version 1: every operation by its name. Server, document and clients derive from this table. */
export const operations = {
  'status.get': operation('GET', '/status', 'calls:read', 'Version, and whether any line is registered.', {
    result: z.object({ version: z.string(), registered: z.boolean(), calls: z.int() }),
  }),
  'lines.list': operation('GET', '/lines', 'calls:read', 'The lines, and what each can do.', {
    result: z.object({ lines: z.array(apiLine) }),
  }),
  'lines.setDoNotDisturb': operation(
    'PUT',
    '/lines/{lineId}/do-not-disturb',
    'calls:control',
    'Calls do not ring here.',
    {
      parameters: z.object({ lineId: z.string() }),
      body: z.object({ on: z.boolean() }),
      result: done,
    },
  ),
  'calls.list': operation('GET', '/calls', 'calls:read', 'Calls that are up, and those that ended a moment ago.', {
    result: z.object({ calls: z.array(apiCall) }),
  }),
  'calls.get': operation('GET', '/calls/{callId}', 'calls:read', 'One call.', { parameters: ofCall, result: call }),
  'calls.place': operation(
    'POST',
    '/calls',
    'calls:dial',
    'Dials a number in any written form. Asks the user first, unless the program is trusted to dial.',
    { body: z.object({ text: dialText, lineId: z.string().nullable().default(null) }), result: dialOutcome },
  ),
  'calls.answer': operation(
    'POST',
    '/calls/{callId}/answer',
    'calls:control',
    'Answers; the call that is up is held.',
    {
      parameters: ofCall,
      result: done,
    },
  ),
  'calls.drop': operation('POST', '/calls/{callId}/drop', 'calls:control', 'Hangs up, cancels or declines.', {
    parameters: ofCall,
    result: done,
  }),
  'calls.hold': operation('POST', '/calls/{callId}/hold', 'calls:control', 'Puts on hold.', {
    parameters: ofCall,
    result: done,
  }),
  'calls.unhold': operation(
    'POST',
    '/calls/{callId}/unhold',
    'calls:control',
    'Takes back; the one that is up is held.',
    {
      parameters: ofCall,
      result: done,
    },
  ),
  'calls.swap': operation('POST', '/calls/swap', 'calls:control', 'Swaps the call that is up with the held one.', {
    result: done,
  }),
  'calls.dialDigits': operation('POST', '/calls/{callId}/digits', 'calls:control', 'Sends digits as DTMF.', {
    parameters: ofCall,
    body: z.object({
      digits: z
        .string()
        .min(1)
        .max(64)
        .regex(/^[0-9*#A-D,]+$/),
    }),
    result: done,
  }),
  'calls.transfer': operation(
    'POST',
    '/calls/{callId}/transfer',
    'calls:control',
    'Gives the call away, unannounced.',
    {
      parameters: ofCall,
      body: targeted,
      result: done,
    },
  ),
  'calls.setUpTransfer': operation(
    'POST',
    '/calls/{callId}/consult',
    'calls:control',
    'Calls somebody about this call.',
    {
      parameters: ofCall,
      body: targeted,
      result: z.object({ callId: z.string() }),
    },
  ),
  'calls.completeTransfer': operation(
    'POST',
    '/calls/{callId}/complete-transfer',
    'calls:control',
    'Joins both far ends.',
    {
      parameters: ofCall,
      body: z.object({ consultationCallId: z.string() }),
      result: done,
    },
  ),
  'calls.conference': operation('POST', '/calls/{callId}/conference', 'calls:control', 'Makes one call of two.', {
    parameters: ofCall,
    body: z.object({ otherCallId: z.string() }),
    result: done,
  }),
  'calls.park': operation('POST', '/calls/{callId}/park', 'calls:control', 'Parks the call at the PBX.', {
    parameters: ofCall,
    body: z.object({ place: z.string().max(64).nullable().default(null) }),
    result: z.object({ place: z.string() }),
  }),
  'calls.pickUp': operation('POST', '/calls/pick-up', 'calls:control', 'Takes a call that rings at another phone.', {
    body: z.object({ text: dialText, lineId: z.string().nullable().default(null) }),
    result: z.object({ callId: z.string() }),
  }),
  'dial.open': operation(
    'POST',
    '/dial-requests',
    'calls:dial',
    'A link, or a text with numbers in it, to be dialled.',
    {
      body: z.object({
        source: dialSource,
        text: z.string().min(1).max(20_000),
        /** Who opened the link. Taken from Offhook's own command only; a paired program is its own origin. */
        origin: dialOrigin.nullable().default(null),
      }),
      result: dialOutcome,
    },
  ),
  'numbers.find': operation('POST', '/numbers', 'people:read', 'The numbers in a text, as they would be dialled.', {
    body: z.object({ text: z.string().max(20_000) }),
    result: z.object({
      numbers: z.array(
        z.object({ at: z.int(), length: z.int(), text: z.string(), dial: z.string(), display: z.string() }),
      ),
    }),
  }),
  'people.lookUp': operation('GET', '/lookup', 'people:read', 'Whose number it is, the surest first.', {
    query: z.object({ number: z.string().min(1).max(256) }),
    result: z.object({ matches: z.array(apiMatch) }),
  }),
  'people.search': operation('GET', '/people', 'people:read', 'People by any part of name, firm, number or note.', {
    query: z.object({
      text: z.string().max(200).default(''),
      offset: count.min(0).default(0),
      limit: count.min(1).max(200).default(50),
    }),
    result: z.object({ total: z.int(), people: z.array(apiPerson.omit({ emails: true })) }),
  }),
  'people.get': operation('GET', '/people/{personId}', 'people:read', 'One person.', {
    parameters: z.object({ personId: z.string().min(1).max(64) }),
    result: z.object({ person: apiPerson }),
  }),
  'people.showCard': operation(
    'POST',
    '/card',
    'people:show',
    'Has the card of a number or a person shown in the window.',
    {
      body: z.union([
        z.object({ number: z.string().min(1).max(256) }),
        z.object({ personId: z.string().min(1).max(64) }),
      ]),
      result: done,
    },
  ),
  'log.query': operation('GET', '/log', 'log:read', 'Calls of the log, newest first.', {
    query: callFilter
      .pick({ text: true, direction: true, partyKey: true, personId: true })
      .extend({
        from: z.coerce.number().optional(),
        to: z.coerce.number().optional(),
        after: z.string().max(64).optional(),
        limit: count.min(1).max(500).default(100),
      }),
    result: z.object({ records: z.array(apiRecord), next: z.string().nullable() }),
  }),
  'log.get': operation('GET', '/log/{callId}', 'log:read', 'One call of the log.', {
    parameters: ofCall,
    result: z.object({ record: apiRecord }),
  }),
  'log.annotate': operation('PATCH', '/log/{callId}', 'log:write', 'Note, outcome, follow-up and tags of a call.', {
    parameters: ofCall,
    body: annotationPatch.pick({ note: true, outcome: true, followUpAt: true, followUpDone: true, tags: true }),
    result: z.object({ record: apiRecord }),
  }),
  'pairing.begin': operation('POST', '/pairing', null, 'A program asks to be let in; the user decides on the screen.', {
    body: z.object({ name: z.string().trim().min(1).max(80), scopes: z.array(scope).min(1).max(20) }),
    result: z.object({ pairingId: z.string(), code: z.string(), expiresAt: z.number() }),
  }),
  'pairing.await': operation('GET', '/pairing/{pairingId}', null, 'Answers when the user has decided, within 25 s.', {
    parameters: z.object({ pairingId: z.string().min(20).max(64) }),
    result: z.object({ state: z.enum(['waiting', 'approved', 'refused']), token: z.string().nullable() }),
  }),
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
type Of<N extends OperationName> = (typeof operations)[N];
type Given<T> = T extends z.ZodType ? z.input<T> : Record<never, never>;
type Taken<T> = T extends z.ZodType ? z.output<T> : Record<never, never>;
/** Parameters, query and body in one object, as a client gives them. */
export type OperationInput<N extends OperationName> = Given<Of<N>['parameters']> &
  Given<Of<N>['query']> &
  Given<Of<N>['body']>;
export type OperationArguments<N extends OperationName> = Taken<Of<N>['parameters']> &
  Taken<Of<N>['query']> &
  Taken<Of<N>['body']>;
export type OperationResult<N extends OperationName> = z.output<Of<N>['result']>;
