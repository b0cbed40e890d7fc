import { z } from 'zod';
import { errorReport } from '../errors.ts';
import { lineId } from './lines.ts';

export const actionId = z.string().min(1).max(64);
export const actionEvent = z.enum(['ring', 'answer', 'end', 'missed']);
export type ActionEvent = z.infer<typeof actionEvent>;

/**
 * Placeholders: `{number}` `{display}` `{name}` `{firm}` `{line}` `{direction}` `{event}` `{callId}` `{startedAt}`
 * `{answeredAt}` `{endedAt}` (ISO 8601) `{seconds}` `{disposition}` `{note}` `{outcome}`.
 */
export const actionTask = z.discriminatedUnion('kind', [
  /** Opens an address, its placeholders escaped as parts of it; http, https, mailto, e1c and 1C's own links. */
  z.object({ kind: z.literal('address'), address: z.string().trim().min(1).max(1000) }),
  /** Runs a program; each argument is one argument, whatever is in it. No shell. */
  z.object({
    kind: z.literal('program'),
    program: z.string().trim().min(1).max(1000),
    arguments: z.array(z.string().max(1000)).max(30),
  }),
  /** Posts JSON, signed by HMAC-SHA256 where there is a secret. Delivered until it is taken, none twice. */
  z.object({ kind: z.literal('webhook'), url: z.url({ protocol: /^https?$/ }).max(1000) }),
]);
export type ActionTask = z.infer<typeof actionTask>;

export const eventAction = z.object({
  id: actionId,
  label: z.string().trim().min(1).max(80),
  enabled: z.boolean().default(true),
  events: z.array(actionEvent).min(1).max(4),
  direction: z.enum(['any', 'incoming', 'outgoing']).default('any'),
  /** The PBX's own short numbers as well. */
  internal: z.boolean().default(false),
  /** Null for every line. */
  lineId: lineId.nullable().default(null),
  task: actionTask,
});
export type EventAction = z.infer<typeof eventAction>;
export const storedAction = eventAction.extend({ hasSecret: z.boolean() });
export type StoredAction = z.infer<typeof storedAction>;

export const actionRun = z.object({
  actionId,
  actionLabel: z.string(),
  event: actionEvent,
  /** Unix ms. */
  at: z.number(),
  subject: z.string(),
  error: errorReport.nullable(),
});
export type ActionRun = z.infer<typeof actionRun>;

export const eventActionCommands = {
  'eventActions.list': { args: z.object({}), result: z.array(storedAction) },
  /** `secret`: of a webhook; null keeps the one that is stored, empty takes it away. Rejects with `action.*`. */
  'eventActions.save': {
    args: z.object({
      action: eventAction.extend({ id: actionId.nullable() }),
      secret: z.string().max(256).nullable().default(null),
    }),
    result: z.object({ actionId }),
  },
  'eventActions.remove': { args: z.object({ actionId }), result: z.object({}) },
  /** Runs it now with a made-up call. Rejects with what went wrong. */
  'eventActions.test': {
    args: z.object({
      action: eventAction.extend({ id: actionId.nullable() }),
      secret: z.string().max(256).nullable().default(null),
    }),
    result: z.object({}),
  },
  /** The last ones of this run of the agent, newest first, at most 100. */
  'eventActions.runs': { args: z.object({}), result: z.array(actionRun) },
};

export const eventActionEvents = {
  'eventActions.changed': z.object({ actions: z.array(storedAction) }),
};
