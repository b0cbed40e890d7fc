import { z } from 'zod';
import { callDirection, callId, disposition } from './calls.ts';
import { lineId } from './lines.ts';

/** One stretch of a call with one far end: the call itself, a consultation, where it was transferred, a conference. */
export const callLeg = z.object({
  kind: z.enum(['call', 'consultation', 'transfer', 'conference', 'pickup']),
  number: z.string().nullable(),
  display: z.string(),
  name: z.string().nullable(),
  /** Unix ms. */
  startedAt: z.number(),
  answeredAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  sipCallId: z.string().nullable(),
});
export type CallLeg = z.infer<typeof callLeg>;

/** A call detail record: the fact that a call was attempted, immutable once ended. */
export const callRecord = z.object({
  id: z.string(),
  lineId: z.string(),
  /** The line's label as it was then. */
  lineLabel: z.string(),
  direction: callDirection,
  /** The far end is one of the PBX's own short numbers. */
  internal: z.boolean().default(false),
  number: z.string().nullable(),
  extension: z.string().nullable(),
  display: z.string(),
  /** The name as it was then. */
  name: z.string().nullable(),
  withheld: z.boolean(),
  divertedFrom: z.string().nullable(),
  /** Equal for calls with the same subscriber, however the number was written; null when withheld. */
  partyKey: z.string().nullable().default(null),
  /** Unix ms, UTC. */
  offeredAt: z.number(),
  answeredAt: z.number().nullable(),
  /** Null while the call is up. */
  endedAt: z.number().nullable(),
  /** Minutes east of UTC at the time of the call. */
  zoneOffsetMinutes: z.int(),
  /** Null while the call is up. */
  disposition: disposition.nullable(),
  /** Which colleague took it, where the PBX said so. */
  answeredBy: z.string().nullable().default(null),
  sipStatus: z.int().nullable(),
  sipReason: z.string().nullable(),
  sipCallId: z.string().nullable(),
  codec: z.string().nullable(),
  encrypted: z.boolean(),
  /** In the order of time; empty for an ordinary call, whose one leg is the record itself. */
  legs: z.array(callLeg).default([]),
  /** The PBX's own identifiers by their names, e.g. `{ entry_id: '…' }`. */
  pbxIds: z.record(z.string(), z.string()).default({}),
});
export type CallRecord = z.infer<typeof callRecord>;

export const longestNote = 10_000;
const tag = z.string().trim().min(1).max(40);
const outcome = z.string().trim().min(1).max(60);

/** What the user added to a call; changes freely, and each change is kept. Times are Unix ms. */
export const callAnnotation = z.object({
  note: z.string(),
  /** How it went for the user, in the office's own words. */
  outcome: z.string().nullable(),
  followUpAt: z.number().nullable(),
  snoozedUntil: z.number().nullable(),
  followUpDoneAt: z.number().nullable(),
  tags: z.array(z.string()),
  /** A person that the user linked by hand; null goes by the number. */
  personId: z.string().nullable(),
});
export type CallAnnotation = z.infer<typeof callAnnotation>;

/** Only what is named changes. */
export const annotationPatch = z
  .object({
    note: z.string().max(longestNote),
    outcome: outcome.nullable(),
    followUpAt: z.int().nullable(),
    snoozedUntil: z.int().nullable(),
    followUpDone: z.boolean(),
    tags: z.array(tag).max(20),
    personId: z.string().max(64).nullable(),
    /** Missed calls only: looked after, or to be looked after again. */
    handled: z.boolean(),
  })
  .partial();
export type AnnotationPatch = z.infer<typeof annotationPatch>;

export const annotationChange = z.object({
  at: z.number(),
  field: z.enum(['note', 'outcome', 'followUpAt', 'snoozedUntil', 'followUpDone', 'tags', 'personId', 'handled']),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type AnnotationChange = z.infer<typeof annotationChange>;

/** Whom a number belongs to, as known now. */
export const personLink = z.object({ id: z.string(), name: z.string() });
export type PersonLink = z.infer<typeof personLink>;

/** A call as the log shows it. */
export const loggedCall = z.object({
  record: callRecord,
  /** Null where the user added nothing. */
  annotation: callAnnotation.nullable(),
  person: personLink.nullable(),
  /** Set for a missed call: when it was handled (null: not yet), and by which call (null: by hand). */
  missed: z.object({ handledAt: z.number().nullable(), handledBy: z.string().nullable() }).nullable(),
  hasRecording: z.boolean(),
});
export type LoggedCall = z.infer<typeof loggedCall>;

/** What the list is narrowed to; every part given must hold. Times are Unix ms. */
export const callFilter = z
  .object({
    /** Words of names, notes, outcomes and tags (each may be a beginning), or part of a number. */
    text: z.string().max(200),
    /** Missed and not yet handled. */
    missedOpen: z.boolean(),
    direction: callDirection,
    lineId,
    /** The calls of one party; see `partyKey` of the record. */
    partyKey: z.string().max(256),
    /** All calls of a person, under whichever of their numbers. */
    personId: z.string().max(64),
    disposition: disposition,
    /** Somebody answered; a call that was cut in mid-talk counts. */
    talked: z.boolean(),
    outcome,
    /** Has a follow-up that is not done. */
    followUp: z.boolean(),
    internal: z.boolean(),
    /** Offered at or after. */
    from: z.number(),
    /** Offered before. */
    to: z.number(),
    /** Local hour of the day, 0–23, in the zone of the call. */
    hour: z.int().min(0).max(23),
  })
  .partial();
export type CallFilter = z.infer<typeof callFilter>;

/** Place in the list after which the next page begins; opaque to windows. */
const cursor = z.string().max(64);

export const callPage = z.object({
  /** Newest first. */
  calls: z.array(loggedCall),
  /** Null at the end. */
  next: cursor.nullable(),
});
export type CallPage = z.infer<typeof callPage>;

export const callLogCommands = {
  /** Records offered within [from, to) Unix ms, newest first. */
  'callLog.list': {
    args: z.object({ from: z.number(), to: z.number(), limit: z.int().min(1).max(1000).default(500) }),
    result: z.array(callRecord),
  },
  'callLog.query': {
    args: z.object({
      filter: callFilter,
      after: cursor.nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
    result: callPage,
  },
  /** How many calls the filter lets through. */
  'callLog.count': { args: z.object({ filter: callFilter }), result: z.object({ count: z.int() }) },
  'callLog.get': { args: z.object({ callId }), result: loggedCall.nullable() },
  /** Rejects with `call.unknown` for a call without a record. */
  'callLog.annotate': { args: z.object({ callId, patch: annotationPatch }), result: loggedCall },
  /** Newest first. */
  'callLog.changes': { args: z.object({ callId }), result: z.array(annotationChange) },
  /** Outcomes and tags in use, the most used first. */
  'callLog.suggestions': {
    args: z.object({}),
    result: z.object({ outcomes: z.array(z.string()), tags: z.array(z.string()) }),
  },
  /** Follow-ups that are not done, the soonest first. */
  'callLog.followUps': { args: z.object({}), result: z.array(loggedCall) },
};

export const callLogEvents = {
  'callLog.recorded': z.object({ record: callRecord }),
  'callLog.annotated': z.object({ call: loggedCall }),
  /** Missed calls of these ids were handled by another call. */
  'callLog.handled': z.object({ callIds: z.array(z.string()) }),
  /** Follow-ups that are due now and not snoozed; told at their time, and to a window that opens later. */
  'callLog.followUpsDue': z.object({ calls: z.array(loggedCall) }),
};
